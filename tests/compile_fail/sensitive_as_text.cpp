// expect: no viable conversion from .*Sensitive
#include <string>

#include "base/sensitive.hpp"

std::string wrong(const sealbook::Sensitive<std::string>& name) { return name; }
