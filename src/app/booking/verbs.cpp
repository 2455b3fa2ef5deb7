#include "app/booking/journal_reasons.hpp"
#include "app/booking/relocation.hpp"

namespace sealbook::app {
namespace {

using audit::AuditReason;
using scheduling::Event;

// A change of state that leaves time and place alone.
template <class Edit>
Result<Work<AppointmentRow>> change_state(CallContext& ctx, const AppointmentId& id, Event event, AuditAction action,
                                          AuditReason reason, Edit edit,
                                          std::optional<messages::Purpose> told = std::nullopt) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, event));
  if (event == Event::cancel) ENSURE(may_still_change(ctx, visit.row));
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

}  // namespace

Result<Work<AppointmentRow>> reschedule(CallContext& ctx, const AppointmentId& id, const std::string& text) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, Event::reschedule));
  ENSURE(may_still_change(ctx, visit.row));
  TRY(offer, open_offer(*ctx.tenant->keys(), text, ctx.now));
  explain_with_alternatives(ctx, offer);
  if (offer.service != visit.row.service)
    return fail(invalid_field("/offer", "service", "That offer is for another service; cancel and book instead."));
  ENSURE(check_offer(ctx, offer));
  ENSURE(ensure_within_event(ctx, visit.row, offer));
  TRY(service, service_of(ctx, offer.service));
  if (service->service().version != offer.service_version)
    return fail(ErrorCode::offer_stale, "The service has changed since that offer was made.");
  TRY(next, next_version(ctx, visit));
  next.status = status;
  next.service_version = offer.service_version;
  next.patient_status = storage::PatientStatus::needs_action;  // nobody has said yes to the new time
  next.reason = offer.override_reason;
  note_change(ctx, AuditAction::appointment_rescheduled, visit,
              offer.override_reason != 0
                  ? journal_reason(static_cast<scheduling::OverrideReason>(offer.override_reason - 1))
              : ctx.principal.role == Role::patient ? AuditReason::patient_request
                                                    : AuditReason::clinic_request);
  return counted(ctx, id, relocate(ctx, visit, {std::move(next), std::move(offer), std::move(service)}));
}

Result<Work<AppointmentRow>> cancel(CallContext& ctx, const AppointmentId& id, scheduling::CancelReason reason) {
  if (ctx.principal.role == Role::patient && scheduling::initiator_of(reason) != scheduling::Initiator::patient)
    return fail(invalid_field("/reason", "initiator", "That reason is the clinic's to give."));
  TRY(work, change_state(ctx, id, Event::cancel, AuditAction::appointment_cancelled, journal_reason(reason),
                         [reason](AppointmentRow& next) {
                           next.reason = static_cast<std::int64_t>(reason) + 1;
                           next.initiator = static_cast<std::int64_t>(scheduling::initiator_of(reason));
                         },
                         messages::Purpose::cancellation));
  return counted(ctx, id, std::move(work));
}

Result<Work<AppointmentRow>> confirm(CallContext& ctx, const AppointmentId& id) {
  TRY(visit, load_visit(ctx, id));
  const bool open = scheduling::next_status(visit.row.status, Event::confirm).has_value();
  if (open && visit.row.patient_status == storage::PatientStatus::accepted) return left_alone(ctx, visit);
  return change_state(ctx, id, Event::confirm, AuditAction::appointment_confirmed, AuditReason::none,
                      [](AppointmentRow& next) { next.patient_status = storage::PatientStatus::accepted; });
}

Result<Work<AppointmentRow>> cannot_come(CallContext& ctx, const AppointmentId& id) {
  TRY(visit, load_visit(ctx, id));
  const bool open = scheduling::next_status(visit.row.status, Event::amend).has_value();
  if (open && visit.row.patient_status == storage::PatientStatus::declined) return left_alone(ctx, visit);
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
