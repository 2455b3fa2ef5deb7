// Ed25519 signatures (RFC 8032), through libsodium.
//
// A SigningKey is made from a 32-byte seed, is immutable and may be used by any thread. Printing
// one does not compile.
#pragma once

#include <array>
#include <iosfwd>
#include <utility>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace sealbook::crypto {

using Ed25519Signature = std::array<std::uint8_t, 64>;
using Ed25519PublicKey = std::array<std::uint8_t, 32>;

class Ed25519SigningKey {
 public:
  // Takes a seed of 32 bytes; another size is a bug (ASSERT).
  explicit Ed25519SigningKey(const Secret& seed);

  Ed25519Signature sign(ByteView message) const;
  const Ed25519PublicKey& public_key() const { return public_key_; }

 private:
  Secret expanded_;  // seed and public key, as libsodium wants them
  Ed25519PublicKey public_key_{};
};

// False for a wrong signature, and for a signature or a key that is no valid encoding.
[[nodiscard]] bool ed25519_verify(ByteView public_key, ByteView message, ByteView signature);

template <class T>
concept SigningKeyType = std::same_as<T, Ed25519SigningKey>;

template <SigningKeyType T>
std::ostream& operator<<(std::ostream&, const T&) {
  static_assert(!SigningKeyType<T>, "a signing key is never printed; see base/secret.hpp");
  std::unreachable();
}

}  // namespace sealbook::crypto
