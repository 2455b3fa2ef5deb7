// ASSERT states what the program guarantees. It is always compiled in, ends the process when it
// fails, and never checks input: a caller's mistake is a Result, a broken invariant is a bug.
#pragma once

namespace sealbook {
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;
}

#define ASSERT(expression)                                                       \
  do {                                                                           \
    if (!(expression)) ::sealbook::assertion_failed(#expression, __FILE__, __LINE__); \
  } while (false)
