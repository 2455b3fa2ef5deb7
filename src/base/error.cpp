#include "base/error.hpp"

namespace sealbook {

Error make_error(ErrorCode code, std::string detail) {
  Error error;
  error.code = code;
  error.detail = detail.empty() ? std::string(row_of(code).title) : std::move(detail);
  return error;
}

Error invalid_field(std::string pointer, std::string rule, std::string detail) {
  Error error = make_error(ErrorCode::invalid, detail);
  error.fields.push_back({std::move(pointer), std::move(rule), std::move(detail)});
  return error;
}

}  // namespace sealbook
