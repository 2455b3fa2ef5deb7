// Passkeys of an account: registered by a session, and what signs in and confirms who one is.
//
// The checks of a ceremony are security/authn/webauthn; here they meet rows, sessions and the
// journal. Whatever is wrong with an assertion is one error with one text; the journal knows why.
// Calls that verify something are for threads that may block. Threads: any.
#pragma once

#include "app/sign_in/sessions.hpp"
#include "security/authn/webauthn/ceremony.hpp"
#include "storage/tables/passkeys.hpp"

namespace sealbook::app::sign_in {

namespace webauthn = authn::webauthn;

// From App::public_url. Fails with unavailable when the server does not know its own address.
Result<webauthn::RelyingParty> relying_party(const App& app);

// What a browser needs to make a passkey for the caller's account.
struct CreationTerms {
  std::string rp_id, rp_name, user_name;
  AccountId user;
  Bytes challenge;
  std::vector<Bytes> excluded;  // credentials that the account has
};
Result<CreationTerms> creation_terms(CallContext& ctx);
// What it needs to use one: any that it has (sign_in), or one of the caller's (step_up).
struct RequestTerms {
  std::string rp_id;
  Bytes challenge;
  std::vector<Bytes> allowed;
};
Result<RequestTerms> request_terms(CallContext& ctx, webauthn::Ceremony ceremony);

struct PasskeyView {
  PasskeyId id;
  std::string label;
  Instant created;
  std::optional<Instant> used;
  bool backed_up = false, blocked = false;
};
// Fails with `invalid` naming /credential when a check of the ceremony fails, with state_conflict
// when the credential is registered already.
Result<Work<PasskeyView>> add_passkey(CallContext& ctx, const std::string& label,
                                      const webauthn::RegistrationResponse& response);
Result<std::vector<PasskeyView>> list_passkeys(CallContext& ctx);
std::int64_t count_passkeys(CallContext& ctx);  // of the caller's account
// Fails with state_conflict for the account's last one.
Result<Work<int>> remove_passkey(CallContext& ctx, const PasskeyId& id);

struct Assertion {
  Bytes credential_id;
  webauthn::AssertionResponse response;
};
// Begins a session. Fails with unauthenticated, whatever was wrong.
Result<Work<int>> sign_in_by_passkey(CallContext& ctx, const Assertion& assertion);
// Renews the caller's session under a new cookie. Fails with unauthenticated.
Result<Work<int>> step_up(CallContext& ctx, const Assertion& assertion);

// One-time links to enrol a passkey: good for 24 hours and one use. For an account that has passkeys
// already (they are lost, says somebody) the link is good from a day later on (AUTH-07).
inline constexpr Micros enrolment_life = std::chrono::hours(24);
struct EnrolmentLink {
  std::string url;
  Instant starts, expires;
};
// Fails with not_found for an account that is not the tenant's.
Result<Work<EnrolmentLink>> create_enrolment(CallContext& ctx, const AccountId& account);
// The same for the instance's own administrator, who is made when there is none: for the command line.
Result<Work<EnrolmentLink>> create_operator_enrolment(CallContext& ctx);
// A session that can do nothing but enrol a passkey. Fails with unauthenticated.
Result<Work<int>> open_enrolment(CallContext& ctx, std::string_view token);

// The path of a link, below App::public_url.
std::string enrolment_path(std::string_view token);

}  // namespace sealbook::app::sign_in
