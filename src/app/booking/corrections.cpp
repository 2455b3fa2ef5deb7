#include "app/booking/corrections.hpp"

#include <algorithm>

#include "app/booking/journal_reasons.hpp"
#include "app/booking/relocation.hpp"
#include "app/sealing.hpp"

namespace sealbook::app {
namespace {

using audit::AuditReason;
using scheduling::Event;

// Why hours, a closure or another visit were overridden, beside why the verb was used.
void note_override(CallContext& ctx, const Visit& visit, OverrideReason reason) {
  if (!reason) return;
  auto& entry = ctx.note(AuditAction::appointment_overridden, audit::ResourceKind::appointment, visit.row.id.raw());
  entry.subjects = {visit.row.patient};
  entry.reason = journal_reason(*reason);
}

// The note as it is to be; its key as well, when the visit had none before.
Result<void> replace_note(CallContext& ctx, Visit& visit, const SensitiveText& note) {
  if (note.reveal().empty()) {
    visit.note.reset();
    return {};
  }
  visit.note = note;
  if (visit.key) return {};
  TRY(key, key_of_patient(ctx.app, *ctx.tenant, visit.row.patient));
  visit.key = std::move(key);
  return {};
}

}  // namespace

Result<Work<AppointmentRow>> reassign(CallContext& ctx, const AppointmentId& id, const ResourceId& practitioner,
                                      scheduling::ReassignReason reason, OverrideReason override_reason) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, Event::reassign));
  if (ctx.principal.role == Role::provider && practitioner != ctx.principal.practitioner)
    return fail(ErrorCode::forbidden, "A provider changes their own calendar only.");
  const auto organisation = ctx.tenant->organisation();
  const Resource* found = organisation->find_resource(practitioner);
  if (found == nullptr || found->kind != ResourceKind::practitioner)
    return no_such("/practitioner_id", "practitioner");
  if (visit.row.practitioner == practitioner) return left_alone(ctx, visit);
  TRY(service, service_of(ctx, visit.row.service));
  auto named = resources_of(visit.row);
  std::erase_if(named, [&](const ResourceId& r) { return r == visit.row.practitioner; });
  named.push_back(practitioner);
  TRY(offer, present_offer(ctx, visit, std::move(named), override_reason));
  offer.service_version = service->service().version;
  explain_with_alternatives(ctx, offer);
  TRY(next, next_version(ctx, visit));
  next.status = status;
  next.reason = static_cast<std::int64_t>(reason) + 1;
  note_change(ctx, AuditAction::appointment_reassigned, visit, journal_reason(reason));
  ctx.entries.back().second = {audit::ResourceKind::practitioner, practitioner.raw()};
  note_override(ctx, visit, override_reason);
  return relocate(ctx, visit, {std::move(next), std::move(offer), std::move(service), Telling::person_is_told,
                               "/practitioner_id"});
}

Result<Work<AppointmentRow>> reinstate(CallContext& ctx, const AppointmentId& id, scheduling::ReinstateReason reason,
                                       OverrideReason override_reason) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, Event::reinstate));
  TRY(service, service_of(ctx, visit.row.service));
  TRY(offer, present_offer(ctx, visit, resources_of(visit.row), override_reason));
  offer.service_version = service->service().version;
  // A no-show has kept its time: it comes back to what it has.
  if (scheduling::occupies(visit.row.status)) offer.flags = all_overridable;
  TRY(next, next_version(ctx, visit));
  next.status = status;
  next.reason = static_cast<std::int64_t>(reason) + 1;
  note_change(ctx, AuditAction::appointment_reinstated, visit, journal_reason(reason));
  note_override(ctx, visit, override_reason);
  explain_with_alternatives(ctx, offer);
  return relocate(ctx, visit, {std::move(next), std::move(offer), std::move(service), Telling::person_is_told,
                               "/override_reason"});
}

Result<Work<AppointmentRow>> amend(CallContext& ctx, const AppointmentId& id, const AmendAppointment& change,
                                   OverrideReason override_reason) {
  TRY(visit, load_visit(ctx, id));
  TRY(status, scheduling::after(visit.row.status, Event::amend));
  if (!change.note && !change.duration_minutes)
    return fail(invalid_field("", "required", "Name at least one member to change."));
  if (change.note) ENSURE(replace_note(ctx, visit, *change.note));
  TRY(next, next_version(ctx, visit));
  next.status = status;
  if (!visit.note) next.sealed.reset();
  const auto minutes = (visit.row.when.ends - visit.row.when.starts) / std::chrono::minutes(1);
  const bool other_length = change.duration_minutes && *change.duration_minutes != minutes;
  note_change(ctx, other_length ? AuditAction::appointment_changed : AuditAction::appointment_noted, visit,
              other_length && override_reason ? journal_reason(*override_reason) : AuditReason::none);
  if (!other_length) {
    return Work<AppointmentRow>([next = std::move(next)](storage::Transaction& tx) -> Result<AppointmentRow> {
      ENSURE(write_version(tx, next));
      return next;
    });
  }
  TRY(usual, service_of(ctx, visit.row.service));
  scheduling::Service rules = usual->service();
  rules.duration = Minutes(*change.duration_minutes);
  ENSURE(scheduling::validate(rules));
  auto service = ctx.tenant->organisation()->compiled_with(rules, ctx.now);
  TRY(offer, present_offer(ctx, visit, resources_of(visit.row), override_reason));
  offer.service_version = rules.version;
  // What gets shorter breaks nothing that it did not break before.
  if (*change.duration_minutes < minutes) offer.flags = all_overridable;
  explain_with_alternatives(ctx, offer);
  return relocate(ctx, visit, {std::move(next), std::move(offer), std::move(service), Telling::nobody_is_told,
                               "/duration_minutes"});
}

Result<Work<AppointmentRow>> reassign(CallContext& ctx, const AppointmentId& id, const ResourceId& practitioner,
                                      scheduling::ReassignReason reason) {
  return reassign(ctx, id, practitioner, reason, std::nullopt);
}

Result<Work<AppointmentRow>> reinstate(CallContext& ctx, const AppointmentId& id, scheduling::ReinstateReason reason) {
  return reinstate(ctx, id, reason, std::nullopt);
}

Result<Work<AppointmentRow>> amend(CallContext& ctx, const AppointmentId& id, const AmendAppointment& change) {
  return amend(ctx, id, change, std::nullopt);
}

}  // namespace sealbook::app
