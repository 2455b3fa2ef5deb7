// Challenges of ceremonies: signed, so that nothing is kept until one is answered, and bound to what
// they are for. docs/formats/challenge.md has the layout. That each counts once is the store's
// business: spent_challenges, written in the transaction that the answer leads to. Threads: any.
#pragma once

#include <array>
#include <optional>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"
#include "security/authn/webauthn/refusal.hpp"

namespace sealbook::authn::webauthn {

enum class Ceremony : std::uint8_t { registration = 1, sign_in = 2, step_up = 3 };
inline constexpr Micros challenge_life = std::chrono::minutes(5);

// What an answer must come back to: the hash of the session that asked; all zero for a sign-in.
using Binding = Hash256;

struct Answered {
  std::array<std::uint8_t, 32> nonce{};
  Instant expires;
};

// `root`: the instance's page key.
Bytes make_challenge(const Secret& root, Ceremony ceremony, const Binding& binding, Instant now);
Checked<Answered> check_challenge(const Secret& root, Ceremony ceremony, const Binding& binding, ByteView challenge,
                                  Instant now);

}  // namespace sealbook::authn::webauthn
