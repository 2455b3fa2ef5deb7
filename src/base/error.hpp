// Error is what a Result carries when it carries no value.
//
// `detail` is one plain sentence that is safe for the caller to read: it names the field and the
// rule, never a person's data. `cause` is for the log only. `fields` names each broken rule by JSON
// pointer (RFC 6901). `members` are further members of the problem document, already encoded.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error_codes.hpp"

namespace sealbook {

struct FieldError {
  std::string pointer;  // RFC 6901, "" is the whole body
  std::string rule;     // stable word: "required", "unknown", "type", "length", "range", …
  std::string detail;   // a sentence
  bool operator==(const FieldError&) const = default;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string detail;
  std::string cause;
  std::vector<FieldError> fields;
  std::vector<std::pair<std::string, std::string>> members;  // name, encoded JSON value
};

// Makes an Error with a sentence for the caller.
Error make_error(ErrorCode code, std::string detail = {});
// Makes an `invalid` error about one field.
Error invalid_field(std::string pointer, std::string rule, std::string detail);

}  // namespace sealbook
