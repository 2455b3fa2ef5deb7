#include "sql/postgres/pg_dsn.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

#include "sql/postgres/open_postgres.hpp"

namespace sealbook::sql {

namespace {

using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

std::string value_of(const PQconninfoOption* options, std::string_view keyword) {
  for (; options != nullptr && options->keyword != nullptr; ++options)
    if (keyword == options->keyword && options->val != nullptr) return options->val;
  return {};
}

bool is_local(std::string_view host) {
  return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
         host.starts_with("127.") || host == "::1";
}

// Every host of a comma-separated list.
bool all_local(std::string_view hosts) {
  while (true) {
    const auto comma = hosts.find(',');
    if (!is_local(hosts.substr(0, comma))) return false;
    if (comma == std::string_view::npos) return true;
    hosts.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<PgSettings> pg_settings(std::string_view dsn) {
  char* message = nullptr;
  const Options options(PQconninfoParse(std::string(dsn).c_str(), &message), &PQconninfoFree);
  PQfreemem(message);  // may quote the text, and with it a password
  if (!options) return fail(ErrorCode::invalid, "The PostgreSQL connection string cannot be read.");
  PgSettings settings;
  for (const auto* option = options.get(); option->keyword != nullptr; ++option)
    if (option->val != nullptr && *option->val != '\0') settings.emplace_back(option->keyword, option->val);

  // What the text leaves out may come from the environment (PGHOST and the like).
  const Options defaults(PQconndefaults(), &PQconninfoFree);
  const auto effective = [&](std::string_view keyword) {
    const std::string given = value_of(options.get(), keyword);
    return given.empty() ? value_of(defaults.get(), keyword) : given;
  };
  const std::string address = effective("hostaddr");
  if (all_local(address.empty() ? effective("host") : address)) return settings;
  const std::string mode = value_of(options.get(), "sslmode");
  if (mode.empty()) settings.emplace_back("sslmode", "verify-full");
  else if (mode != "require" && mode != "verify-ca" && mode != "verify-full")
    return fail(ErrorCode::invalid,
                "sslmode must be require, verify-ca or verify-full: PostgreSQL is not on this machine.");
  return settings;
}

std::string with_database(std::string_view dsn, std::string_view name) {
  std::string text;
  const auto add = [&text](std::string_view keyword, std::string_view value) {
    text.append(text.empty() ? "" : " ").append(keyword).append("='");
    for (const char c : value) {
      if (c == '\'' || c == '\\') text += '\\';
      text += c;
    }
    text += '\'';
  };
  if (const auto settings = pg_settings(dsn))
    for (const auto& [keyword, value] : *settings)
      if (keyword != "dbname") add(keyword, value);
  add("dbname", name);
  return text;
}

Result<void> check_postgres_dsn(const Secret& dsn) {
  ENSURE(pg_settings(as_text(dsn.expose())));
  return {};
}

}  // namespace sealbook::sql
