#include <algorithm>

#include "app/booking/journal_reasons.hpp"
#include "app/booking/visit.hpp"
#include "app/sealing.hpp"
#include "base/random.hpp"

namespace sealbook::app {
namespace {

// All that was decided, resolved and sealed before the writer's queue.
struct PreparedBooking {
  Offer offer;
  AppointmentRow row;
  std::optional<HoldId> hold;
  AccountId account;
  Micros wait{};  // before the person is told
  bool is_own = false;  // by the patient's account
};

// A person's own account books so many visits that lie ahead, and no two at one time. Visits that were
// cancelled count for nothing, however many of them there are.
Result<void> check_own_visits(storage::Transaction& tx, const PatientId& patient, const Interval& visit) {
  storage::appointments::Page page;
  page.from = tx.now() - std::chrono::days(1);
  page.to = tx.now() + std::chrono::days(3 * 366);
  page.patient = patient;
  page.limit = 1000;
  std::size_t standing = 0;
  bool is_more = true;
  while (is_more) {
    const auto rows = storage::appointments::list(tx, page);
    for (const AppointmentRow& row : rows) {
      if (!scheduling::occupies(row.status) || row.when.ends <= tx.now()) continue;
      if (row.initiator == static_cast<std::int64_t>(scheduling::Initiator::patient)) ++standing;
      if (row.when.starts < visit.ends && visit.starts < row.when.ends)
        return fail(ErrorCode::slot_taken, "You have a visit at that time already.");
    }
    is_more = std::cmp_equal(rows.size(), page.limit);
    if (is_more) page.after = {rows.back().when.starts, rows.back().id};
  }
  if (standing >= most_own_visits)
    return fail(ErrorCode::rate_limited, "So many visits of yours lie ahead already; cancel one, or call.");
  return {};
}

// Claims of a hold that is redeemed: they make room for the visit, if the hold is the caller's and
// still stands.
Result<std::vector<ClaimId>> redeem(App& app, storage::Transaction& tx, const PreparedBooking& booking) {
  std::vector<ClaimId> own;
  if (!booking.hold) return own;
  const auto hold = storage::holds::find(tx, *booking.hold);
  if (!hold || hold->account != booking.account)
    return no_such("/hold_id", "hold of yours");
  // An expired hold gives no right to the time any more, and does not stand in the way either.
  for (const auto& ref : storage::decode_claim_refs(hold->claims)) own.push_back(ref.claim);
  vacate(app, tx, hold->claims);
  storage::holds::remove(tx, hold->id);
  tx.after_commit([&app, account = booking.account, id = hold->id] { app.live_holds.remove(account, id); });
  return own;
}

Result<AppointmentRow> record(App& app, const Tenant& tenant, storage::Transaction& tx, const PreparedBooking& booking) {
  const auto organisation = tenant.organisation();
  const auto service = organisation->compiled(booking.offer.service, tx.now());
  if (!service || service->service().version != booking.offer.service_version)
    return fail(ErrorCode::offer_stale, "The service has changed since that offer was made.");
  TRY(own, redeem(app, tx, booking));
  TRY(placement, place(app, tx, {*service, booking.offer, std::move(own)}));
  if (booking.is_own) ENSURE(check_own_visits(tx, booking.row.patient, placement.verdict.visit));
  TRY(claims, occupy(app, tx, placement, storage::ClaimKind::appointment, booking.row.id.raw(), std::nullopt));
  AppointmentRow row = booking.row;
  row.created = tx.now();
  take_placement(row, placement, claims, *organisation);
  announce(tx, row, messages::Purpose::confirmation, booking.wait);
  storage::appointments::insert(tx, row);
  return row;
}

Result<void> check_reach(const CallContext& ctx, const Offer& offer, const BookAppointment& command) {
  ENSURE(check_offer(ctx, offer));
  if (ctx.principal.role == Role::patient && command.patient != ctx.principal.patient)
    return no_such("/patient_id", "patient");
  return {};
}

}  // namespace

Result<Work<AppointmentRow>> book(CallContext& ctx, const BookAppointment& command) {
  const auto keys = ctx.tenant->keys();
  auto opened = open_offer(*keys, command.offer, ctx.now);
  if (!opened) return fail(std::move(opened).error());
  PreparedBooking booking{std::move(*opened), {}, command.hold, ctx.principal.account,
                          wait_before_telling(ctx)};
  explain_with_alternatives(ctx, booking.offer);
  ENSURE(check_reach(ctx, booking.offer, command));
  booking.is_own = ctx.principal.role == Role::patient && ctx.actor == audit::ActorKind::account;
  auto known = key_of_patient(ctx.app, *ctx.tenant, command.patient);
  if (!known && known.error().code == ErrorCode::not_found) return no_such("/patient_id", "patient");
  TRY(key, std::move(known));

  AppointmentRow& row = booking.row;
  row.id = new_id<AppointmentId>();
  row.patient = command.patient;
  row.service = booking.offer.service;
  row.service_version = booking.offer.service_version;
  row.reason = booking.offer.override_reason;
  row.initiator = static_cast<std::int64_t>(ctx.principal.role == Role::patient ? scheduling::Initiator::patient
                                                                                : scheduling::Initiator::clinic);
  if (command.note) row.sealed = seal_note(ctx.app, ctx.tenant->id(), *key, row.id, row.patient, 1, *command.note);

  auto& entry = ctx.note(AuditAction::appointment_booked, audit::ResourceKind::appointment, row.id.raw());
  entry.second = {audit::ResourceKind::service, row.service.raw()};
  entry.subjects = {row.patient};
  entry.version_after = 1;
  if (booking.offer.override_reason != 0)
    entry.reason = journal_reason(static_cast<scheduling::OverrideReason>(booking.offer.override_reason - 1));
  return counted(ctx, {}, [&app = ctx.app, tenant = ctx.tenant,
                           booking = std::move(booking)](storage::Transaction& tx) {
    return record(app, *tenant, tx, booking);
  });
}

}  // namespace sealbook::app
