#include "security/crypto/sbe1.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "security/crypto/aead.hpp"

namespace sealbook::crypto {
namespace {

constexpr std::uint8_t magic = 0x53;  // 'S'
constexpr std::uint8_t version = 0x01;
constexpr std::size_t key_id_at = 5;
constexpr std::size_t generation_at = 13;
constexpr std::size_t salt_at = 17;
constexpr std::size_t commitment_at = 49;
constexpr std::size_t length_size = 4;
constexpr std::size_t part_limit = 64;
constexpr std::array<std::uint8_t, gcm_nonce_size> zero_nonce{};

// The numbers are part of the format.
static_assert(static_cast<int>(DataClass::public_) == 0 && static_cast<int>(DataClass::operational) == 1 &&
              static_cast<int>(DataClass::pii) == 2 && static_cast<int>(DataClass::phi) == 3 &&
              static_cast<int>(DataClass::secret) == 4);

// A record's key and the commitment to it: 32 bytes each, wiped when they go.
struct RecordKey {
  Hash512 bytes;
  ByteView key() const { return {bytes.data(), 32}; }
  ByteView commitment() const { return {bytes.data() + 32, 32}; }
  ~RecordKey() { wipe(bytes.data(), bytes.size()); }
};

// HKDF-Expand of 64 bytes: one block, whose counter is 1.
RecordKey derive(const DataKey& key, const std::uint8_t* header) {
  static constexpr std::uint8_t label[] = {'S', 'B', 'E', '1'};
  static constexpr std::uint8_t counter = 1;
  return {key.derivation().mac({label, ByteView(header + 2, 1),
                                ByteView(header + key_id_at, commitment_at - key_id_at),
                                ByteView(&counter, 1)})};
}

// The associated data, built in place: no allocation per record.
class AssociatedData {
 public:
  AssociatedData(const SealContext& where, const std::uint8_t* header) {
    part(as_bytes(where.environment));
    part(where.tenant.bytes());
    part(as_bytes(where.table));
    buffer_[size_++] = static_cast<std::uint8_t>(where.data_class);
    part(where.row_id);
    part(where.subject_id);
    big_endian(where.row_version, 8);
    std::copy_n(header, sbe1_header_size, buffer_.data() + size_);
    size_ += sbe1_header_size;
  }
  ByteView bytes() const { return {buffer_.data(), size_}; }

 private:
  void part(ByteView bytes) {
    ASSERT(bytes.size() <= part_limit);
    big_endian(bytes.size(), 4);
    std::ranges::copy(bytes, buffer_.data() + size_);
    size_ += bytes.size();
  }
  void big_endian(std::uint64_t value, std::size_t width) {
    for (std::size_t i = width; i > 0; --i, value >>= 8)
      buffer_[size_ + i - 1] = static_cast<std::uint8_t>(value);
    size_ += width;
  }

  std::array<std::uint8_t, 5 * (4 + part_limit) + 1 + 8 + sbe1_header_size> buffer_;
  std::size_t size_ = 0;
};

void write_header(std::uint8_t* at, const DataKey& key, std::uint16_t layout,
                  const std::array<std::uint8_t, 32>& salt) {
  at[0] = magic;
  at[1] = version;
  at[2] = sbe1_suite_hkdf512_aes256gcm;
  at[3] = static_cast<std::uint8_t>(layout >> 8);
  at[4] = static_cast<std::uint8_t>(layout);
  std::ranges::copy(key.id().raw(), at + key_id_at);
  for (std::size_t i = 0; i < 4; ++i)
    at[generation_at + i] = static_cast<std::uint8_t>(key.generation() >> (24 - 8 * i));
  std::ranges::copy(salt, at + salt_at);
}

std::unexpected<Error> refuse(std::string_view cause) {
  Error error = make_error(ErrorCode::integrity);
  error.cause = "sealed value: " + std::string(cause);
  return std::unexpected(std::move(error));
}

// Takes the length and the padding off, in place; false when they are not as seal() makes them.
bool unpad(Bytes& padded) {
  const std::size_t size = load_u32(padded.data());
  if (size > sbe1_max_plaintext || sbe1_padded_size(size) != padded.size()) return false;
  const auto data_end = padded.begin() + static_cast<std::ptrdiff_t>(length_size + size);
  if (std::any_of(data_end, padded.end(), [](std::uint8_t b) { return b != 0; })) return false;
  std::copy(padded.begin() + length_size, data_end, padded.begin());
  wipe(padded.data() + size, padded.size() - size);
  padded.resize(size);
  return true;
}

}  // namespace

std::size_t sbe1_padded_size(std::size_t plaintext_size) {
  const std::size_t least = plaintext_size + length_size;
  if (least > 4096) return (least + 4095) / 4096 * 4096;
  std::size_t bucket = 16;
  while (bucket < least) bucket *= 2;
  return bucket;
}

Bytes seal_with_salt(const DataKey& key, const SealContext& where, std::uint16_t layout,
                     ByteView plaintext, const std::array<std::uint8_t, 32>& salt) {
  ASSERT(plaintext.size() <= sbe1_max_plaintext);
  const std::size_t padded_size = sbe1_padded_size(plaintext.size());
  Bytes blob(sbe1_overhead + padded_size);  // zeros, so the padding is there already
  write_header(blob.data(), key, layout, salt);
  const RecordKey record = derive(key, blob.data());
  std::ranges::copy(record.commitment(), blob.data() + commitment_at);

  const std::span padded(blob.data() + sbe1_header_size, padded_size);
  for (std::size_t i = 0; i < length_size; ++i)
    padded[i] = static_cast<std::uint8_t>(plaintext.size() >> (24 - 8 * i));
  std::ranges::copy(plaintext, padded.data() + length_size);

  const AssociatedData aad(where, blob.data());
  aes256_gcm_encrypt(record.key(), zero_nonce, aad.bytes(), padded,
                     std::span(blob.data() + sbe1_header_size + padded_size, gcm_tag_size));
  return blob;
}

Bytes seal(const DataKey& key, const SealContext& where, std::uint16_t layout, ByteView plaintext) {
  return seal_with_salt(key, where, layout, plaintext, random_array<32>());
}

Result<BlobHeader> parse_header(ByteView blob) {
  if (blob.size() < sbe1_overhead + 16) return refuse("too short");
  if (blob[0] != magic || blob[1] != version) return refuse("not SBE1");
  if (blob[2] != sbe1_suite_hkdf512_aes256gcm) return refuse("unknown suite");
  const std::size_t padded_size = blob.size() - sbe1_overhead;
  if (sbe1_padded_size(padded_size - length_size) != padded_size) return refuse("a size between buckets");
  if (padded_size > sbe1_padded_size(sbe1_max_plaintext)) return refuse("too long");
  BlobHeader header;
  header.suite = blob[2];
  header.layout = load_u16(blob.data() + 3);
  header.key_id = *KeyId::from_bytes(blob.subspan(key_id_at, 8));
  header.generation = load_u32(blob.data() + generation_at);
  std::copy_n(blob.data() + salt_at, 32, header.salt.data());
  std::copy_n(blob.data() + commitment_at, 32, header.commitment.data());
  return header;
}

Result<Bytes> open(const DataKey& key, const SealContext& where, ByteView blob) {
  TRY(header, parse_header(blob));
  if (header.key_id != key.id() || header.generation != key.generation())
    return refuse("sealed under another key");
  const RecordKey record = derive(key, blob.data());
  if (!constant_time_equal(record.commitment(), header.commitment))
    return refuse("the commitment does not match");
  const AssociatedData aad(where, blob.data());
  const std::size_t padded_size = blob.size() - sbe1_overhead;
  Bytes padded(blob.begin() + sbe1_header_size,
               blob.begin() + static_cast<std::ptrdiff_t>(sbe1_header_size + padded_size));
  if (!aes256_gcm_decrypt(record.key(), zero_nonce, aad.bytes(), padded, blob.last(gcm_tag_size)))
    return refuse("the tag does not match: changed, or moved from another place");
  if (!unpad(padded)) {
    wipe(padded.data(), padded.size());
    return refuse("wrong padding");
  }
  return padded;
}

}  // namespace sealbook::crypto
