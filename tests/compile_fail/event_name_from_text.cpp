// expect: no matching function for call to 'info'
#include <string>

#include "base/log.hpp"

void wrong(const std::string& what) { sealbook::log::info(what); }
