// The two ceremonies of passkeys, checked on the server: registration (WebAuthn level 3 section 7.1)
// and assertion (section 7.2), with everything that CRYPTO 2b.10 asks for.
//
// Pure: nothing is looked up and nothing is remembered. What only a store can tell (whether a
// credential is registered already, whether a challenge was answered before) is left to the caller's
// transaction. Threads: any.
#pragma once

#include <optional>
#include <span>

#include "security/authn/webauthn/authenticator_data.hpp"
#include "security/authn/webauthn/challenge.hpp"
#include "security/authn/webauthn/client_data.hpp"
#include "security/authn/webauthn/public_key.hpp"

namespace sealbook::authn::webauthn {

// What a ceremony is held to.
struct Terms {
  RelyingParty party;
  const Secret& root;  // of the challenges
  Ceremony ceremony = Ceremony::sign_in;
  Binding binding{};
  Instant now;
  // Authenticators that may be registered, by AAGUID and attested; empty: any.
  std::span<const std::array<std::uint8_t, 16>> only_authenticators = {};
};

struct RegistrationResponse {
  Bytes credential_id;  // as the browser names it
  Bytes client_data;
  Bytes attestation_object;
};
struct Registered {
  CredentialData credential;
  Algorithm algorithm = Algorithm::es256;
  std::uint32_t counter = 0;
  bool backup_eligible = false, backed_up = false;
  bool attested = false;
  Answered challenge;
};
Checked<Registered> check_registration(const Terms& terms, const RegistrationResponse& response);

struct AssertionResponse {
  Bytes client_data;
  Bytes authenticator_data;
  Bytes signature;
  std::optional<Bytes> user_handle;
};
// What is on record of the credential that the assertion names.
struct KnownCredential {
  ByteView public_key;   // COSE_Key
  ByteView user_handle;  // of the account that it belongs to
  std::uint32_t counter = 0;
  bool backup_eligible = false;
};
// A sign-in must name its user; a step-up may leave it out, as the caller is known.
struct Asserted {
  std::uint32_t counter = 0;
  bool backed_up = false;
  Answered challenge;
};
Checked<Asserted> check_assertion(const Terms& terms, const KnownCredential& known, const AssertionResponse& response);

}  // namespace sealbook::authn::webauthn
