#include <algorithm>

#include "app/booking/visit.hpp"
#include "app/sealing.hpp"

namespace sealbook::app {
namespace {

using audit::AuditReason;
using scheduling::Event;

AuditReason journal_reason(scheduling::CancelReason reason) {
  using R = scheduling::CancelReason;
  switch (reason) {
    case R::patient_request: return AuditReason::patient_request;
    case R::practitioner_unavailable: return AuditReason::practitioner_absent;
    case R::room_unavailable: return AuditReason::room_unavailable;
    case R::booked_in_error: case R::duplicate: return AuditReason::entered_in_error;
    case R::clinic_request: case R::site_closed: return AuditReason::clinic_request;
    case R::no_longer_needed: case R::rescheduled_elsewhere: case R::deceased: return AuditReason::other;
  }
  return AuditReason::other;
}

AuditReason journal_reason(scheduling::ReassignReason reason) {
  using R = scheduling::ReassignReason;
  switch (reason) {
    case R::practitioner_unavailable: return AuditReason::practitioner_absent;
    case R::patient_request: return AuditReason::patient_request;
    case R::booked_in_error: return AuditReason::entered_in_error;
    case R::workload: return AuditReason::clinic_request;
  }
  return AuditReason::other;
}

// A change of state that leaves time and place alone.
template <class Edit>
Result<Work<AppointmentRow>> change_state(CallContext& ctx, const AppointmentId& id, Event event, AuditAction action,
                                          AuditReason reason, Edit edit,
                                          std::optional<messages::Purpose> told = std::nullopt) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, event));
  if (event == Event::no_show) ENSURE(scheduling::may_mark_no_show(visit.row.when.starts, ctx.now));
  TRY(next, next_version(ctx, visit));
  next.status = status;
  edit(next);
  note_change(ctx, action, visit, reason);
  const bool frees = scheduling::occupies(visit.row.status) && !scheduling::occupies(status);
  return Work<AppointmentRow>([&app = ctx.app, next = std::move(next), frees, told, wait = wait_before_telling(ctx)](storage::Transaction& tx) -> Result<AppointmentRow> {
    AppointmentRow row = next;
    if (told) announce(tx, row, *told, wait);
    ENSURE(write_version(tx, row));
    if (frees) vacate(app, tx, row.claims);
    return row;
  });
}

enum class Telling : std::uint8_t { person_is_told, nobody_is_told };

// A change that needs time and place anew: frees the old claims and takes the new ones as one step.
Work<AppointmentRow> change_place(CallContext& ctx, const Visit& visit, AppointmentRow next, Offer offer,
                                  std::shared_ptr<const scheduling::CompiledService> service,
                                  Telling telling = Telling::person_is_told) {
  struct Move {
    AppointmentRow next;
    Offer offer;
    std::shared_ptr<const scheduling::CompiledService> service;
    bool had_claims;
    Bytes old_claims;
    Telling telling;
    Micros wait;
  };
  Move move{std::move(next), std::move(offer), std::move(service), scheduling::occupies(visit.row.status),
            visit.row.claims, telling, wait_before_telling(ctx)};
  return [&app = ctx.app, tenant = ctx.tenant, move = std::move(move)](storage::Transaction& tx) -> Result<AppointmentRow> {
    const auto organisation = tenant->organisation();
    std::vector<ClaimId> own;
    if (move.had_claims)
      for (const auto& ref : storage::decode_claim_refs(move.old_claims)) own.push_back(ref.claim);
    TRY(placement, place(app, tx, {*move.service, move.offer, std::move(own)}));
    if (move.had_claims) vacate(app, tx, move.old_claims);
    TRY(claims, occupy(app, tx, placement, storage::ClaimKind::appointment, move.next.id.raw(), std::nullopt));
    AppointmentRow row = move.next;
    take_placement(row, placement, claims, *organisation);
    if (move.telling == Telling::person_is_told) announce(tx, row, messages::Purpose::change, move.wait);
    ENSURE(write_version(tx, row));
    return row;
  };
}

// An offer for the visit's present time with these resources: what staff stand for when they keep
// the time and change who or how long. Hours and notice were judged when it was booked.
Offer present_offer(const AppointmentRow& row, std::vector<ResourceId> named, Instant now) {
  Offer offer;
  offer.service = row.service;
  offer.service_version = static_cast<std::uint32_t>(row.service_version);
  offer.location = row.location;
  offer.starts = row.when.starts;
  offer.expires = now + offer_life;
  offer.audience = scheduling::Audience::staff;
  scheduling::Flags tolerated;
  tolerated.set(scheduling::Flag::outside_hours);
  tolerated.set(scheduling::Flag::closure);
  offer.flags = tolerated;
  offer.named = std::move(named);
  return offer;
}

std::vector<ResourceId> resources_of(const AppointmentRow& row) {
  std::vector<ResourceId> out;
  for (const auto& ref : storage::decode_claim_refs(row.claims)) out.push_back(ref.resource);
  return out;
}

Result<std::shared_ptr<const scheduling::CompiledService>> service_of(const CallContext& ctx, const ServiceId& id) {
  auto service = ctx.tenant->organisation()->compiled(id, ctx.now);
  if (!service) return fail(ErrorCode::state_conflict, "The service of this visit is not given any more.");
  return service;
}

}  // namespace

Result<Work<AppointmentRow>> reschedule(CallContext& ctx, const AppointmentId& id, const std::string& text) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, Event::reschedule));
  TRY(offer, open_offer(*ctx.tenant->keys(), text, ctx.now));
  explain_with_alternatives(ctx, offer);
  if (offer.service != visit.row.service)
    return fail(invalid_field("/offer", "service", "That offer is for another service; cancel and book instead."));
  if (!offer.account.is_nil() && offer.account != ctx.principal.account)
    return fail(invalid_field("/offer", "audience", "That offer was made to somebody else."));
  TRY(service, service_of(ctx, offer.service));
  if (service->service().version != offer.service_version)
    return fail(ErrorCode::offer_stale, "The service has changed since that offer was made.");
  TRY(next, next_version(ctx, visit));
  next.status = status;
  next.service_version = offer.service_version;
  next.patient_status = storage::PatientStatus::needs_action;  // nobody has said yes to the new time
  next.reason = offer.override_reason;
  note_change(ctx, AuditAction::appointment_rescheduled, visit,
              ctx.principal.role == Role::patient ? AuditReason::patient_request : AuditReason::clinic_request);
  return change_place(ctx, visit, std::move(next), std::move(offer), std::move(service));
}

Result<Work<AppointmentRow>> cancel(CallContext& ctx, const AppointmentId& id, scheduling::CancelReason reason) {
  if (ctx.principal.role == Role::patient && scheduling::initiator_of(reason) != scheduling::Initiator::patient)
    return fail(invalid_field("/reason", "initiator", "That reason is the clinic's to give."));
  return change_state(ctx, id, Event::cancel, AuditAction::appointment_cancelled, journal_reason(reason),
                      [reason](AppointmentRow& next) {
                        next.reason = static_cast<std::int64_t>(reason) + 1;
                        next.initiator = static_cast<std::int64_t>(scheduling::initiator_of(reason));
                      },
                      messages::Purpose::cancellation);
}

Result<Work<AppointmentRow>> confirm(CallContext& ctx, const AppointmentId& id) {
  return change_state(ctx, id, Event::confirm, AuditAction::appointment_confirmed, AuditReason::none,
                      [](AppointmentRow& next) { next.patient_status = storage::PatientStatus::accepted; });
}

Result<Work<AppointmentRow>> cannot_come(CallContext& ctx, const AppointmentId& id) {
  return change_state(ctx, id, Event::amend, AuditAction::participation_declined, AuditReason::patient_request,
                      [](AppointmentRow& next) { next.patient_status = storage::PatientStatus::declined; });
}

Result<Work<AppointmentRow>> check_in(CallContext& ctx, const AppointmentId& id) {
  return change_state(ctx, id, Event::check_in, AuditAction::appointment_checked_in, AuditReason::none,
                      [](AppointmentRow&) {});
}

Result<Work<AppointmentRow>> no_show(CallContext& ctx, const AppointmentId& id) {
  return change_state(ctx, id, Event::no_show, AuditAction::appointment_noshow, AuditReason::none,
                      [](AppointmentRow&) {});
}

Result<Work<AppointmentRow>> reassign(CallContext& ctx, const AppointmentId& id, const ResourceId& practitioner,
                                      scheduling::ReassignReason reason) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, Event::reassign));
  const auto organisation = ctx.tenant->organisation();
  const Resource* found = organisation->find_resource(practitioner);
  if (found == nullptr || found->kind != ResourceKind::practitioner)
    return fail(invalid_field("/practitioner_id", "unknown", "There is no such practitioner."));
  TRY(service, service_of(ctx, visit.row.service));
  auto named = resources_of(visit.row);
  std::erase_if(named, [&](const ResourceId& r) { return r == visit.row.practitioner; });
  named.push_back(practitioner);
  Offer offer = present_offer(visit.row, std::move(named), ctx.now);
  offer.service_version = service->service().version;
  explain_with_alternatives(ctx, offer);
  TRY(next, next_version(ctx, visit));
  next.status = status;
  next.reason = static_cast<std::int64_t>(reason) + 1;
  note_change(ctx, AuditAction::appointment_reassigned, visit, journal_reason(reason));
  ctx.entries.back().second = {audit::ResourceKind::practitioner, practitioner.raw()};
  return change_place(ctx, visit, std::move(next), std::move(offer), std::move(service));
}

Result<Work<AppointmentRow>> reinstate(CallContext& ctx, const AppointmentId& id, scheduling::ReinstateReason reason) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, Event::reinstate));
  TRY(service, service_of(ctx, visit.row.service));
  TRY(next, next_version(ctx, visit));
  next.status = status;
  next.reason = static_cast<std::int64_t>(reason) + 1;
  note_change(ctx, AuditAction::appointment_reinstated, visit, AuditReason::entered_in_error);
  Offer offer = present_offer(visit.row, resources_of(visit.row), ctx.now);
  offer.service_version = service->service().version;
  explain_with_alternatives(ctx, offer);
  return change_place(ctx, visit, std::move(next), std::move(offer), std::move(service));
}

Result<Work<AppointmentRow>> amend(CallContext& ctx, const AppointmentId& id, const AmendAppointment& change) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, Event::amend));
  if (change.note) {
    if (change.note->reveal().empty()) visit.note.reset();
    else visit.note = change.note;
    if (visit.note && !visit.key) {
      TRY(key, key_of_patient(ctx.app, *ctx.tenant, visit.row.patient));
      visit.key = std::move(key);
    }
  }
  TRY(next, next_version(ctx, visit));
  next.status = status;
  if (!visit.note) next.sealed.reset();
  const auto minutes = (visit.row.when.ends - visit.row.when.starts) / std::chrono::minutes(1);
  const bool longer = change.duration_minutes && *change.duration_minutes != minutes;
  note_change(ctx, longer ? AuditAction::appointment_changed : AuditAction::appointment_noted, visit, AuditReason::none);
  if (!longer) {
    return Work<AppointmentRow>([next = std::move(next)](storage::Transaction& tx) -> Result<AppointmentRow> {
      ENSURE(write_version(tx, next));
      return next;
    });
  }
  const auto organisation = ctx.tenant->organisation();
  TRY(usual, service_of(ctx, visit.row.service));
  scheduling::Service rules = usual->service();
  rules.duration = Minutes(*change.duration_minutes);
  ENSURE(scheduling::validate(rules));
  auto service = organisation->compiled_with(rules, ctx.now);
  Offer offer = present_offer(visit.row, resources_of(visit.row), ctx.now);
  offer.service_version = rules.version;
  explain_with_alternatives(ctx, offer);
  return change_place(ctx, visit, std::move(next), std::move(offer), std::move(service), Telling::nobody_is_told);
}

Result<SeenAppointment> view(CallContext& ctx, const AppointmentId& id) {
  TRY(visit, load_visit(ctx, id));
  auto& entry = ctx.note(AuditAction::appointment_viewed, audit::ResourceKind::appointment, id.raw());
  entry.subjects = {visit.row.patient};
  entry.rows = 1;
  SeenAppointment seen{std::move(visit.row), std::nullopt};
  if (ctx.decision->may_see_notes()) seen.note = std::move(visit.note);
  return seen;
}

Result<std::vector<AppointmentRow>> list(CallContext& ctx, const ListAppointments& wanted) {
  if (wanted.to <= wanted.from)
    return fail(invalid_field("/to", "range", "The window has to end after it starts."));
  storage::appointments::Page page{wanted.from, wanted.to, wanted.practitioner, wanted.location, std::nullopt,
                                   wanted.after, wanted.limit};
  if (ctx.decision->only_own()) {
    if (ctx.principal.role == Role::patient) page.patient = ctx.principal.patient.value_or(PatientId());
    else if (wanted.practitioner && wanted.practitioner != ctx.principal.practitioner)
      return std::vector<AppointmentRow>{};
    else page.practitioner = ctx.principal.practitioner.value_or(ResourceId());
  }
  auto rows = ctx.read([&](storage::Snapshot& s) { return storage::appointments::list(s, page); });
  auto& entry = ctx.note(AuditAction::appointment_listed, audit::ResourceKind::none, {});
  for (const auto& row : rows) entry.subjects.push_back(row.patient);
  entry.rows = static_cast<std::uint32_t>(rows.size());
  return rows;
}

Result<std::string> revision(CallContext& ctx, Instant from, Instant to) {
  std::optional<ResourceId> own;
  if (ctx.decision->only_own()) own = ctx.principal.practitioner.value_or(ResourceId());
  const auto now = ctx.read([&](storage::Snapshot& s) { return storage::appointments::revision(s, from, to, own); });
  return std::to_string(now.visits) + "-" + std::to_string(now.versions);
}

}  // namespace sealbook::app
