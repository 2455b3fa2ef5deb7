#include "api/endpoint/etag.hpp"

#include <algorithm>
#include <charconv>

namespace sealbook::api {
namespace {

// The version of one of our own tags: digits without a sign or leading zeros.
std::optional<std::int64_t> version_of(std::string_view opaque) {
  if (opaque.size() < 2 || opaque[0] != 'v' || (opaque[1] == '0' && opaque.size() > 2) ||
      opaque[1] == '-')
    return std::nullopt;
  std::int64_t version = 0;
  const auto [end, error] =
      std::from_chars(opaque.data() + 1, opaque.data() + opaque.size(), version);
  if (error != std::errc() || end != opaque.data() + opaque.size()) return std::nullopt;
  return version;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_opaque(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '"'; });
}

std::unexpected<Error> malformed() {
  return std::unexpected(
      invalid_field("/If-Match", "format",
                    "If-Match holds entity tags in quotes, as an answer's ETag gave them."));
}

}  // namespace

std::string etag_of(std::int64_t version) { return "\"v" + std::to_string(version) + '"'; }

bool IfMatchCondition::holds_for(std::int64_t version) const {
  return any || std::ranges::find(versions, version) != versions.end();
}

Result<std::optional<IfMatchCondition>> parse_if_match(std::optional<std::string_view> header) {
  if (!header) return std::optional<IfMatchCondition>();
  IfMatchCondition condition;
  std::string_view rest = trim(*header);
  if (rest == "*") {
    condition.any = true;
    return std::optional(std::move(condition));
  }
  if (rest.empty() || rest.size() > 1000) return malformed();
  while (!rest.empty()) {
    const bool weak = rest.starts_with("W/");
    if (weak) rest.remove_prefix(2);
    const std::size_t end = rest.starts_with('"') ? rest.find('"', 1) : std::string_view::npos;
    if (end == std::string_view::npos || !is_opaque(rest.substr(1, end - 1))) return malformed();
    // A tag that is not ours is well-formed and matches nothing.
    if (const auto version = version_of(rest.substr(1, end - 1)); version && !weak)
      condition.versions.push_back(*version);
    rest = trim(rest.substr(end + 1));
    if (rest.empty()) break;
    if (!rest.starts_with(',')) return malformed();
    rest = trim(rest.substr(1));
    if (rest.empty()) return malformed();
  }
  return std::optional(std::move(condition));
}

Result<void> ensure_matches(const std::optional<IfMatchCondition>& condition,
                            std::int64_t version) {
  if (!condition || condition->holds_for(version)) return {};
  return fail(ErrorCode::precondition_failed,
              "If-Match names another version than the present one.");
}

bool names_etag(std::string_view header, std::string_view etag) {
  if (etag.empty()) return false;
  if (trim(header) == "*") return true;
  while (!header.empty()) {
    const std::size_t end = header.find(',');
    std::string_view tag = trim(header.substr(0, end));
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
    header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
  }
  return false;
}

}  // namespace sealbook::api
