#include "app/booking/visit.hpp"

#include <algorithm>

#include "app/messages/outbox.hpp"
#include "app/sealing.hpp"
#include "base/json.hpp"
#include "storage/tables/events.hpp"
#include "storage/tables/links.hpp"
#include "storage/tables/visit_rules.hpp"

namespace sealbook::app {

Result<Visit> load_visit(CallContext& ctx, const AppointmentId& id) {
  const auto row = ctx.read([&](storage::Snapshot& s) { return storage::appointments::find(s, id); });
  if (!row || !reaches_appointment(*ctx.decision, ctx.principal, row->practitioner, row->patient))
    return fail(ErrorCode::not_found, "There is no such appointment.");
  ENSURE(check_if_match(ctx, row->version));
  Visit visit{*row, nullptr, std::nullopt};
  if (!row->sealed) return visit;
  TRY(key, key_of_patient(ctx.app, *ctx.tenant, row->patient));
  TRY(note, open_note(ctx.app, ctx.tenant->id(), *key, row->id, row->patient, row->version, *row->sealed));
  visit.key = std::move(key);
  visit.note = std::move(note);
  return visit;
}

Result<AppointmentRow> next_version(CallContext& ctx, const Visit& visit) {
  AppointmentRow next = visit.row;
  next.version += 1;
  next.initiator = static_cast<std::int64_t>(ctx.principal.role == Role::patient ? scheduling::Initiator::patient
                                                                                  : scheduling::Initiator::clinic);
  if (visit.note)
    next.sealed = seal_note(ctx.app, ctx.tenant->id(), *visit.key, next.id, next.patient, next.version, *visit.note);
  return next;
}

Result<void> write_version(storage::Transaction& tx, const AppointmentRow& next) {
  if (!storage::appointments::replace(tx, next)) return fail(ErrorCode::stale_version);
  return {};
}

Work<AppointmentRow> left_alone(CallContext& ctx, const Visit& visit) {
  auto& entry = ctx.note(AuditAction::appointment_viewed, audit::ResourceKind::appointment, visit.row.id.raw());
  entry.subjects = {visit.row.patient};
  entry.rows = 1;
  return [row = visit.row](storage::Transaction&) -> Result<AppointmentRow> { return row; };
}

Result<void> check_offer(const CallContext& ctx, const Offer& offer) {
  const bool is_patient = ctx.principal.role == Role::patient;
  if ((offer.audience == scheduling::Audience::staff && is_patient) ||
      (!offer.account.is_nil() && offer.account != ctx.principal.account))
    return fail(invalid_field("/offer", "audience", "That offer was made to somebody else."));
  if (is_patient) {
    const ServiceEntry* service = ctx.tenant->organisation()->find_service(offer.service);
    const bool invited = std::ranges::find(ctx.invited_to, offer.service) != ctx.invited_to.end();
    if (!invited && (service == nullptr || !service->for_patients))
      return fail(invalid_field("/offer", "audience", "That service is booked on invitation only."));
  }
  if (ctx.principal.role == Role::provider) {
    const bool own = ctx.principal.practitioner &&
                     std::ranges::find(offer.named, *ctx.principal.practitioner) != offer.named.end();
    if (!own) return fail(ErrorCode::forbidden, "A provider books in their own calendar.");
  }
  if (!offer.flags.needing_override().none()) ENSURE(decide(ctx.principal, Permission::appointment_override));
  return {};
}

std::unexpected<Error> no_such(std::string_view member, std::string_view what) {
  Error error = make_error(ErrorCode::not_found, "There is no such " + std::string(what) + ".");
  error.fields.push_back({std::string(member), "unknown", error.detail});
  return fail(std::move(error));
}

Result<void> may_still_change(CallContext& ctx, const AppointmentRow& visit) {
  if (ctx.principal.role != Role::patient) return {};
  Micros before{};
  if (ctx.actor != audit::ActorKind::link) {
    const auto hours = ctx.read(
        [&](storage::Snapshot& s) { return storage::visit_rules::change_hours(s, visit.patient, visit.id); });
    const ServiceEntry* service = ctx.tenant->organisation()->find_service(visit.service);
    if (hours) before = std::chrono::hours(*hours);
    else if (service != nullptr) before = service->rules.min_notice;
  }
  if (ctx.now < visit.when.starts && ctx.now <= visit.when.starts - before) return {};
  return fail(ErrorCode::state_conflict, "It is too late to change this visit here; please call the organisation.");
}

Result<void> ensure_within_event(CallContext& ctx, const AppointmentRow& visit, const Offer& offer) {
  if (ctx.principal.role != Role::patient || ctx.actor == audit::ActorKind::link) return {};
  const auto row = ctx.read([&](storage::Snapshot& s) -> std::optional<storage::EventRow> {
    const auto event = storage::event_visits::event_of(s, visit.patient, visit.id);
    return event ? storage::event_table::find(s, *event) : std::nullopt;
  });
  if (!row) return {};
  const events::Event& event = row->value;
  const bool here = event.locations.empty() ||
                    std::ranges::find(event.locations, offer.location) != event.locations.end();
  const bool then = event.dates.starts <= offer.starts && offer.starts < event.dates.ends;
  if (here && then && events::is_open(event, ctx.now)) return {};
  return fail(invalid_field("/offer", "event", "That time is not part of what this visit was booked for."));
}

Work<AppointmentRow> counted(CallContext& ctx, const AppointmentId& visit, Work<AppointmentRow> work) {
  if (ctx.principal.role != Role::patient || ctx.actor == audit::ActorKind::link) return work;
  constexpr std::int64_t day_s = 86'400;
  ctx.retry_after_s = static_cast<int>(day_s - ctx.now.seconds() % day_s);
  return [work = std::move(work), visit,
          patient = ctx.principal.patient.value_or(PatientId())](storage::Transaction& tx) mutable -> Result<AppointmentRow> {
    constexpr auto most = changes_of_person_a_day + static_cast<std::int64_t>(most_own_visits);
    const std::int64_t day = tx.now().seconds() / day_s;
    if (!storage::link_changes::count(tx, patient, day, most) ||
        (!visit.is_nil() && !storage::link_changes::count(tx, visit, day, changes_of_visit_a_day)))
      return fail(ErrorCode::rate_limited, "Visits were changed often today; try again tomorrow, or call.");
    return work(tx);
  };
}

void note_change(CallContext& ctx, AuditAction action, const Visit& visit, audit::AuditReason reason) {
  auto& entry = ctx.note(action, audit::ResourceKind::appointment, visit.row.id.raw());
  entry.subjects = {visit.row.patient};
  entry.reason = reason;
  entry.version_before = static_cast<std::uint64_t>(visit.row.version);
  entry.version_after = static_cast<std::uint64_t>(visit.row.version + 1);
}

std::string alternatives_json(const std::vector<FoundOpening>& openings) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const FoundOpening& o : openings) {
    json.begin_object().member("offer", o.offer);
    json.member("starts_at", o.when.starts.text()).member("ends_at", o.when.ends.text());
    json.member("time_zone", o.zone).member("location_id", o.location.text());
    if (o.practitioner) json.member("practitioner_id", o.practitioner->text());
    json.end_object();
  }
  json.end_array();
  return text;
}

void explain_with_alternatives(CallContext& ctx, const Offer& offer) {
  // The context outlives the call's error: the pipeline keeps both together.
  ctx.explain = [&ctx, offer](Error& error) {
    if (error.code != ErrorCode::slot_taken && error.code != ErrorCode::offer_stale) return;
    error.members.emplace_back("alternatives", alternatives_json(alternatives_to(ctx, offer, 5)));
  };
}

Micros wait_before_telling(const CallContext& ctx) {
  return ctx.principal.role == Role::patient ? Micros(0) : outbox::undo_time;
}

void announce(storage::Transaction& tx, AppointmentRow& row, messages::Purpose purpose, Micros wait) {
  row.announced = row.version;
  row.announced_at = tx.now();
  outbox::Intent intent;
  intent.purpose = purpose;
  intent.patient = row.patient;
  intent.appointment = row.id;
  intent.version = row.version;
  intent.due = tx.now() + wait;
  outbox::queue(tx, intent);
}

void take_placement(AppointmentRow& row, const Placement& placement, const std::vector<storage::ClaimRow>& claims,
                    const Organisation& organisation) {
  const auto& verdict = placement.verdict;
  row.when = verdict.visit;
  row.claimed = claimed_interval(verdict);
  row.location = verdict.location;
  row.practitioner = practitioner_of(organisation, placement.chosen);
  row.flags = verdict.flags.bits();
  row.claims = storage::encode_claim_refs(claims);
  const TimeZone zone = organisation.find_location(verdict.location)->zone;
  row.wall_minutes = to_local(verdict.visit.starts, zone).minutes();
  row.zone = zone.id();
  row.tzdata = tzdata_version();
}

}  // namespace sealbook::app
