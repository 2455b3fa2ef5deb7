// The session of a browser: what it is told of itself, its devices, and how it ends.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/directory_enums.hpp"
#include "security/authn/session.hpp"

namespace sealbook::authn {
inline constexpr auto session_method_words = std::to_array<api::EnumName>({
    {"passkey", SessionMethod::passkey}, {"code", SessionMethod::code}, {"enrolment", SessionMethod::enrolment},
    {"recovery", SessionMethod::recovery}, {"shift_pass", SessionMethod::shift_pass}, {"demo", SessionMethod::demo}});
constexpr std::span<const api::EnumName> enum_names(SessionMethod) { return session_method_words; }
}  // namespace sealbook::authn

namespace sealbook::api {

struct SessionAccount {
  AccountId id;
  Role role = Role::patient;
  static constexpr Field fields[] = {
      field<&SessionAccount::id>("id", DataClass::operational, "Who is signed in."),
      field<&SessionAccount::role>("role", DataClass::operational, "What the account may do, in a word."),
  };
};
struct SessionTenant {
  TenantId id;
  std::string slug, name;
  std::vector<app::Regime> regime;
  std::optional<std::string> time_zone;
  static constexpr Field fields[] = {
      field<&SessionTenant::id>("id", DataClass::operational, "Its public name."),
      field<&SessionTenant::slug>("slug", DataClass::public_, "Its name in addresses of pages."),
      field<&SessionTenant::name>("name", DataClass::operational, "What the organisation is called."),
      field<&SessionTenant::regime>("regime", DataClass::operational, "Regime profiles; the strictest wins."),
      field<&SessionTenant::time_zone>("time_zone", DataClass::operational, "Of its first place."),
  };
};
struct SessionResponse {
  SessionId id;
  SessionAccount account;
  std::optional<SessionTenant> tenant;
  authn::SessionMethod method = authn::SessionMethod::passkey;
  std::string csrf;
  std::vector<std::string> permissions;
  std::optional<ResourceId> practitioner_id;
  std::optional<PatientId> patient_id;
  Instant signed_in_at;
  std::optional<Instant> stepped_up_at;
  std::optional<Instant> idle_expires_at;
  Instant expires_at;
  Instant now;
  std::int64_t passkeys = 0;
  static constexpr Field fields[] = {
      field<&SessionResponse::id>("id", DataClass::operational, "Its public name; opens nothing."),
      field<&SessionResponse::account>("account", DataClass::operational, "Who is signed in."),
      field<&SessionResponse::tenant>("tenant", DataClass::operational, "Whose account it is; absent: the instance's."),
      field<&SessionResponse::method>("method", DataClass::operational, "How the person proved who they are."),
      field<&SessionResponse::csrf>("csrf", DataClass::operational, "For the header X-CSRF-Token of every method but GET; worth nothing without the cookie."),
      field<&SessionResponse::permissions>("permissions", DataClass::operational, "What the account may do, each by its id."),
      field<&SessionResponse::practitioner_id>("practitioner_id", DataClass::operational, "A provider's own calendar."),
      field<&SessionResponse::patient_id>("patient_id", DataClass::pii, "A patient's own record."),
      field<&SessionResponse::signed_in_at>("signed_in_at", DataClass::operational, "When it began."),
      field<&SessionResponse::stepped_up_at>("stepped_up_at", DataClass::operational, "When the person last confirmed who they are, if again."),
      field<&SessionResponse::idle_expires_at>("idle_expires_at", DataClass::operational, "When it ends unless something is asked before; absent: it does not for that."),
      field<&SessionResponse::expires_at>("expires_at", DataClass::operational, "When it ends in any case."),
      field<&SessionResponse::now>("now", DataClass::operational, "The server's clock."),
      field<&SessionResponse::passkeys>("passkeys", DataClass::operational, "How many passkeys the account has; two are better than one."),
  };
};
struct GetSession {
  using Request = NoRequest;
  using Response = SessionResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "getSession", .method = Method::get, .path = "/v1/session", .summary = "Tells a browser who is signed in, and until when.",
      .access = own_session_or_enrolling()});
};
struct EndSession {
  using Request = NoRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "endSession", .method = Method::delete_, .path = "/v1/session", .summary = "Signs out, and has the browser forget what it kept of our pages.",
      .access = own_session_or_enrolling(), .audit = AuditAction::session_ended, .success = 204});
};

struct SessionView {
  SessionId id;
  bool current = false;
  authn::SessionMethod method = authn::SessionMethod::passkey;
  std::string device;
  Instant created_at, last_seen_at, expires_at;
  static constexpr Field fields[] = {
      field<&SessionView::id>("id", DataClass::operational, "Its public name; opens nothing."),
      field<&SessionView::current>("current", DataClass::operational, "True: the one that asks."),
      field<&SessionView::method>("method", DataClass::operational, "How the person proved who they are."),
      field<&SessionView::device>("device", DataClass::operational, "The browser and its system, in a word each."),
      field<&SessionView::created_at>("created_at", DataClass::operational, "When it began."),
      field<&SessionView::last_seen_at>("last_seen_at", DataClass::operational, "When it last asked for something."),
      field<&SessionView::expires_at>("expires_at", DataClass::operational, "When it ends in any case."),
  };
};
struct ListSessionsResponse {
  std::vector<SessionView> sessions;
  static constexpr Field fields[] = {
      field<&ListSessionsResponse::sessions>("sessions", DataClass::operational, "The newest first.", {.max = 1000}),
  };
};
struct ListSessions {
  using Request = NoRequest;
  using Response = ListSessionsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listSessions", .method = Method::get, .path = "/v1/sessions", .summary = "Lists where the caller is signed in.",
      .access = own_session()});
};
struct SessionIdRequest {
  SessionId id;
  static constexpr Field fields[] = {
      field<&SessionIdRequest::id>("id", DataClass::operational, "One of the caller's own.", {.where = Where::path}),
  };
};
struct EndOneSession {
  using Request = SessionIdRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "endOneSession", .method = Method::delete_, .path = "/v1/sessions/{id}", .summary = "Ends one of the caller's own sessions, at once and everywhere.",
      .access = own_session(), .audit = AuditAction::session_ended, .success = 204, .errors = {ErrorCode::not_found}});
};
struct AccountSessionsRequest {
  AccountId id;
  static constexpr Field fields[] = {
      field<&AccountSessionsRequest::id>("id", DataClass::operational, "An account of the tenant.", {.where = Where::path}),
  };
};
struct EndSessionsOfAccount {
  using Request = AccountSessionsRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "endSessionsOfAccount", .method = Method::delete_, .path = "/v1/accounts/{id}/sessions", .summary = "Ends all sessions of an account, at once and everywhere.",
      .access = needs(Permission::role_grant), .audit = AuditAction::session_ended, .rate = RateClass::admin,
      .step_up = StepUp::phishing_resistant, .success = 204, .errors = {ErrorCode::not_found}});
};

// What a call's session looks like to its own browser. For every endpoint that begins or renews one.
SessionResponse session_view(app::CallContext& ctx);
// The session that the work leaves, as its browser is told of it. Looked at before the commit: what it
// says is what the commit makes true.
Result<app::Work<SessionResponse>> answering_session(app::CallContext& ctx, Result<app::Work<int>> work);

std::span<const Endpoint> session_endpoints();

}  // namespace sealbook::api
