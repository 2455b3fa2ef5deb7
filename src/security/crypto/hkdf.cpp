#include "security/crypto/hkdf.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace sealbook::crypto {
namespace {

// T(1) ‖ T(2) ‖ … with T(n) = HMAC(key, T(n-1) ‖ info ‖ n), cut to size (RFC 5869 section 2.3).
template <class Key>
Secret expand(const Key& key, ByteView info, std::size_t size) {
  using Hash = decltype(key.mac(info));
  Hash block{};
  ASSERT(size <= 255 * block.size());
  Bytes out;
  out.reserve(size);
  for (std::uint8_t counter = 1; out.size() < size; ++counter) {
    const ByteView previous(block.data(), counter == 1 ? 0 : block.size());
    block = key.mac({previous, info, ByteView(&counter, 1)});
    const std::size_t n = std::min(block.size(), size - out.size());
    out.insert(out.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
  }
  wipe(block.data(), block.size());
  return Secret(std::move(out));
}

template <class Key>
Secret extract(ByteView salt, ByteView key_material) {
  auto hash = Key(salt).mac(key_material);  // an empty salt is a block of zeros, as the RFC has it
  Secret out{ByteView(hash)};
  wipe(hash.data(), hash.size());
  return out;
}

}  // namespace

Secret hkdf_extract_sha256(ByteView salt, ByteView key_material) {
  return extract<HmacSha256Key>(salt, key_material);
}
Secret hkdf_extract_sha512(ByteView salt, ByteView key_material) {
  return extract<HmacSha512Key>(salt, key_material);
}
Secret hkdf_expand_sha256(const HmacSha256Key& key, ByteView info, std::size_t size) {
  return expand(key, info, size);
}
Secret hkdf_expand_sha512(const HmacSha512Key& key, ByteView info, std::size_t size) {
  return expand(key, info, size);
}

}  // namespace sealbook::crypto
