// Passkeys: signing in with one, confirming who one is, adding and removing; links to enrol the first.
#pragma once

#include "api/v1/session.hpp"
#include "api/v1/webauthn_json.hpp"

namespace sealbook::api {

inline constexpr std::string_view before_an_account = "who signs in has no account to show yet";

struct SignInOptionsRequest {
  std::optional<std::string> tenant;
  static constexpr Field fields[] = {
      field<&SignInOptionsRequest::tenant>("tenant", DataClass::public_, "The organisation's slug; the passkey itself says more.", {.max = 40, .text = TextRule::slug}),
  };
};
struct GetSignInOptions {
  using Request = SignInOptionsRequest;
  using Response = PasskeyRequestResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "getSignInOptions", .method = Method::post, .path = "/v1/session/passkey/options", .summary = "Begins signing in with a passkey.",
      .access = open_to_public(before_an_account), .rate = RateClass::sign_in, .effect = Effect::reads});
};
struct AssertionRequest {
  AssertionCredentialJson credential;
  static constexpr Field fields[] = {
      field<&AssertionRequest::credential>("credential", DataClass::operational, "PublicKeyCredential.toJSON()."),
  };
};
struct SignInWithPasskey {
  using Request = AssertionRequest;
  using Response = SessionResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "signInWithPasskey", .method = Method::post, .path = "/v1/session/passkey", .summary = "Signs in with a passkey, whatever the role.",
      .access = open_to_public(before_an_account), .audit = AuditAction::session_started, .rate = RateClass::sign_in,
      .errors = {ErrorCode::unauthenticated, ErrorCode::cross_site}, .slow = true});
};
struct EnrolmentRequest {
  std::string token;
  static constexpr Field fields[] = {
      field<&EnrolmentRequest::token>("token", DataClass::secret, "What follows /e/ in the link.", {.max = 100, .text = TextRule::token}),
  };
};
struct OpenEnrolment {
  using Request = EnrolmentRequest;
  using Response = SessionResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "openEnrolment", .method = Method::post, .path = "/v1/session/enrolment", .summary = "Opens a one-time link: a session that can do nothing but enrol a passkey.",
      .access = open_to_public(before_an_account), .audit = AuditAction::enrolment_used, .rate = RateClass::sign_in,
      .errors = {ErrorCode::unauthenticated, ErrorCode::cross_site}, .slow = true});
};
struct GetStepUpOptions {
  using Request = NoRequest;
  using Response = PasskeyRequestResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "getStepUpOptions", .method = Method::post, .path = "/v1/session/step-up/options", .summary = "Begins confirming who one is.",
      .access = own_session(), .effect = Effect::reads});
};
struct StepUpSession {
  using Request = AssertionRequest;
  using Response = SessionResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "stepUpSession", .method = Method::post, .path = "/v1/session/step-up", .summary = "Confirms with a passkey who one is; the session gets a new cookie.",
      .access = own_session(), .audit = AuditAction::session_stepped_up, .slow = true});
};

struct GetPasskeyOptions {
  using Request = NoRequest;
  using Response = PasskeyCreationResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "getPasskeyOptions", .method = Method::post, .path = "/v1/passkeys/options", .summary = "Begins adding a passkey to the caller's account.",
      .access = own_session_or_enrolling(), .effect = Effect::reads});
};
struct PasskeyItem {
  PasskeyId id;
  std::string label;
  Instant created_at;
  std::optional<Instant> last_used_at;
  bool backed_up = false, blocked = false;
  static constexpr Field fields[] = {
      field<&PasskeyItem::id>("id", DataClass::operational, "Its public name."),
      field<&PasskeyItem::label>("label", DataClass::operational, "What its owner calls it."),
      field<&PasskeyItem::created_at>("created_at", DataClass::operational, "When it was added."),
      field<&PasskeyItem::last_used_at>("last_used_at", DataClass::operational, "When it was used last; absent: never."),
      field<&PasskeyItem::backed_up>("backed_up", DataClass::operational, "True: its owner's other devices have it as well."),
      field<&PasskeyItem::blocked>("blocked", DataClass::operational, "True: it may have been copied, and opens nothing."),
  };
};
struct AddPasskeyRequest {
  std::string label;
  RegistrationCredentialJson credential;
  static constexpr Field fields[] = {
      field<&AddPasskeyRequest::label>("label", DataClass::operational, "What its owner calls it.", {.max = 60}),
      field<&AddPasskeyRequest::credential>("credential", DataClass::operational, "PublicKeyCredential.toJSON()."),
  };
};
struct AddPasskey {
  using Request = AddPasskeyRequest;
  using Response = PasskeyItem;
  static constexpr EndpointSpec spec = checked({
      .id = "addPasskey", .method = Method::post, .path = "/v1/passkeys", .summary = "Adds a passkey to the caller's account.",
      .access = own_session_or_enrolling(), .audit = AuditAction::passkey_added, .step_up = StepUp::recent, .success = 201,
      .errors = {ErrorCode::state_conflict}, .idempotency = Idempotency::optional, .slow = true});
};
struct ListPasskeysResponse {
  std::vector<PasskeyItem> passkeys;
  static constexpr Field fields[] = {
      field<&ListPasskeysResponse::passkeys>("passkeys", DataClass::operational, "In order of creation."),
  };
};
struct ListPasskeys {
  using Request = NoRequest;
  using Response = ListPasskeysResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listPasskeys", .method = Method::get, .path = "/v1/passkeys", .summary = "Lists the passkeys of the caller's account.",
      .access = own_session_or_enrolling(), .audit = AuditAction::passkey_viewed});
};
struct PasskeyIdRequest {
  PasskeyId id;
  static constexpr Field fields[] = {
      field<&PasskeyIdRequest::id>("id", DataClass::operational, "One of the caller's own.", {.where = Where::path}),
  };
};
struct RemovePasskey {
  using Request = PasskeyIdRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "removePasskey", .method = Method::delete_, .path = "/v1/passkeys/{id}", .summary = "Removes a passkey; the last one stays.",
      .access = own_session(), .audit = AuditAction::passkey_removed, .step_up = StepUp::phishing_resistant, .success = 204,
      .errors = {ErrorCode::not_found, ErrorCode::state_conflict}});
};

struct CreateEnrolmentRequest {
  AccountId id;
  static constexpr Field fields[] = {
      field<&CreateEnrolmentRequest::id>("id", DataClass::operational, "An account of the tenant.", {.where = Where::path}),
  };
};
struct EnrolmentResponse {
  std::string url;
  Instant starts_at, expires_at;
  static constexpr Field fields[] = {
      field<&EnrolmentResponse::url>("url", DataClass::secret, "The link; shown this once, good once."),
      field<&EnrolmentResponse::starts_at>("starts_at", DataClass::operational, "From when on: a day later where the account has passkeys already."),
      field<&EnrolmentResponse::expires_at>("expires_at", DataClass::operational, "Until when."),
  };
};
struct CreateEnrolment {
  using Request = CreateEnrolmentRequest;
  using Response = EnrolmentResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "createEnrolment", .method = Method::post, .path = "/v1/accounts/{id}/enrolments", .summary = "Makes a one-time link with which an account gets a passkey.",
      .access = needs(Permission::role_grant), .audit = AuditAction::enrolment_created, .rate = RateClass::admin,
      .step_up = StepUp::phishing_resistant, .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional});
};

std::span<const Endpoint> passkey_endpoints();

}  // namespace sealbook::api
