// DataKey is one key that seals stored values: a person's, or a domain's of a tenant.
//
// 32 bytes straight from the random generator, used for SBE1 and nothing else. Immutable; share it
// across threads as std::shared_ptr<const DataKey>. It keeps the derivation state of its key, not
// the key itself, and printing one does not compile.
#pragma once

#include <array>
#include <compare>
#include <cstring>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/secret.hpp"
#include "security/crypto/mac.hpp"

namespace sealbook::crypto {

inline constexpr std::size_t data_key_size = 32;

// Names one wrapped key within its tenant: 8 random bytes. Not a secret.
class KeyId {
 public:
  constexpr KeyId() = default;  // names nothing
  static constexpr KeyId from_raw(const std::array<std::uint8_t, 8>& raw) { return KeyId(raw); }
  // Takes exactly 8 bytes, as read from a store or a header.
  static std::optional<KeyId> from_bytes(ByteView bytes) {
    if (bytes.size() != 8) return std::nullopt;
    KeyId id;
    std::memcpy(id.raw_.data(), bytes.data(), 8);
    return id;
  }
  static KeyId make();  // random

  constexpr const std::array<std::uint8_t, 8>& raw() const { return raw_; }
  ByteView bytes() const { return raw_; }
  std::string text() const { return to_hex(raw_); }
  constexpr bool is_nil() const { return raw_ == std::array<std::uint8_t, 8>{}; }
  constexpr auto operator<=>(const KeyId&) const = default;

 private:
  constexpr explicit KeyId(const std::array<std::uint8_t, 8>& raw) : raw_(raw) {}
  std::array<std::uint8_t, 8> raw_{};
};

class DataKey {
 public:
  // `key` is 32 bytes; another size is a bug (ASSERT).
  DataKey(KeyId id, std::uint32_t generation, const Secret& key);

  KeyId id() const { return id_; }
  std::uint32_t generation() const { return generation_; }
  const HmacSha512Key& derivation() const { return derivation_; }

 private:
  KeyId id_;
  std::uint32_t generation_;
  HmacSha512Key derivation_;
};

template <class T>
concept DataKeyType = std::same_as<T, DataKey>;

template <DataKeyType T>
std::ostream& operator<<(std::ostream&, const T&) {
  static_assert(!DataKeyType<T>, "a DataKey is never printed; see security/crypto/data_key.hpp");
  std::unreachable();
}

}  // namespace sealbook::crypto

template <>
struct std::hash<sealbook::crypto::KeyId> {
  std::size_t operator()(const sealbook::crypto::KeyId& id) const noexcept {
    std::size_t value;  // key ids are uniformly random
    std::memcpy(&value, id.raw().data(), sizeof value);
    return value;
  }
};
