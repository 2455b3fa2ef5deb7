// SBW1, how one key is wrapped by another (docs/formats/keyring.md): the construction of SBE1
// without padding, with the caller's context as associated data.
//
// Threads: any. The wrapping key is a derivation state made from 32 random bytes.
#pragma once

#include "base/result.hpp"
#include "security/crypto/mac.hpp"

namespace sealbook::crypto {

inline constexpr std::size_t sbw1_overhead = 3 + 32 + 32 + 16;  // header, salt, commitment, tag
inline constexpr std::size_t sbw1_max_key = 64;                 // bytes

// Collects length-prefixed parts (u32 big-endian, then the bytes), so that no two lists of parts
// give the same associated data.
class WrapContext {
 public:
  WrapContext& part(ByteView bytes);
  WrapContext& part(std::string_view text) { return part(as_bytes(text)); }
  WrapContext& number(std::uint32_t value);  // four bytes, no prefix
  ByteView bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

Bytes wrap_key(const HmacSha512Key& wrapping_key, const WrapContext& context, const Secret& key);

// Fails with ErrorCode::integrity when the wrapping key or the context is another one, or a byte
// was changed.
Result<Secret> unwrap_key(const HmacSha512Key& wrapping_key, const WrapContext& context,
                          ByteView wrapped);

}  // namespace sealbook::crypto
