// Authenticator data (WebAuthn level 3 section 6.1): what the authenticator signs.
#pragma once

#include <array>
#include <optional>

#include "base/bytes.hpp"
#include "security/authn/webauthn/refusal.hpp"

namespace sealbook::authn::webauthn {

inline constexpr std::size_t longest_credential_id = 1023;

struct CredentialData {
  std::array<std::uint8_t, 16> aaguid{};
  Bytes id;
  Bytes public_key;  // COSE_Key, as it came
};

struct AuthenticatorData {
  Hash256 rp_id_hash{};
  bool user_present = false, user_verified = false;
  bool backup_eligible = false, backed_up = false;
  std::uint32_t counter = 0;
  std::optional<CredentialData> credential;
};

// The flags must say exactly what follows them.
Checked<AuthenticatorData> read_authenticator_data(ByteView bytes);

// What holds for every ceremony: whose it is for, that a person was there and was verified, and that
// nothing is backed up that cannot be.
Checked<void> check_authenticator_data(const AuthenticatorData& data, std::string_view rp_id);

}  // namespace sealbook::authn::webauthn
