// expect: no viable conversion from .*Sensitive.* to .*string
#include <string>

#include "base/error.hpp"
#include "base/sensitive.hpp"

sealbook::Error wrong(const sealbook::Sensitive<std::string>& name) {
  return sealbook::make_error(sealbook::ErrorCode::invalid, name);
}
