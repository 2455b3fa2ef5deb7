// AES-256-GCM (SP 800-38D) with a 96-bit nonce and a 128-bit tag, through OpenSSL.
//
// A primitive: who calls it owns the rule that a key and a nonce meet once. Everything stored goes
// through sbe1.hpp or key_wrap.hpp, which derive a fresh key per record. Keys, nonces and tags of
// another size are a bug (ASSERT). Threads: each keeps one cipher context.
#pragma once

#include "base/bytes.hpp"

namespace sealbook::crypto {

inline constexpr std::size_t aes256_key_size = 32;
inline constexpr std::size_t gcm_nonce_size = 12;
inline constexpr std::size_t gcm_tag_size = 16;

// Encrypts `data` in place and writes the tag.
void aes256_gcm_encrypt(ByteView key, ByteView nonce, ByteView aad, std::span<std::uint8_t> data,
                        std::span<std::uint8_t> tag);

// Decrypts `data` in place. False when the tag does not match; `data` is then wiped.
[[nodiscard]] bool aes256_gcm_decrypt(ByteView key, ByteView nonce, ByteView aad,
                                      std::span<std::uint8_t> data, ByteView tag);

}  // namespace sealbook::crypto
