#include "app/booking/holds.hpp"

#include <algorithm>

#include "app/booking/placement.hpp"
#include "app/booking/visit.hpp"
#include "base/random.hpp"

namespace sealbook::app {

Result<Work<PlacedHold>> place_hold(CallContext& ctx, const std::string& text, std::optional<Micros> life) {
  TRY(offer, open_offer(*ctx.tenant->keys(), text, ctx.now));
  explain_with_alternatives(ctx, offer);
  ENSURE(check_offer(ctx, offer));
  const HoldId id = new_id<HoldId>();
  auto& entry = ctx.note(AuditAction::hold_placed, audit::ResourceKind::hold, id.raw());
  entry.second = {audit::ResourceKind::service, offer.service.raw()};
  entry.version_after = 1;
  const Micros lasts = std::min(life.value_or(hold_life), longest_hold);
  const std::size_t most =
      ctx.principal.role == Role::patient ? most_holds_of_patient : most_holds_of_staff;
  ctx.retry_after_s = static_cast<int>(hold_life / std::chrono::seconds(1));
  return Work<PlacedHold>([&app = ctx.app, tenant = ctx.tenant, account = ctx.principal.account, id, lasts, most,
                           offer = std::move(offer)](storage::Transaction& tx) -> Result<PlacedHold> {
    const auto organisation = tenant->organisation();
    const auto service = organisation->compiled(offer.service, tx.now());
    if (!service || service->service().version != offer.service_version)
      return fail(ErrorCode::offer_stale, "The service has changed since that offer was made.");
    TRY(placement, place(app, tx, {*service, offer, {}}));
    const Instant expires = tx.now() + lasts;
    TRY(claims, occupy(app, tx, placement, storage::ClaimKind::hold, id.raw(), expires));
    // Last, so that what was refused for another reason counts for nothing.
    if (!app.live_holds.add(account, id, expires, tx.now(), most))
      return fail(ErrorCode::rate_limited, "So many times are held for you already; book one or let one go.");
    storage::holds::insert(tx, {id, account, expires, claimed_interval(placement.verdict),
                                storage::encode_claim_refs(claims)});
    return PlacedHold{id, expires, placement.verdict.visit, placement.verdict.location,
                      practitioner_of(*organisation, placement.chosen)};
  });
}

Result<Work<HoldId>> release_hold(CallContext& ctx, const HoldId& id) {
  const auto known = ctx.read([&](storage::Snapshot& s) { return storage::holds::find(s, id); });
  if (!known || known->account != ctx.principal.account)
    return fail(ErrorCode::not_found, "There is no such hold of yours.");
  ctx.note(AuditAction::hold_released, audit::ResourceKind::hold, id.raw());
  return Work<HoldId>([&app = ctx.app, id, account = ctx.principal.account](storage::Transaction& tx) -> Result<HoldId> {
    app.live_holds.remove(account, id);
    const auto hold = storage::holds::find(tx, id);
    if (hold) {
      vacate(app, tx, hold->claims);
      storage::holds::remove(tx, id);
    }
    return id;
  });
}

}  // namespace sealbook::app
