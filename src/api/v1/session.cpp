#include "api/v1/session.hpp"

#include "api/v1/answering.hpp"
#include "app/accounts/tenants.hpp"
#include "app/sign_in/passkeys.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
namespace sign_in = app::sign_in;

NoContent nothing(const int&) { return {}; }

SessionTenant tenant_view(const app::Tenant& tenant) {
  const auto profile = tenant.profile();
  SessionTenant view{tenant.id(), profile->slug, profile->name, app::regimes_of(profile->regime), {}};
  const auto organisation = tenant.organisation();
  if (!organisation->locations.empty())
    view.time_zone = std::string(organisation->locations.begin()->second.zone.id());
  return view;
}

Result<SessionResponse> get_session(CallContext& ctx, const NoRequest&) { return session_view(ctx); }

Result<Work<NoContent>> end_session(CallContext& ctx, const NoRequest&) {
  return answering(sign_in::end_own(ctx), nothing);
}

Result<ListSessionsResponse> list_sessions(CallContext& ctx, const NoRequest&) {
  ListSessionsResponse response;
  for (const auto& s : ctx.app.sessions.of_account(ctx.principal.account, ctx.now))
    response.sessions.push_back({s.id, s.id == ctx.session->id, s.method, s.device, s.created, s.seen, s.expires});
  return response;
}

Result<Work<NoContent>> end_one(CallContext& ctx, const SessionIdRequest& r) {
  return answering(sign_in::end_one(ctx, r.id), nothing);
}

Result<Work<NoContent>> end_all(CallContext& ctx, const AccountSessionsRequest& r) {
  return answering(sign_in::end_all(ctx, r.id), nothing);
}

constexpr Endpoint rows[] = {bind_read<GetSession, get_session>(), bind_write<EndSession, end_session>(),
                             bind_read<ListSessions, list_sessions>(), bind_write<EndOneSession, end_one>(),
                             bind_write<EndSessionsOfAccount, end_all>()};

}  // namespace

SessionResponse session_view(CallContext& ctx) {
  const authn::Session& session = *ctx.session;
  const Principal& who = session.principal;
  SessionResponse view;
  view.id = session.id;
  view.account = {who.account, who.role};
  if (ctx.tenant) view.tenant = tenant_view(*ctx.tenant);
  view.method = session.method;
  view.csrf = authn::csrf_token(ctx.app.keyring.instance().store_page_key(), session);
  const bool only_enrols = session.method == authn::SessionMethod::enrolment || session.method == authn::SessionMethod::recovery;
  for (const PermissionRow& row : permission_rows)
    if (!only_enrols && row.grants[static_cast<std::size_t>(who.role)] != Grant::no) view.permissions.emplace_back(row.id);
  view.practitioner_id = who.practitioner;
  view.patient_id = who.patient;
  view.signed_in_at = session.created;
  if (session.factor > session.created) view.stepped_up_at = session.factor;
  if (const auto idle = authn::limits_of(who.role, session.method).idle) view.idle_expires_at = session.seen + *idle;
  view.expires_at = session.expires;
  view.now = ctx.now;
  view.passkeys = sign_in::count_passkeys(ctx);
  return view;
}

Result<Work<SessionResponse>> answering_session(CallContext& ctx, Result<Work<int>> work) {
  if (!work) return std::unexpected(std::move(work).error());
  return Work<SessionResponse>([work = std::move(*work), view = session_view(ctx)](storage::Transaction& tx) mutable -> Result<SessionResponse> {
    TRY(done, work(tx));
    static_cast<void>(done);
    return view;
  });
}

std::span<const Endpoint> session_endpoints() { return rows; }

}  // namespace sealbook::api
