// Sensitive<T> holds personal data: names, birth dates, contacts, notes.
//
// It prints as "[redacted]" through expose-free code because it does not print at all: a stream,
// a log line or an error message with one does not compile. `reveal()` is the door; only sealing,
// response encoding and the directory use it (tests/tidy holds the list).
#pragma once

#include <iosfwd>
#include <string>
#include <utility>

namespace sealbook {

template <class T>
class Sensitive {
 public:
  Sensitive() = default;
  explicit Sensitive(T value) : value_(std::move(value)) {}
  const T& reveal() const { return value_; }
  T& reveal() { return value_; }
  bool operator==(const Sensitive&) const = default;

 private:
  T value_{};
};

using SensitiveText = Sensitive<std::string>;

template <class T>
std::ostream& operator<<(std::ostream&, const Sensitive<T>&) {
  static_assert(sizeof(T) == 0, "Sensitive data is never printed; see base/sensitive.hpp");
  std::unreachable();
}

}  // namespace sealbook
