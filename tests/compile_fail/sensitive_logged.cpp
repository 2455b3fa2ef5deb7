// expect: no matching (function|constructor)
#include <string>

#include "base/log.hpp"
#include "base/sensitive.hpp"

void wrong(const sealbook::Sensitive<std::string>& name) {
  sealbook::log::info("patient created", {{"name", name}});
}
