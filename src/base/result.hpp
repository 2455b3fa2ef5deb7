// Result<T> is what a function returns that can fail in a way its caller should think of.
//
// Exceptions are for bugs and broken machines (a lost database, a full disk); they are never
// caught in domain, app or security.
#pragma once

#include <expected>
#include <utility>

#include "base/error.hpp"

namespace sealbook {

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }
inline std::unexpected<Error> fail(ErrorCode code, std::string detail = {}) {
  return std::unexpected<Error>(make_error(code, std::move(detail)));
}

}  // namespace sealbook

#define SEALBOOK_JOIN2(a, b) a##b
#define SEALBOOK_JOIN(a, b) SEALBOOK_JOIN2(a, b)

// TRY(name, expression): declares `name` as the value of a Result, or returns its error.
#define TRY(name, ...)                                                              \
  auto SEALBOOK_JOIN(try_result_, __LINE__) = (__VA_ARGS__);                        \
  if (!SEALBOOK_JOIN(try_result_, __LINE__))                                        \
    return ::std::unexpected(::std::move(SEALBOOK_JOIN(try_result_, __LINE__)).error()); \
  auto name = ::std::move(*SEALBOOK_JOIN(try_result_, __LINE__))

// ENSURE(expression): returns the error of a Result, and drops its value otherwise.
#define ENSURE(...)                                                                   \
  do {                                                                                \
    auto ensure_result = (__VA_ARGS__);                                               \
    if (!ensure_result) return ::std::unexpected(::std::move(ensure_result).error()); \
  } while (false)
