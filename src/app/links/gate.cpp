#include "app/links/gate.hpp"

#include <thread>

#include "app/accounts/tokens.hpp"
#include "app/links/link_token.hpp"

namespace sealbook::app::links {
namespace {

constexpr const char* refusal = "This link cannot be used. Ask the organisation that sent it for another.";

}  // namespace

std::unexpected<Error> refused() { return fail(ErrorCode::not_found, refusal); }

bool Floor::is_refusal(const Error& error) { return error.code == ErrorCode::not_found; }
void Floor::wait() const { std::this_thread::sleep_until(until_); }

bool stands(const storage::LinkStanding& standing, Instant now) {
  const storage::LinkRow& link = standing.link;
  if (link.revoked || link.issued < standing.epoch) return false;
  if (link.expires && *link.expires <= now) return false;
  switch (link.kind) {
    case LinkKind::event: return standing.closes && now < *standing.closes && link.issued >= standing.event_links_from;
    case LinkKind::appointment: return standing.visit_ends && now < *standing.visit_ends;
    case LinkKind::visitor: return true;
  }
  return false;
}

std::optional<Passed> pass(App& app, std::string_view token) {
  const Hash256 hash = hash_of(token);
  std::optional<storage::LinkStanding> standing;
  app.store.read(storage::TenantRef{}, [&](storage::Snapshot& s) { standing = storage::links::find_by_hash(s, hash); });
  if (!standing || !stands(*standing, app.store.now())) return std::nullopt;
  auto tenant = app.tenants.find_by_no(standing->link.tenant_no);
  if (!tenant) return std::nullopt;
  return Passed{std::move(tenant), std::move(standing->link), standing->epoch};
}

std::optional<storage::LinkSessionRow> find_session(App& app, const Passed& passed, std::string_view cookie) {
  if (cookie.empty()) return std::nullopt;
  std::optional<storage::LinkSessionRow> row;
  app.store.read(passed.tenant->ref(),
                 [&](storage::Snapshot& s) { row = storage::link_sessions::find(s, hash_of(cookie)); });
  const Instant now = app.store.now();
  if (!row || row->expires <= now || row->created < passed.epoch) return std::nullopt;
  if (row->link != passed.link.id || row->patient != passed.link.patient) return std::nullopt;
  return row;
}

bool knows_device(App& app, const Passed& passed, std::string_view cookie) {
  if (cookie.empty()) return false;
  std::optional<storage::DeviceRow> row;
  app.store.read(passed.tenant->ref(),
                 [&](storage::Snapshot& s) { row = storage::link_devices::find(s, hash_of(cookie)); });
  return row && row->patient == passed.link.patient && app.store.now() < row->expires && row->created >= passed.epoch;
}

bool may_mail_visitor(App& app, const Client& client, ByteView address, Instant now) {
  const Bytes key = key_of_mail(client.network, address);
  // The asker first: one network does not use up what others may ask for.
  return app.link_guard.allow(Counted::public_mails, key, now) &&
         app.link_guard.allow(Counted::public_mails_all, address, now);
}

Principal person_of(const Passed& passed) {
  return {AccountId(), passed.tenant->id(), Role::patient, std::nullopt, passed.link.patient};
}

CallContext call_of(App& app, const std::shared_ptr<Tenant>& tenant, const Principal& person, Permission permission,
                    audit::ActorKind actor) {
  auto ctx = context_for(app, tenant, person, permission);
  ASSERT(ctx);  // the role of patients has every permission that is asked for here
  ctx->actor = actor;
  if (actor == audit::ActorKind::anonymous) ctx->decision.reset();
  return std::move(*ctx);
}

}  // namespace sealbook::app::links
