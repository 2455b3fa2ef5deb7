#include "api/v1/passkeys.hpp"

#include "api/v1/answering.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
namespace sign_in = app::sign_in;
using authn::webauthn::Ceremony;

NoContent nothing(const int&) { return {}; }
PasskeyItem item(const sign_in::PasskeyView& v) { return {v.id, v.label, v.created, v.used, v.backed_up, v.blocked}; }
EnrolmentResponse link_view(const sign_in::EnrolmentLink& link) { return {link.url, link.starts, link.expires}; }

Result<PasskeyRequestResponse> sign_in_options(CallContext& ctx, const SignInOptionsRequest&) {
  TRY(terms, sign_in::request_terms(ctx, Ceremony::sign_in));
  return request_json(terms);
}

Result<Work<SessionResponse>> sign_in_with_passkey(CallContext& ctx, const AssertionRequest& r) {
  TRY(assertion, assertion_of(r.credential));
  return answering_session(ctx, sign_in::sign_in_by_passkey(ctx, assertion));
}

Result<Work<SessionResponse>> open_enrolment(CallContext& ctx, const EnrolmentRequest& r) {
  return answering_session(ctx, sign_in::open_enrolment(ctx, r.token));
}

Result<PasskeyRequestResponse> step_up_options(CallContext& ctx, const NoRequest&) {
  TRY(terms, sign_in::request_terms(ctx, Ceremony::step_up));
  return request_json(terms);
}

Result<Work<SessionResponse>> step_up(CallContext& ctx, const AssertionRequest& r) {
  TRY(assertion, assertion_of(r.credential));
  return answering_session(ctx, sign_in::step_up(ctx, assertion));
}

Result<PasskeyCreationResponse> passkey_options(CallContext& ctx, const NoRequest&) {
  TRY(terms, sign_in::creation_terms(ctx));
  return creation_json(terms);
}

Result<Work<PasskeyItem>> add(CallContext& ctx, const AddPasskeyRequest& r) {
  TRY(response, registration_of(r.credential));
  return answering(sign_in::add_passkey(ctx, r.label, response), item);
}

Result<ListPasskeysResponse> list(CallContext& ctx, const NoRequest&) {
  TRY(views, sign_in::list_passkeys(ctx));
  ListPasskeysResponse response;
  for (const auto& view : views) response.passkeys.push_back(item(view));
  return response;
}

Result<Work<NoContent>> remove(CallContext& ctx, const PasskeyIdRequest& r) {
  return answering(sign_in::remove_passkey(ctx, r.id), nothing);
}

Result<Work<EnrolmentResponse>> enrol(CallContext& ctx, const CreateEnrolmentRequest& r) {
  return answering(sign_in::create_enrolment(ctx, r.id), link_view);
}

constexpr Endpoint rows[] = {
    bind_read<GetSignInOptions, sign_in_options>(), bind_write<SignInWithPasskey, sign_in_with_passkey>(),
    bind_write<OpenEnrolment, open_enrolment>(),    bind_read<GetStepUpOptions, step_up_options>(),
    bind_write<StepUpSession, step_up>(),           bind_read<GetPasskeyOptions, passkey_options>(),
    bind_write<AddPasskey, add>(),                  bind_read<ListPasskeys, list>(),
    bind_write<RemovePasskey, remove>(),            bind_write<CreateEnrolment, enrol>()};

}  // namespace

std::span<const Endpoint> passkey_endpoints() { return rows; }

}  // namespace sealbook::api
