#include "cli/config.hpp"

#include "cli/setting.hpp"
#include "cli/whole_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

void read_mode(Config& c, const toml::node& node, std::vector<FieldError>& errors) {
  read_word<Mode>(c.mode, node, {{"production", Mode::production}, {"demo", Mode::demo}, {"test", Mode::test}}, errors);
}
void read_engine(Config& c, const toml::node& node, std::vector<FieldError>& errors) {
  read_word<EngineKind>(c.engine, node, {{"embedded", EngineKind::embedded}, {"postgres", EngineKind::postgres}}, errors);
}
void read_port(Config& c, const toml::node& node, std::vector<FieldError>& errors) {
  const auto number = node.value<std::int64_t>();
  if (!number || *number < 0 || *number > 65535) return wrong(errors, "range", "has to be 0 to 65535");
  c.port = static_cast<std::uint16_t>(*number);
}
void read_threads(Config& c, const toml::node& node, std::vector<FieldError>& errors) {
  const auto number = node.value<std::int64_t>();
  if (!number || *number < 0 || *number > 256) return wrong(errors, "range", "has to be 0 to 256");
  c.io_threads = static_cast<unsigned>(*number);
}
void read_hosts(Config& c, const toml::node& node, std::vector<FieldError>& errors) {
  const auto* array = node.as_array();
  if (array == nullptr) return wrong(errors, "type", "has to be a list of names");
  c.hosts.clear();
  for (const auto& item : *array) {
    const auto text = item.value<std::string>();
    if (!text) return wrong(errors, "type", "has to be a list of names");
    c.hosts.push_back(*text);
  }
}
std::string write_hosts(const Config& c) {
  std::string out = "[";
  for (const auto& host : c.hosts) out += (out.size() > 1 ? ", " : "") + toml_text(host);
  return out + "]";
}

constexpr Setting settings[] = {
    {"instance", "mode", "production, demo or test", read_mode, [](const Config& c) { return toml_text(to_text(c.mode)); }},
    {"instance", "environment", "stamped into the store at init", read_text<&Config::environment>, write_text<&Config::environment>},
    {"instance", "origin", "of the journal's checkpoints, without scheme", read_text<&Config::origin>, write_text<&Config::origin>},
    {"instance", "clock_file", "an offset in seconds; demo and test only", read_path<&Config::clock_file>, write_path<&Config::clock_file>},
    {"store", "engine", "embedded or postgres", read_engine, [](const Config& c) { return toml_text(to_text(c.engine)); }},
    {"store", "file", "embedded: the encrypted store", read_path<&Config::store_file>, write_path<&Config::store_file>},
    {"store", "page_cipher", "embedded: sqlcipher (AES-256) or aegis", read_text<&Config::page_cipher>, write_text<&Config::page_cipher>},
    {"store", "url", "postgres: secret://file/… or secret://env/…", read_text<&Config::database_url>, write_text<&Config::database_url>},
    {"keys", "key_file", "the root key, mode 0400, on another volume", read_path<&Config::key_file>, write_path<&Config::key_file>},
    {"keys", "keyring_file", "embedded: wrapped keys, on another volume than the store", read_path<&Config::keyring_file>, write_path<&Config::keyring_file>},
    {"keys", "keyring_url", "postgres: secret://…, another server than the store's", read_text<&Config::keyring_url>, write_text<&Config::keyring_url>},
    {"keys", "colocated_keyring_accepted_by", "who accepts that store and keyring share a volume", read_text<&Config::colocated_keyring_accepted_by>, write_text<&Config::colocated_keyring_accepted_by>},
    {"journal", "folder", "embedded: tiles and checkpoints", read_path<&Config::audit_folder>, write_path<&Config::audit_folder>},
    {"listen", "address", "where the server listens", read_text<&Config::address>, write_text<&Config::address>},
    {"listen", "port", "0 is any free one", read_port, [](const Config& c) { return std::to_string(c.port); }},
    {"listen", "certificate", "PEM, leaf first", read_path<&Config::certificate>, write_path<&Config::certificate>},
    {"listen", "certificate_key", "PEM", read_path<&Config::certificate_key>, write_path<&Config::certificate_key>},
    {"listen", "hosts", "names that callers may use; empty: any", read_hosts, write_hosts},
    {"listen", "public_url", "what links in messages start with, such as https://book.example.test", read_text<&Config::public_url>, write_text<&Config::public_url>},
    {"listen", "io_threads", "0 is one per core", read_threads, [](const Config& c) { return std::to_string(c.io_threads); }},
};

// Every setting, in the order of the file.
template <class Use>
void for_each_setting(Use&& use) {
  for (const Setting& s : settings) use(s);
  for (const Setting& s : mail_settings()) use(s);
}

const Setting* find_setting(std::string_view table, std::string_view key) {
  const Setting* found = nullptr;
  for_each_setting([&](const Setting& s) {
    if (s.table == table && s.key == key) found = &s;
  });
  return found;
}

void read_table(Config& config, std::string_view name, const toml::table& table, std::vector<FieldError>& errors) {
  for (const auto& [key, node] : table) {
    const std::string place = "/" + std::string(name) + "/" + std::string(key.str());
    const Setting* setting = find_setting(name, key.str());
    if (setting == nullptr) {
      errors.push_back({place, "unknown", "there is no such setting"});
      continue;
    }
    std::vector<FieldError> here;
    setting->read(config, node, here);
    for (FieldError& error : here) errors.push_back({place, error.rule, error.detail});
  }
}

// "mail.folder: mails may not …" at /mail/folder, unless something is said of that setting already.
void add_refusals(const Config& config, std::vector<FieldError>& errors) {
  for (const std::string& reason : production_refusals(config)) {
    const std::size_t colon = reason.find(": ");
    std::string place = "/" + reason.substr(0, colon);
    std::ranges::replace(place, '.', '/');
    if (std::ranges::find(errors, place, &FieldError::pointer) != errors.end()) continue;
    errors.push_back({std::move(place), "unsafe", colon == std::string::npos ? reason : reason.substr(colon + 2)});
  }
}

}  // namespace

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

void wrong(std::vector<FieldError>& errors, std::string_view rule, std::string detail) {
  errors.push_back({"", std::string(rule), std::move(detail)});
}

void read_path_into(fs::path& into, const Config& config, const toml::node& node, std::vector<FieldError>& errors) {
  const auto text = node.value<std::string>();
  if (!text || text->empty()) return wrong(errors, "type", "has to be a path");
  const fs::path path(*text);
  into = path.is_absolute() ? path : config.dir / path;
}

std::string path_text(const Config& config, const fs::path& path) {
  const auto relative = path.lexically_relative(config.dir);
  const bool below = !relative.empty() && *relative.begin() != "..";
  return toml_text((below ? relative : path).string());
}

std::string_view to_text(Mode mode) {
  switch (mode) {
    case Mode::production: return "production";
    case Mode::demo: return "demo";
    case Mode::test: return "test";
  }
  return "production";
}

std::string_view to_text(EngineKind engine) { return engine == EngineKind::embedded ? "embedded" : "postgres"; }

Config default_config(const fs::path& dir) {
  Config c;
  c.dir = fs::absolute(dir).lexically_normal();
  c.environment = "production";
  c.origin = "sealbook.invalid/journal";
  c.store_file = c.dir / "store" / "store.db";
  c.keyring_file = c.dir / "keyring" / "keyring.db";
  c.key_file = c.dir / "keys" / "root.key";
  c.audit_folder = c.dir / "audit";
  return c;
}

Result<Config> load_config(const fs::path& dir) {
  Config config = default_config(dir);
  const fs::path file = config.dir / "sealbook.toml";
  if (!fs::exists(file))
    return fail(ErrorCode::not_found, "There is no sealbook.toml in that folder; `sealbook init --dir DIR` makes one.");
  toml::table root;
  try {
    root = toml::parse_file(file.string());
  } catch (const toml::parse_error& broken) {
    const auto& where = broken.source().begin;
    return fail(ErrorCode::invalid, "sealbook.toml, line " + std::to_string(where.line) + ": " +
                                        std::string(broken.description()) + ".");
  }
  Error error = make_error(ErrorCode::invalid, "sealbook.toml breaks these rules:");
  for (const auto& [name, node] : root) {
    if (const auto* table = node.as_table()) read_table(config, name.str(), *table, error.fields);
    else error.fields.push_back({"/" + std::string(name.str()), "unknown", "there is no such setting"});
  }
  if (error.fields.empty()) return config;
  // Whoever mends these learns of what else keeps a production server from starting at once.
  if (config.mode == Mode::production) add_refusals(config, error.fields);
  return fail(std::move(error));
}

std::string config_text(const Config& config) {
  std::string out = "# sealbook's configuration. An unknown key is an error; secrets are references.\n";
  std::string_view table;
  for_each_setting([&](const Setting& s) {
    const std::string value = s.write(config);
    if (value == "\"\"" || value == "\".\"") return;
    if (s.table != table) {
      table = s.table;
      out += "\n[" + std::string(table) + "]\n";
    }
    out += std::string(s.key) + " = " + value + "  # " + std::string(s.doc) + "\n";
  });
  return out;
}

Result<void> write_config(const Config& config) {
  return replace_file(config.dir / "sealbook.toml", config_text(config));
}

Result<Secret> resolve_secret(std::string_view setting, std::string_view reference) {
  constexpr std::string_view file = "secret://file/", env = "secret://env/";
  if (reference.starts_with(file)) {
    std::ifstream in(std::string("/") + std::string(reference.substr(file.size())), std::ios::binary);
    if (!in) return fail(ErrorCode::invalid, std::string(setting) + ": the file of that secret cannot be read.");
    std::stringstream text;
    text << in.rdbuf();
    std::string value = text.str();
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
    return Secret(as_bytes(value));
  }
  if (reference.starts_with(env)) {
    const char* value = std::getenv(std::string(reference.substr(env.size())).c_str());
    if (value == nullptr) return fail(ErrorCode::invalid, std::string(setting) + ": that variable is not set.");
    return Secret(as_bytes(value));
  }
  return fail(ErrorCode::invalid, std::string(setting) +
                                      ": write secret://file/PATH or secret://env/NAME; a secret never stands in the file.");
}

}  // namespace sealbook::cli
