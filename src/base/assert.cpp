#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace sealbook {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
  std::fprintf(stderr, "{\"level\":\"fatal\",\"event\":\"assertion\",\"at\":\"%s:%d\",\"expression\":\"%s\"}\n",
               file, line, expression);
  std::abort();
}

}  // namespace sealbook
