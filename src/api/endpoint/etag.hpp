// Row versions as entity tags (RFC 9110 section 8.8.3) and the If-Match header (section 13.1.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace sealbook::api {

std::string etag_of(std::int64_t version);  // "\"v12\""

// What If-Match asked for. A weak tag never matches (strong comparison).
struct IfMatchCondition {
  bool any = false;  // "*"
  std::vector<std::int64_t> versions;
  bool holds_for(std::int64_t version) const;
};

// Nothing when there is no header. Fails with `invalid` when the header is not a list of tags.
Result<std::optional<IfMatchCondition>> parse_if_match(std::optional<std::string_view> header);
// Fails with precondition_failed when the condition does not hold for the present version.
Result<void> ensure_matches(const std::optional<IfMatchCondition>& condition, std::int64_t version);

// Whether an If-None-Match header names that tag (weak comparison, section 13.1.2); never for an
// answer without one.
bool names_etag(std::string_view header, std::string_view etag);

}  // namespace sealbook::api
