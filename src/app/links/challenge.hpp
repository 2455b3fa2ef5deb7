// A proof of work, signed and without state until it is handed in: what a bot has to pay for a booking
// on a public page. docs/formats/link.md has the layout.
#pragma once

#include <optional>
#include <string>

#include "app/app.hpp"
#include "security/crypto/mac.hpp"

namespace sealbook::app::links {

inline constexpr Micros challenge_life = std::chrono::minutes(10);
inline constexpr int least_bits = 16, most_bits = 24;

// base64url( version 1 ‖ bits ‖ expiry, seconds (8) ‖ nonce (16) ‖ first 16 bytes of
// HMAC-SHA256(link key, "sealbook challenge 1" ‖ the bytes before) ).
std::string seal_challenge(const crypto::HmacSha256Key& link_key, int bits, Instant expires, const RawId& nonce);

struct Solved {
  RawId nonce{};
  Instant expires;
};
// Nothing when the challenge is not the tenant's, has run out, or the solution is none.
std::optional<Solved> check_solution(const crypto::HmacSha256Key& link_key, std::string_view challenge,
                                     std::string_view solution, Instant now);

// How many zero bits SHA-256(challenge + ":" + solution) starts with.
int work_of(std::string_view challenge, std::string_view solution);

}  // namespace sealbook::app::links
