// expect: no matching (function|constructor)
#include <string>

#include "base/log.hpp"

void wrong(const std::string& name) { sealbook::log::info("patient created", {{"name", name}}); }
