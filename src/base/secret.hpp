// Secret holds keys, tokens and passwords: move-only bytes, wiped when they go, compared in
// constant time. Printing, formatting or encoding one does not compile; `expose()` is the one door
// and tests/tidy holds the list of files that may use it.
#pragma once

#include <concepts>
#include <iosfwd>
#include <utility>

#include "base/bytes.hpp"

namespace sealbook {

// Overwrites memory in a way that the optimiser keeps.
void wipe(void* memory, std::size_t size) noexcept;

class Secret {
 public:
  Secret() = default;
  explicit Secret(Bytes bytes) : bytes_(std::move(bytes)) {}
  explicit Secret(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      clear();
      bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { clear(); }

  ByteView expose() const { return bytes_; }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  Secret clone() const { return Secret(ByteView(bytes_)); }
  bool operator==(const Secret& other) const { return constant_time_equal(bytes_, other.bytes_); }

 private:
  void clear() noexcept {
    if (!bytes_.empty()) wipe(bytes_.data(), bytes_.size());
    bytes_.clear();
  }
  Bytes bytes_;
};

template <class T>
concept SecretType = std::same_as<std::remove_cvref_t<T>, Secret>;

template <SecretType T>
std::ostream& operator<<(std::ostream&, const T&) {
  static_assert(!SecretType<T>, "a Secret is never printed; see base/secret.hpp");
  std::unreachable();
}

}  // namespace sealbook
