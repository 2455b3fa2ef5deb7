#include "security/crypto/key_wrap.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "security/crypto/aead.hpp"

namespace sealbook::crypto {
namespace {

constexpr std::array<std::uint8_t, 3> prefix{0x57, 0x01, 0x01};  // 'W', version, suite
constexpr std::size_t salt_at = 3;
constexpr std::size_t commitment_at = salt_at + 32;
constexpr std::size_t header_size = commitment_at + 32;
constexpr std::array<std::uint8_t, gcm_nonce_size> zero_nonce{};
static_assert(header_size + gcm_tag_size == sbw1_overhead);

// HKDF-Expand of 64 bytes, as in SBE1: 32 of key, 32 of commitment.
Hash512 derive(const HmacSha512Key& key, ByteView salt) {
  static constexpr std::uint8_t label[] = {'S', 'B', 'W', '1', 0x01};
  static constexpr std::uint8_t counter = 1;
  return key.mac({label, salt, ByteView(&counter, 1)});
}

Bytes associated_data(const WrapContext& context, ByteView header) {
  Bytes aad(context.bytes().begin(), context.bytes().end());
  append(aad, header);
  return aad;
}

}  // namespace

WrapContext& WrapContext::part(ByteView bytes) {
  append_u32(bytes_, static_cast<std::uint32_t>(bytes.size()));
  append(bytes_, bytes);
  return *this;
}

WrapContext& WrapContext::number(std::uint32_t value) {
  append_u32(bytes_, value);
  return *this;
}

Bytes wrap_key(const HmacSha512Key& wrapping_key, const WrapContext& context, const Secret& key) {
  ASSERT(!key.empty() && key.size() <= sbw1_max_key);
  Bytes out(sbw1_overhead + key.size());
  std::ranges::copy(prefix, out.begin());
  fill_random(std::span(out).subspan(salt_at, 32));
  Hash512 derived = derive(wrapping_key, ByteView(out).subspan(salt_at, 32));
  std::copy_n(derived.data() + 32, 32, out.data() + commitment_at);
  const std::span body = std::span(out).subspan(header_size, key.size());
  std::ranges::copy(key.expose(), body.begin());
  aes256_gcm_encrypt(ByteView(derived).first(32), zero_nonce,
                     associated_data(context, ByteView(out).first(header_size)), body,
                     std::span(out).last(gcm_tag_size));
  wipe(derived.data(), derived.size());
  return out;
}

Result<Secret> unwrap_key(const HmacSha512Key& wrapping_key, const WrapContext& context,
                          ByteView wrapped) {
  const auto refuse = [](std::string_view cause) {
    Error error = make_error(ErrorCode::integrity);
    error.cause = "wrapped key: " + std::string(cause);
    return std::unexpected(std::move(error));
  };
  if (wrapped.size() <= sbw1_overhead || wrapped.size() > sbw1_overhead + sbw1_max_key)
    return refuse("not of a size that SBW1 has");
  if (!std::ranges::equal(wrapped.first(prefix.size()), prefix)) return refuse("not SBW1");

  Hash512 derived = derive(wrapping_key, wrapped.subspan(salt_at, 32));
  const bool committed =
      constant_time_equal(ByteView(derived).last(32), wrapped.subspan(commitment_at, 32));
  Bytes body(wrapped.begin() + header_size, wrapped.end() - gcm_tag_size);
  const bool opened =
      committed && aes256_gcm_decrypt(ByteView(derived).first(32), zero_nonce,
                                      associated_data(context, wrapped.first(header_size)), body,
                                      wrapped.last(gcm_tag_size));
  wipe(derived.data(), derived.size());
  if (!committed) return refuse("wrapped by another key");
  if (!opened) return refuse("changed, or wrapped for another use");
  return Secret(std::move(body));
}

}  // namespace sealbook::crypto
