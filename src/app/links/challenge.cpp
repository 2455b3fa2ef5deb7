#include "app/links/challenge.hpp"

#include <algorithm>
#include <bit>

#include "security/crypto/hash.hpp"

namespace sealbook::app::links {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t signed_size = 1 + 1 + 8 + 16, tag_size = 16;
constexpr std::size_t longest_solution = 20;  // of a number of 64 bits

Hash256 tag_of(const crypto::HmacSha256Key& link_key, ByteView body) {
  return link_key.mac({as_bytes("sealbook challenge 1"), body});
}

}  // namespace

std::string seal_challenge(const crypto::HmacSha256Key& link_key, int bits, Instant expires, const RawId& nonce) {
  Bytes bytes{version, static_cast<std::uint8_t>(bits)};
  append_u64(bytes, static_cast<std::uint64_t>(expires.seconds()));
  append(bytes, nonce);
  const Hash256 tag = tag_of(link_key, bytes);
  append(bytes, ByteView(tag).first(tag_size));
  return to_base64url(bytes);
}

int work_of(std::string_view challenge, std::string_view solution) {
  const Hash256 hash = crypto::sha256({as_bytes(challenge), as_bytes(":"), as_bytes(solution)});
  int bits = 0;
  for (const std::uint8_t byte : hash) {
    bits += std::countl_zero(byte);
    if (byte != 0) break;
  }
  return bits;
}

std::optional<Solved> check_solution(const crypto::HmacSha256Key& link_key, std::string_view challenge,
                                     std::string_view solution, Instant now) {
  const auto bytes = from_base64url(challenge);
  if (!bytes || bytes->size() != signed_size + tag_size || bytes->front() != version) return std::nullopt;
  const ByteView body = ByteView(*bytes).first(signed_size);
  const Hash256 tag = tag_of(link_key, body);
  if (!constant_time_equal(ByteView(tag).first(tag_size), ByteView(*bytes).subspan(signed_size))) return std::nullopt;
  const bool digits = !solution.empty() && solution.size() <= longest_solution &&
                      std::ranges::all_of(solution, [](char c) { return c >= '0' && c <= '9'; });
  Solved solved;
  solved.expires = Instant::from_seconds(static_cast<std::int64_t>(load_u64(body.data() + 2)));
  std::ranges::copy(body.subspan(10, 16), solved.nonce.begin());
  if (!digits || solved.expires <= now || work_of(challenge, solution) < body[1]) return std::nullopt;
  return solved;
}

}  // namespace sealbook::app::links
