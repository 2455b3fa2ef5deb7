#include "app/sign_in/sessions.hpp"

#include <algorithm>

#include "app/perform.hpp"
#include "base/random.hpp"
#include "storage/tables/accounts.hpp"
#include "storage/tables/sessions.hpp"

namespace sealbook::app::sign_in {
namespace {

// Transactions that were under way when the last look was taken.
constexpr Micros overlap = std::chrono::seconds(10);

void set_cookie(CallContext& ctx, std::string value) {
  ctx.answer_headers.emplace_back("Set-Cookie", std::move(value));
}

Session ended_at(Session session, Instant at) {
  session.ended = at;
  return session;
}

void end_in(App& app, storage::Transaction& tx, const Session& session, Instant at) {
  storage::sessions::end(tx, session, at);
  tx.after_commit([&app, gone = ended_at(session, at)] { app.sessions.put(gone); });
}

struct Holder {
  Principal who;
  std::int64_t tenant_no = 0;
};

std::optional<Holder> find_account(App& app, const AccountId& id) {
  std::vector<storage::TenantRef> places{storage::TenantRef{}};
  for (const auto& tenant : app.tenants.all()) places.push_back(tenant->ref());
  for (const auto& place : places) {
    std::vector<storage::AccountRow> rows;
    app.store.read(place, [&](storage::Snapshot& s) { rows = storage::accounts::all(s); });
    for (const auto& row : rows)
      if (row.id == id && row.active)
        return Holder{{row.id, place.id, row.role, row.practitioner, row.patient}, place.no};
  }
  return std::nullopt;
}

}  // namespace

Begun begin(CallContext& ctx, const Principal& who, std::int64_t tenant_no, SessionMethod method) {
  const authn::SessionToken token = authn::make_session_token();
  Begun begun;
  Session& s = begun.session;
  s.id = new_id<SessionId>();
  s.hash = token.hash;
  s.tenant_no = tenant_no;
  s.principal = who;
  s.method = method;
  s.device = ctx.device;
  s.created = s.factor = s.seen = ctx.now;
  s.expires = ctx.now + authn::limits_of(who.role, method).whole;
  begun.replaced = std::move(ctx.session);
  ctx.principal = who;
  ctx.tenant = tenant_no != 0 ? ctx.app.tenants.find_by_no(tenant_no) : nullptr;
  ctx.session = std::make_shared<const Session>(s);
  ctx.actor = audit::ActorKind::account;
  ctx.note(AuditAction::session_started, audit::ResourceKind::session, s.id.raw()).rows = 1;
  set_cookie(ctx, authn::session_cookie(token.text));
  return begun;
}

void record(App& app, storage::Transaction& tx, const Begun& begun) {
  if (begun.replaced) end_in(app, tx, *begun.replaced, begun.session.created);
  storage::sessions::insert(tx, begun.session);
  tx.after_commit([&app, session = begun.session] { app.sessions.put(session); });
}

Session renewed(CallContext& ctx, SessionMethod method) {
  const authn::SessionToken token = authn::make_session_token();
  Session session = *ctx.session;
  session.hash = token.hash;
  session.factor = session.seen = ctx.now;
  session.method = method;
  ctx.session = std::make_shared<const Session>(session);
  ctx.note(AuditAction::session_stepped_up, audit::ResourceKind::session, session.id.raw()).rows = 1;
  set_cookie(ctx, authn::session_cookie(token.text));
  return session;
}

Result<void> record_renewed(App& app, storage::Transaction& tx, const Session& session) {
  if (!storage::sessions::rotate(tx, session)) return fail(ErrorCode::unauthenticated);
  tx.after_commit([&app, session] { app.sessions.put(session); });
  return {};
}

Result<Work<int>> end_own(CallContext& ctx) {
  ctx.note(AuditAction::session_ended, audit::ResourceKind::session, ctx.session->id.raw()).rows = 1;
  set_cookie(ctx, authn::no_session_cookie());
  ctx.answer_headers.emplace_back("Clear-Site-Data", R"("cache", "cookies", "storage")");
  return Work<int>([&app = ctx.app, session = ctx.session, now = ctx.now](storage::Transaction& tx) -> Result<int> {
    end_in(app, tx, *session, now);
    return 1;
  });
}

Result<Work<int>> end_one(CallContext& ctx, const SessionId& id) {
  const auto own = ctx.app.sessions.of_account(ctx.principal.account, ctx.now);
  const auto found = std::ranges::find(own, id, &Session::id);
  if (found == own.end()) return fail(ErrorCode::not_found, "There is no such session of yours.");
  ctx.note(AuditAction::session_ended, audit::ResourceKind::session, id.raw()).rows = 1;
  return Work<int>([&app = ctx.app, session = *found, now = ctx.now](storage::Transaction& tx) -> Result<int> {
    end_in(app, tx, session, now);
    return 1;
  });
}

Result<Work<int>> end_all(CallContext& ctx, const AccountId& account) {
  const auto accounts = ctx.read([](storage::Snapshot& s) { return storage::accounts::all(s); });
  if (std::ranges::find(accounts, account, &storage::AccountRow::id) == accounts.end())
    return fail(ErrorCode::not_found, "There is no such account.");
  auto theirs = ctx.app.sessions.of_account(account, ctx.now);
  ctx.note(AuditAction::session_ended, audit::ResourceKind::account, account.raw()).rows =
      static_cast<std::uint32_t>(theirs.size());
  return Work<int>([&app = ctx.app, theirs = std::move(theirs), now = ctx.now](storage::Transaction& tx) -> Result<int> {
    for (const Session& session : theirs) end_in(app, tx, session, now);
    return static_cast<int>(theirs.size());
  });
}

Result<DemoSignIn> sign_in_demo(App& app, const AccountId& account, std::string device,
                                std::shared_ptr<const Session> replaced) {
  if (app.is_production) return fail(ErrorCode::forbidden, "Nobody signs in this way here.");
  const auto holder = find_account(app, account);
  if (!holder) return fail(ErrorCode::not_found, "There is no such account.");
  CallContext ctx{.app = app, .tenant = nullptr, .principal = {}, .decision = {}, .now = app.store.now(),
                  .request = {}, .if_match = {}, .endpoint_id = {}, .entries = {}, .explain = {}};
  ctx.device = std::move(device);
  ctx.session = std::move(replaced);
  const Begun begun = begin(ctx, holder->who, holder->tenant_no, SessionMethod::demo);
  Work<int> work = [&app, begun](storage::Transaction& tx) -> Result<int> {
    record(app, tx, begun);
    return 1;
  };
  const auto header = ctx.answer_headers.front().second;
  ENSURE(perform(ctx, Result<Work<int>>(std::move(work))));
  return DemoSignIn{header, holder->who.role};
}

std::shared_ptr<const Session> find(App& app, std::string_view cookie) {
  const auto hash = authn::session_hash(cookie);
  if (!hash) return nullptr;
  const Instant now = app.store.now();
  if (auto session = app.sessions.find(*hash, now)) return session;
  if (app.session_store == nullptr || app.store.database().engine() != sql::Engine::postgres) return nullptr;
  const auto made_elsewhere = app.session_store->find(*hash);
  if (!made_elsewhere) return nullptr;
  app.sessions.put(*made_elsewhere);
  return app.sessions.find(*hash, now);
}

Instant follow(App& app, Instant since) {
  const Instant now = app.store.now();
  for (const Session& session : app.session_store->changed_since(since - overlap)) app.sessions.put(session);
  return now;
}

}  // namespace sealbook::app::sign_in
