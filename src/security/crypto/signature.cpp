#include "security/crypto/signature.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "base/assert.hpp"

namespace sealbook::crypto {
namespace {

void require_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium could not start");
}

}  // namespace

Ed25519SigningKey::Ed25519SigningKey(const Secret& seed) {
  require_sodium();
  ASSERT(seed.size() == crypto_sign_SEEDBYTES);
  Bytes expanded(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(public_key_.data(), expanded.data(), seed.expose().data());
  expanded_ = Secret(std::move(expanded));
}

Ed25519Signature Ed25519SigningKey::sign(ByteView message) const {
  Ed25519Signature signature;
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                       expanded_.expose().data());
  return signature;
}

bool ed25519_verify(ByteView public_key, ByteView message, ByteView signature) {
  require_sodium();
  if (public_key.size() != crypto_sign_PUBLICKEYBYTES) return false;
  if (signature.size() != crypto_sign_BYTES) return false;
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     public_key.data()) == 0;
}

}  // namespace sealbook::crypto
