#include "api/v1/webauthn_json.hpp"

namespace sealbook::api {
namespace {

Result<Bytes> bytes_of(const std::string& text, std::string_view name) {
  auto bytes = from_base64url(text);
  if (!bytes) return fail(invalid_field("/credential/" + std::string(name), "format", "This is not base64url."));
  return std::move(*bytes);
}

Result<Bytes> id_of(const std::string& id, const std::string& raw_id, const std::string& type) {
  if (type != "public-key") return fail(invalid_field("/credential/type", "format", "The type is public-key."));
  if (id != raw_id) return fail(invalid_field("/credential/rawId", "format", "Both ids are the same."));
  return bytes_of(id, "id");
}

std::vector<CredentialDescriptorJson> descriptors(const std::vector<Bytes>& ids) {
  std::vector<CredentialDescriptorJson> out;
  for (const Bytes& id : ids) out.push_back({to_base64url(id)});
  return out;
}

}  // namespace

PasskeyCreationResponse creation_json(const app::sign_in::CreationTerms& terms) {
  PasskeyCreationResponse response;
  auto& options = response.publicKey;
  options.rp = {terms.rp_id, terms.rp_name};
  options.user = {to_base64url(terms.user.bytes()), terms.user_name, terms.user_name};
  options.challenge = to_base64url(terms.challenge);
  for (const auto algorithm : authn::webauthn::offered_algorithms)
    options.pubKeyCredParams.push_back({"public-key", static_cast<std::int64_t>(algorithm)});
  options.excludeCredentials = descriptors(terms.excluded);
  return response;
}

PasskeyRequestResponse request_json(const app::sign_in::RequestTerms& terms) {
  PasskeyRequestResponse response;
  response.publicKey.challenge = to_base64url(terms.challenge);
  response.publicKey.rpId = terms.rp_id;
  response.publicKey.allowCredentials = descriptors(terms.allowed);
  return response;
}

Result<app::sign_in::webauthn::RegistrationResponse> registration_of(const RegistrationCredentialJson& c) {
  app::sign_in::webauthn::RegistrationResponse out;
  TRY(id, id_of(c.id, c.rawId, c.type));
  TRY(client_data, bytes_of(c.response.clientDataJSON, "response/clientDataJSON"));
  TRY(object, bytes_of(c.response.attestationObject, "response/attestationObject"));
  out.credential_id = std::move(id);
  out.client_data = std::move(client_data);
  out.attestation_object = std::move(object);
  return out;
}

Result<app::sign_in::Assertion> assertion_of(const AssertionCredentialJson& c) {
  app::sign_in::Assertion out;
  TRY(id, id_of(c.id, c.rawId, c.type));
  TRY(client_data, bytes_of(c.response.clientDataJSON, "response/clientDataJSON"));
  TRY(data, bytes_of(c.response.authenticatorData, "response/authenticatorData"));
  TRY(signature, bytes_of(c.response.signature, "response/signature"));
  out.credential_id = std::move(id);
  out.response.client_data = std::move(client_data);
  out.response.authenticator_data = std::move(data);
  out.response.signature = std::move(signature);
  if (c.response.userHandle) {
    TRY(handle, bytes_of(*c.response.userHandle, "response/userHandle"));
    out.response.user_handle = std::move(handle);
  }
  return out;
}

}  // namespace sealbook::api
