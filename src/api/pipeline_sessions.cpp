// Who a browser is, and what a signed-in browser may do at all: cookie, anti-forgery, step-up.
#include "api/pipeline.hpp"
#include "api/pipeline_call.hpp"
#include "app/sign_in/sessions.hpp"
#include "net/cookies.hpp"

namespace sealbook::api {
namespace {

std::shared_ptr<const authn::Session> session_of(app::App& app, const net::HttpRequest& request) {
  const auto cookie = net::find_cookie(request.header("Cookie").value_or(""), authn::session_cookie_name);
  return cookie ? app::sign_in::find(app, *cookie) : nullptr;
}

// The methods that RFC 9110 section 9.2.1 calls safe, as far as they are offered.
bool is_safe(std::string_view method) { return method == "GET" || method == "HEAD"; }

}  // namespace

Result<void> Pipeline::authenticate_browser(PipelineCall& call) {
  auto session = session_of(app_, call.request);
  if (!session) return fail(ErrorCode::unauthenticated, "Sign in, or send a valid token in the Authorization header.");
  if (!is_safe(call.request.method)) {
    const Secret& root = app_.keyring.instance().store_page_key();
    const auto token = call.request.header(authn::csrf_header_name);
    if (!net::is_from_this_origin(call.request) || !token || !authn::is_csrf_token(root, *session, *token))
      return fail(ErrorCode::cross_site);
  }
  call.signed_in = true;
  call.context.principal = session->principal;
  if (session->tenant_no != 0) call.context.tenant = app_.tenants.find_by_no(session->tenant_no);
  call.context.session = std::move(session);
  return {};
}

// What endpoints that sign in are told of the browser; a session that it has is replaced by the new one.
void Pipeline::greet(PipelineCall& call) {
  call.context.device = authn::device_label(call.request.header("User-Agent").value_or(""));
  call.context.network = call.request.peer.prefix().bytes;
  if (!call.context.session) call.context.session = session_of(app_, call.request);
}

// Who can do nothing but enrol a passkey, and what only a browser's session reaches.
Result<void> Pipeline::ensure_enough(const PipelineCall& call) {
  const Access& access = call.endpoint->spec.access;
  if (access.is_public()) return {};
  const auto& session = call.context.session;
  if (access.own_session && !session) return fail(ErrorCode::unauthenticated, "Only who signed in with a browser has this.");
  const bool only_enrols = session && (session->method == authn::SessionMethod::enrolment ||
                                       session->method == authn::SessionMethod::recovery);
  if (only_enrols && !access.enrolling)
    return fail(ErrorCode::forbidden, "Enrol a passkey first, then sign in with it.");
  return {};
}

// A fresh proof of identity, for rows that ask for one (CONTROLS AUTH-06): judged here, so that it
// holds for every path and verb that leads to the row.
Result<void> Pipeline::ensure_fresh(const PipelineCall& call) const {
  const StepUp wanted = call.endpoint->spec.step_up;
  if (wanted == StepUp::none) return {};
  const auto& session = call.context.session;
  using enum authn::SessionMethod;
  // A token is held by a program and a demo's session by nobody in particular: neither can prove anything.
  if (!session || session->method == demo) {
    if (!app_.is_production) return {};
    return fail(ErrorCode::step_up_required, "Only who signed in with a passkey can do this.");
  }
  if (session->method == enrolment || session->method == recovery) return {};
  const bool strong = wanted == StepUp::recent || session->method == passkey;
  if (strong && call.context.now < session->factor + authn::factor_life) return {};
  return fail(ErrorCode::step_up_required, "Confirm with your passkey that it is you.");
}

}  // namespace sealbook::api
