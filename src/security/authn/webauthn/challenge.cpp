#include "security/authn/webauthn/challenge.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "security/crypto/hkdf.hpp"

namespace sealbook::authn::webauthn {
namespace {

constexpr std::size_t nonce_size = 32, expiry_size = 8, tag_size = 16;

Hash256 tag_of(const Secret& root, Ceremony ceremony, const Binding& binding, ByteView body) {
  const Secret key =
      crypto::hkdf_expand_sha512(crypto::HmacSha512Key(root), as_bytes("sealbook webauthn challenge 1"), 32);
  const std::uint8_t what[1] = {static_cast<std::uint8_t>(ceremony)};
  return crypto::HmacSha256Key(key).mac({what, binding, body});
}

}  // namespace

Bytes make_challenge(const Secret& root, Ceremony ceremony, const Binding& binding, Instant now) {
  Bytes challenge;
  append(challenge, random_array<nonce_size>());
  append_u64(challenge, static_cast<std::uint64_t>((now + challenge_life).seconds()));
  const Hash256 tag = tag_of(root, ceremony, binding, challenge);
  append(challenge, ByteView(tag).first(tag_size));
  return challenge;
}

Checked<Answered> check_challenge(const Secret& root, Ceremony ceremony, const Binding& binding, ByteView challenge,
                                  Instant now) {
  if (challenge.size() != nonce_size + expiry_size + tag_size) return std::unexpected(Refusal::challenge_foreign);
  const ByteView body = challenge.first(nonce_size + expiry_size);
  const Hash256 tag = tag_of(root, ceremony, binding, body);
  if (!constant_time_equal(ByteView(tag).first(tag_size), challenge.subspan(body.size())))
    return std::unexpected(Refusal::challenge_foreign);
  Answered answered;
  std::ranges::copy(body.first(nonce_size), answered.nonce.begin());
  answered.expires = Instant::from_seconds(static_cast<std::int64_t>(load_u64(body.data() + nonce_size)));
  if (answered.expires <= now) return std::unexpected(Refusal::challenge_old);
  return answered;
}

}  // namespace sealbook::authn::webauthn
