// What a browser sends beside JSON: forms and queries (and cookies, net/cookies.hpp), read strictly.
//
// The readers refuse what two programs could understand differently: a name that stands twice, an
// escape that is not two hexadecimal digits, bytes that are not UTF-8, controls. Sizes are bounded
// before anything is copied. Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "net/cookies.hpp"

namespace sealbook::ui {

inline constexpr std::size_t longest_form = 64 * 1024;
inline constexpr std::size_t most_fields = 64;
inline constexpr std::size_t longest_value = 8 * 1024;

// Names and values of a form or a query, decoded. Line breaks of a textarea are kept.
class Fields {
 public:
  // The value, or "" when there is no such field.
  std::string_view get(std::string_view name) const;
  std::optional<std::string_view> find(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  friend Result<Fields> parse_fields(std::string_view encoded);
  std::vector<std::pair<std::string, std::string>> fields_;
};

// application/x-www-form-urlencoded (WHATWG URL section 5.1) without its leniency. Fails with
// `invalid`; the error repeats nothing of what was sent.
Result<Fields> parse_fields(std::string_view encoded);

// A value for a query or a form: everything but unreserved characters (RFC 3986 section 2.3) is
// percent-encoded.
std::string percent_encoded(std::string_view text);

using net::find_cookie;

}  // namespace sealbook::ui
