// Refusal is why a ceremony does not count: one for each check (WebAuthn level 3 sections 7.1 and
// 7.2, and what is stricter here). For the journal, the log and tests; callers are told one text for
// all of them.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string_view>

namespace sealbook::authn::webauthn {

enum class Refusal : std::uint8_t {
  client_data_size, client_data_text, client_data_json, wrong_type, challenge_foreign, challenge_old,
  wrong_origin, cross_origin, top_origin,
  attestation_size, attestation_cbor, attestation_members, attestation_format, attestation_statement,
  attestation_signature, authenticator_data_size, authenticator_data_trailing, wrong_relying_party,
  user_not_present, user_not_verified, backup_state, backup_eligibility_changed, no_credential_data,
  credential_id_size, credential_id_differs, algorithm_not_offered, key_encoding, key_not_on_curve,
  extension_data, extensions_cbor, authenticator_not_allowed,
  signature_encoding, wrong_signature, wrong_user_handle, counter_went_back,
};

inline constexpr std::array<std::string_view, 35> refusal_names{
    "client_data_size", "client_data_text", "client_data_json", "wrong_type", "challenge_foreign", "challenge_old",
    "wrong_origin", "cross_origin", "top_origin",
    "attestation_size", "attestation_cbor", "attestation_members", "attestation_format", "attestation_statement",
    "attestation_signature", "authenticator_data_size", "authenticator_data_trailing", "wrong_relying_party",
    "user_not_present", "user_not_verified", "backup_state", "backup_eligibility_changed", "no_credential_data",
    "credential_id_size", "credential_id_differs", "algorithm_not_offered", "key_encoding", "key_not_on_curve",
    "extension_data", "extensions_cbor", "authenticator_not_allowed",
    "signature_encoding", "wrong_signature", "wrong_user_handle", "counter_went_back"};
static_assert(refusal_names.size() == static_cast<std::size_t>(Refusal::counter_went_back) + 1);
constexpr std::string_view to_text(Refusal refusal) { return refusal_names[static_cast<std::size_t>(refusal)]; }

template <class T>
using Checked = std::expected<T, Refusal>;

}  // namespace sealbook::authn::webauthn
