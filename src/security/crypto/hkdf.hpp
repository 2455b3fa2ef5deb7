// HKDF (RFC 5869) with SHA-256 and SHA-512.
//
// A key that came straight from the random generator skips Extract (section 3.3). The output is at
// most 255 hashes long; more is a bug of the caller (ASSERT).
#pragma once

#include "security/crypto/mac.hpp"

namespace sealbook::crypto {

Secret hkdf_extract_sha256(ByteView salt, ByteView key_material);
Secret hkdf_extract_sha512(ByteView salt, ByteView key_material);
Secret hkdf_expand_sha256(const HmacSha256Key& key, ByteView info, std::size_t size);
Secret hkdf_expand_sha512(const HmacSha512Key& key, ByteView info, std::size_t size);

}  // namespace sealbook::crypto
