#include "security/authn/webauthn/ceremony.hpp"

#include <algorithm>

#include "security/authn/webauthn/attestation.hpp"
#include "security/crypto/hash.hpp"

namespace sealbook::authn::webauthn {
namespace {

// Client data, and the challenge that it answers.
Checked<Answered> check_client(const Terms& terms, std::string_view type, ByteView client_data) {
  const auto challenge = check_client_data(client_data, type, terms.party);
  if (!challenge) return std::unexpected(challenge.error());
  return check_challenge(terms.root, terms.ceremony, terms.binding, *challenge, terms.now);
}

// Counters that are always 0 say nothing; otherwise each use counts up (section 7.2 step 22).
bool counts_up(std::uint32_t before, std::uint32_t now) { return (before == 0 && now == 0) || now > before; }

}  // namespace

Checked<Registered> check_registration(const Terms& terms, const RegistrationResponse& response) {
  const auto challenge = check_client(terms, "webauthn.create", response.client_data);
  if (!challenge) return std::unexpected(challenge.error());
  const auto attestation = read_attestation(response.attestation_object);
  if (!attestation) return std::unexpected(attestation.error());
  auto data = read_authenticator_data(attestation->authenticator_data);
  if (!data) return std::unexpected(data.error());
  if (const auto good = check_authenticator_data(*data, terms.party.id); !good) return std::unexpected(good.error());
  if (!data->credential) return std::unexpected(Refusal::no_credential_data);
  if (!std::ranges::equal(data->credential->id, response.credential_id))
    return std::unexpected(Refusal::credential_id_differs);
  const auto key = read_public_key(data->credential->public_key);
  if (!key) return std::unexpected(key.error());
  const auto attested =
      check_attestation(*attestation, *key, terms.party.id, crypto::sha256(response.client_data));
  if (!attested) return std::unexpected(attested.error());
  const auto& only = terms.only_authenticators;
  if (!only.empty() && (!*attested || std::ranges::find(only, data->credential->aaguid) == only.end()))
    return std::unexpected(Refusal::authenticator_not_allowed);
  return Registered{std::move(*data->credential), key->algorithm, data->counter, data->backup_eligible,
                    data->backed_up, *attested, *challenge};
}

Checked<Asserted> check_assertion(const Terms& terms, const KnownCredential& known, const AssertionResponse& response) {
  const auto challenge = check_client(terms, "webauthn.get", response.client_data);
  if (!challenge) return std::unexpected(challenge.error());
  const bool named = response.user_handle && !response.user_handle->empty();
  if (terms.ceremony == Ceremony::sign_in && !named) return std::unexpected(Refusal::wrong_user_handle);
  if (named && !constant_time_equal(*response.user_handle, known.user_handle))
    return std::unexpected(Refusal::wrong_user_handle);
  const auto data = read_authenticator_data(response.authenticator_data);
  if (!data) return std::unexpected(data.error());
  if (const auto good = check_authenticator_data(*data, terms.party.id); !good) return std::unexpected(good.error());
  if (data->backup_eligible != known.backup_eligible) return std::unexpected(Refusal::backup_eligibility_changed);
  const auto key = read_public_key(known.public_key);
  if (!key) return std::unexpected(key.error());
  const Signed what{terms.party.id, response.authenticator_data, crypto::sha256(response.client_data), response.signature};
  if (const auto good = check_signature(*key, what); !good) return std::unexpected(good.error());
  // Only of what is signed by the right key can be said that it was copied.
  if (!counts_up(known.counter, data->counter)) return std::unexpected(Refusal::counter_went_back);
  return Asserted{data->counter, data->backed_up, *challenge};
}

}  // namespace sealbook::authn::webauthn
