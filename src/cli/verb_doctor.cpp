#include <algorithm>
#include <iostream>

#include "base/json.hpp"
#include "cli/checkup.hpp"
#include "cli/exit_codes.hpp"
#include "cli/server.hpp"
#include "cli/verbs.hpp"

namespace sealbook::cli {
namespace {

std::string_view word_of(Verdict verdict) {
  constexpr std::string_view words[] = {"ok", "warn", "FAIL"};
  return words[static_cast<std::size_t>(verdict)];
}

// What keeps the configuration from being read at all, one finding per rule.
std::vector<CheckResult> unreadable(const Error& error) {
  std::vector<CheckResult> results;
  const std::string next = error.code == ErrorCode::not_found ? "Give the folder of an instance in --dir." : "Mend sealbook.toml.";
  if (error.fields.empty()) results.push_back({"configuration", Verdict::fail, error.detail, next, true});
  for (const FieldError& field : error.fields)
    results.push_back({"configuration", Verdict::fail, field.pointer + ": " + field.detail + ".", next, true});
  return results;
}

void print_json(const std::vector<CheckResult>& results, bool healthy) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("ok", healthy).key("checks").begin_array();
  for (const CheckResult& result : results) {
    json.begin_object().member("id", result.id).member("verdict", word_of(result.verdict)).member("detail", result.detail);
    if (!result.next.empty()) json.member("next", result.next);
    json.end_object();
  }
  json.end_array().end_object();
  std::cout << text << "\n";
}

void print_lines(const std::vector<CheckResult>& results) {
  for (const CheckResult& result : results) {
    std::string line(word_of(result.verdict));
    line.resize(6, ' ');
    std::cout << line << result.id << ": " << result.detail << "\n";
    if (!result.next.empty()) std::cout << "      Next: " << result.next << "\n";
  }
}

}  // namespace

int doctor(const DoctorOptions& options) {
  harden_process();
  const auto config = load_config(options.dir);
  const auto results = config ? check_instance(*config) : unreadable(config.error());
  const bool healthy = std::ranges::none_of(results, [](const CheckResult& r) { return r.verdict == Verdict::fail; });
  if (options.json) print_json(results, healthy);
  else print_lines(results);
  if (healthy) return exit_ok;
  if (!config && config.error().code == ErrorCode::not_found) return exit_no_input;
  return std::ranges::any_of(results, &CheckResult::is_configuration) ? exit_config : exit_found_wrong;
}

}  // namespace sealbook::cli
