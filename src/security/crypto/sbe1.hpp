// SBE1, the format of every sealed value at rest (docs/formats/sbe1.md): AES-256-GCM under a key
// derived per record, with a commitment to that key, bound to the place where the value lives.
//
// The place (SealContext) is recomputed by whoever reads the value and never stored with it: a
// value moved to another row, class, table, person, tenant, version or environment does not open.
// Threads: any; nothing is shared but the immutable key.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/data_class.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "security/crypto/data_key.hpp"

namespace sealbook::crypto {

// Where a sealed value lives. It borrows for the call. Parts are at most 64 bytes long (ASSERT).
struct SealContext {
  std::string_view environment;
  TenantId tenant;              // nil: belongs to the instance
  std::string_view table;
  DataClass data_class = DataClass::secret;
  ByteView row_id;
  ByteView subject_id;          // the person's id; empty when the value is about nobody
  std::uint64_t row_version = 0;
};

struct BlobHeader {
  std::uint8_t suite = 0;
  std::uint16_t layout = 0;     // version of the plaintext's field layout
  KeyId key_id;
  std::uint32_t generation = 0;
  std::array<std::uint8_t, 32> salt{};
  std::array<std::uint8_t, 32> commitment{};
};

inline constexpr std::size_t sbe1_header_size = 81;
inline constexpr std::size_t sbe1_overhead = sbe1_header_size + 16;
inline constexpr std::size_t sbe1_max_plaintext = 16 * 1024 * 1024;  // bytes
inline constexpr std::uint8_t sbe1_suite_hkdf512_aes256gcm = 1;

// Seals at most sbe1_max_plaintext bytes; more is a bug of the caller (ASSERT).
Bytes seal(const DataKey& key, const SealContext& where, std::uint16_t layout, ByteView plaintext);

// As seal(), with the salt given: for the published test vectors only. Two values under one key
// and one salt would break both.
Bytes seal_with_salt(const DataKey& key, const SealContext& where, std::uint16_t layout,
                     ByteView plaintext, const std::array<std::uint8_t, 32>& salt);

// Opens a blob. Fails with ErrorCode::integrity on any mismatch, without saying to the caller
// which. The plaintext is the caller's to wipe.
Result<Bytes> open(const DataKey& key, const SealContext& where, ByteView blob);

// Reads what stands before the ciphertext: which key a blob needs. Fails with
// ErrorCode::integrity on an unknown version or suite, or a size that no sealed value has.
Result<BlobHeader> parse_header(ByteView blob);

// The size of the padded plaintext: 16, 32, 64 … 4096 bytes, then multiples of 4096.
std::size_t sbe1_padded_size(std::size_t plaintext_size);

}  // namespace sealbook::crypto
