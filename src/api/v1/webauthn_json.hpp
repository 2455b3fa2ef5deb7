// The JSON of WebAuthn level 3 (sections 5.1.8 to 5.1.10), as browsers read and write it:
// PublicKeyCredential.parseCreationOptionsFromJSON, parseRequestOptionsFromJSON, toJSON. Its names
// are the standard's; bytes are base64url.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "app/sign_in/passkeys.hpp"

namespace sealbook::api {

struct RelyingPartyJson {
  std::string id, name;
  static constexpr Field fields[] = {
      field<&RelyingPartyJson::id>("id", DataClass::public_, "The host that passkeys are bound to."),
      field<&RelyingPartyJson::name>("name", DataClass::public_, "What authenticators show."),
  };
};
struct UserJson {
  std::string id, name, displayName;
  static constexpr Field fields[] = {
      field<&UserJson::id>("id", DataClass::operational, "The user handle: the account's 16 bytes."),
      field<&UserJson::name>("name", DataClass::operational, "What authenticators show; no person's name."),
      field<&UserJson::displayName>("displayName", DataClass::operational, "The same."),
  };
};
struct KeyParametersJson {
  std::string type = "public-key";
  std::int64_t alg = -7;
  static constexpr Field fields[] = {
      field<&KeyParametersJson::type>("type", DataClass::public_, "public-key"),
      field<&KeyParametersJson::alg>("alg", DataClass::public_, "COSE algorithm: -7 ES256, -8 EdDSA, -257 RS256."),
  };
};
struct CredentialDescriptorJson {
  std::string id, type = "public-key";
  static constexpr Field fields[] = {
      field<&CredentialDescriptorJson::id>("id", DataClass::operational, "The credential's id.", {.max = 1400}),
      field<&CredentialDescriptorJson::type>("type", DataClass::public_, "public-key"),
  };
};
struct AuthenticatorSelectionJson {
  std::string residentKey = "required", userVerification = "required";
  bool requireResidentKey = true;
  static constexpr Field fields[] = {
      field<&AuthenticatorSelectionJson::residentKey>("residentKey", DataClass::public_, "required: it signs in without a name."),
      field<&AuthenticatorSelectionJson::requireResidentKey>("requireResidentKey", DataClass::public_, "The same for older browsers."),
      field<&AuthenticatorSelectionJson::userVerification>("userVerification", DataClass::public_, "required: finger, face or PIN."),
  };
};
struct CreationOptionsJson {
  RelyingPartyJson rp;
  UserJson user;
  std::string challenge;
  std::vector<KeyParametersJson> pubKeyCredParams;
  std::int64_t timeout = 300'000;
  std::vector<CredentialDescriptorJson> excludeCredentials;
  AuthenticatorSelectionJson authenticatorSelection;
  std::string attestation = "none";
  static constexpr Field fields[] = {
      field<&CreationOptionsJson::rp>("rp", DataClass::public_, "Who we are."),
      field<&CreationOptionsJson::user>("user", DataClass::operational, "Whose passkey it will be."),
      field<&CreationOptionsJson::challenge>("challenge", DataClass::operational, "Good for five minutes, once, in this session."),
      field<&CreationOptionsJson::pubKeyCredParams>("pubKeyCredParams", DataClass::public_, "Algorithms, in the order of preference."),
      field<&CreationOptionsJson::timeout>("timeout", DataClass::public_, "Milliseconds."),
      field<&CreationOptionsJson::excludeCredentials>("excludeCredentials", DataClass::operational, "What the account has already."),
      field<&CreationOptionsJson::authenticatorSelection>("authenticatorSelection", DataClass::public_, "What the passkey must be able to do."),
      field<&CreationOptionsJson::attestation>("attestation", DataClass::public_, "none: the maker is not asked about."),
  };
};
struct PasskeyCreationResponse {
  CreationOptionsJson publicKey;
  static constexpr Field fields[] = {
      field<&PasskeyCreationResponse::publicKey>("publicKey", DataClass::operational, "For parseCreationOptionsFromJSON."),
  };
};
struct RequestOptionsJson {
  std::string challenge, rpId;
  std::vector<CredentialDescriptorJson> allowCredentials;
  std::string userVerification = "required";
  std::int64_t timeout = 300'000;
  static constexpr Field fields[] = {
      field<&RequestOptionsJson::challenge>("challenge", DataClass::operational, "Good for five minutes, once."),
      field<&RequestOptionsJson::rpId>("rpId", DataClass::public_, "The host that passkeys are bound to."),
      field<&RequestOptionsJson::allowCredentials>("allowCredentials", DataClass::operational, "The caller's own; empty: whatever the browser finds."),
      field<&RequestOptionsJson::userVerification>("userVerification", DataClass::public_, "required: finger, face or PIN."),
      field<&RequestOptionsJson::timeout>("timeout", DataClass::public_, "Milliseconds."),
  };
};
struct PasskeyRequestResponse {
  RequestOptionsJson publicKey;
  static constexpr Field fields[] = {
      field<&PasskeyRequestResponse::publicKey>("publicKey", DataClass::operational, "For parseRequestOptionsFromJSON."),
  };
};

// What a browser's extensions had to say; nothing here is asked for or believed.
struct CredentialPropertiesJson {
  std::optional<bool> rk;
  static constexpr Field fields[] = {
      field<&CredentialPropertiesJson::rk>("rk", DataClass::operational, "Whether the passkey can be found without its id."),
  };
};
struct ExtensionResultsJson {
  std::optional<CredentialPropertiesJson> credProps;
  std::optional<bool> appid;
  static constexpr Field fields[] = {
      field<&ExtensionResultsJson::credProps>("credProps", DataClass::operational, "Not looked at."),
      field<&ExtensionResultsJson::appid>("appid", DataClass::operational, "Not looked at."),
  };
};
struct AttestationJson {
  std::string clientDataJSON, attestationObject;
  std::optional<std::string> authenticatorData, publicKey;
  std::optional<std::int64_t> publicKeyAlgorithm;
  std::optional<std::vector<std::string>> transports;
  static constexpr Field fields[] = {
      field<&AttestationJson::clientDataJSON>("clientDataJSON", DataClass::operational, "What the browser says.", {.max = 16'000, .text = TextRule::token}),
      field<&AttestationJson::attestationObject>("attestationObject", DataClass::operational, "What the authenticator says.", {.max = 24'000, .text = TextRule::token}),
      field<&AttestationJson::authenticatorData>("authenticatorData", DataClass::operational, "Not looked at: it stands in the object.", {.max = 16'000, .text = TextRule::token}),
      field<&AttestationJson::publicKey>("publicKey", DataClass::operational, "Not looked at: it stands in the object.", {.max = 4'000, .text = TextRule::token}),
      field<&AttestationJson::publicKeyAlgorithm>("publicKeyAlgorithm", DataClass::operational, "Not looked at: it stands in the object."),
      field<&AttestationJson::transports>("transports", DataClass::operational, "Not looked at.", {.max = 16}),
  };
};
struct RegistrationCredentialJson {
  std::string id, rawId, type;
  std::optional<std::string> authenticatorAttachment;
  std::optional<ExtensionResultsJson> clientExtensionResults;
  AttestationJson response;
  static constexpr Field fields[] = {
      field<&RegistrationCredentialJson::id>("id", DataClass::operational, "The credential's id.", {.max = 1400, .text = TextRule::token}),
      field<&RegistrationCredentialJson::rawId>("rawId", DataClass::operational, "The same.", {.max = 1400, .text = TextRule::token}),
      field<&RegistrationCredentialJson::type>("type", DataClass::operational, "public-key"),
      field<&RegistrationCredentialJson::authenticatorAttachment>("authenticatorAttachment", DataClass::operational, "Not looked at."),
      field<&RegistrationCredentialJson::clientExtensionResults>("clientExtensionResults", DataClass::operational, "Not looked at."),
      field<&RegistrationCredentialJson::response>("response", DataClass::operational, "The attestation."),
  };
};
struct AssertionJson {
  std::string clientDataJSON, authenticatorData, signature;
  std::optional<std::string> userHandle;
  static constexpr Field fields[] = {
      field<&AssertionJson::clientDataJSON>("clientDataJSON", DataClass::operational, "What the browser says.", {.max = 16'000, .text = TextRule::token}),
      field<&AssertionJson::authenticatorData>("authenticatorData", DataClass::operational, "What the authenticator says.", {.max = 16'000, .text = TextRule::token}),
      field<&AssertionJson::signature>("signature", DataClass::operational, "Over both.", {.max = 2'000, .text = TextRule::token}),
      field<&AssertionJson::userHandle>("userHandle", DataClass::operational, "Whose passkey it is.", {.max = 100, .text = TextRule::token}),
  };
};
struct AssertionCredentialJson {
  std::string id, rawId, type;
  std::optional<std::string> authenticatorAttachment;
  std::optional<ExtensionResultsJson> clientExtensionResults;
  AssertionJson response;
  static constexpr Field fields[] = {
      field<&AssertionCredentialJson::id>("id", DataClass::operational, "The credential's id.", {.max = 1400, .text = TextRule::token}),
      field<&AssertionCredentialJson::rawId>("rawId", DataClass::operational, "The same.", {.max = 1400, .text = TextRule::token}),
      field<&AssertionCredentialJson::type>("type", DataClass::operational, "public-key"),
      field<&AssertionCredentialJson::authenticatorAttachment>("authenticatorAttachment", DataClass::operational, "Not looked at."),
      field<&AssertionCredentialJson::clientExtensionResults>("clientExtensionResults", DataClass::operational, "Not looked at."),
      field<&AssertionCredentialJson::response>("response", DataClass::operational, "The assertion."),
  };
};

PasskeyCreationResponse creation_json(const app::sign_in::CreationTerms& terms);
PasskeyRequestResponse request_json(const app::sign_in::RequestTerms& terms);
// Fail with `invalid` where bytes are not base64url, the ids differ or the type is another.
Result<app::sign_in::webauthn::RegistrationResponse> registration_of(const RegistrationCredentialJson& credential);
Result<app::sign_in::Assertion> assertion_of(const AssertionCredentialJson& credential);

}  // namespace sealbook::api
