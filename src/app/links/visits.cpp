#include <algorithm>

#include "app/booking/relocation.hpp"
#include "app/links/codes.hpp"
#include "app/links/person.hpp"
#include "app/links/reach.hpp"

namespace sealbook::app::links {
namespace {

using audit::ActorKind;

// Ahead of one mailbox, booked on the public page: a parent and two children.
constexpr std::int64_t visits_of_mailbox = 3;

Passed passed_of(const LinkSession& session) {
  return {session.tenant(), session.link(), Instant()};
}

std::string call_us(const Tenant& tenant) {
  const auto profile = tenant.profile();
  return profile->phone.empty() ? "call the organisation." : "call " + profile->phone + ".";
}

std::unexpected<Error> booked_already() {
  return fail(ErrorCode::state_conflict,
              "There is nothing left to book here; the visit can be moved instead.");
}

// The offer opened, and within what the link is for.
Result<Offer> offer_within(const CallContext& ctx, const Reach& reach, const std::string& text) {
  TRY(offer, open_offer(*ctx.tenant->keys(), text, ctx.now));
  if (!allows(reach, offer.service, offer.location, offer.starts))
    return fail(
        invalid_field("/offer", "event", "That time is not part of what you were invited to."));
  return offer;
}

// Whether the offer is the visit already: a form that was sent twice, and the second one came late.
bool has_become(const Offer& offer, const AppointmentRow& visit) {
  if (!scheduling::occupies(visit.status) || visit.service != offer.service ||
      visit.location != offer.location || visit.when.starts != offer.starts)
    return false;
  const auto taken = resources_of(visit);
  return std::ranges::all_of(offer.named, [&](const ResourceId& id) {
    return std::ranges::find(taken, id) != taken.end();
  });
}

// The visit that the offer has become. An offer that has expired since still says which one.
std::optional<AppointmentRow> become(const Tenant& tenant, const Reach& reach,
                                     const std::string& text) {
  const auto offer = open_offer(*tenant.keys(), text, Instant());
  if (!offer) return std::nullopt;
  const auto found = std::ranges::find_if(
      reach.visits, [&](const AppointmentRow& visit) { return has_become(*offer, visit); });
  return found == reach.visits.end() ? std::nullopt : std::optional(*found);
}

// Nothing is left to do, and nothing to write down: the page that shows it is journaled.
Work<AppointmentRow> done_already(AppointmentRow row) {
  return [row = std::move(row)](storage::Transaction&) -> Result<AppointmentRow> { return row; };
}

std::unexpected<Error> mailbox_is_full(const Tenant& tenant) {
  return fail(ErrorCode::state_conflict,
              "This address has enough visits ahead of it; please " + call_us(tenant));
}

// The mailbox that a visitor has proven; nothing for anybody else.
Result<std::optional<storage::event_visits::Mailbox>> mailbox_of(const CallContext& ctx,
                                                                 const storage::LinkRow& link) {
  if (link.kind != LinkKind::visitor) return std::nullopt;
  TRY(person, load_person(ctx.app, *ctx.tenant, link.patient));
  const Contact* contact = code_contact(person, *ctx.tenant->keys());
  if (contact == nullptr) return booked_already();
  return index_of_contact(*ctx.tenant->keys(), *contact);
}

Result<Work<AppointmentRow>> prepare_booking(CallContext& ctx, const Passed& passed,
                                             const Reach& reach, const std::string& text) {
  TRY(offer, offer_within(ctx, reach, text));
  if (reach.group.is_nil() || reach.taken >= reach.visits_per_person) return booked_already();
  TRY(work, app::book(ctx, {text, passed.link.patient, std::nullopt, std::nullopt}));
  TRY(mailbox, mailbox_of(ctx, passed.link));
  if (mailbox) {
    auto& entry =
        ctx.note(AuditAction::public_booked, audit::ResourceKind::link, passed.link.id.raw());
    entry.subjects = {passed.link.patient};
  }
  return Work<AppointmentRow>([work = std::move(work), link = passed.link, group = reach.group,
                               mailbox, offer = std::move(offer), tenant = ctx.tenant,
                               most = reach.visits_per_person](
                                  storage::Transaction& tx) mutable -> Result<AppointmentRow> {
    const auto live = storage::event_visits::live(tx, group, link.patient);
    for (const AppointmentId& id : live)
      if (const auto visit = storage::appointments::find(tx, id);
          visit && has_become(offer, *visit))
        return fail(ErrorCode::stale_version);  // prepared again, it finds the visit
    if (std::cmp_greater_equal(live.size(), most)) return booked_already();
    TRY(row, work(tx));
    // The key has the last word: of two bookings at once, one takes the place.
    if (!storage::event_visits::take(tx, group, link.patient, row.id, most))
      return booked_already();
    if (mailbox && !storage::event_visits::take_of_mailbox(tx, *mailbox, row.id, visits_of_mailbox))
      return mailbox_is_full(*tenant);
    if (link.event)
      storage::event_people::mark_declined(tx, *link.event, link.patient, std::nullopt);
    return row;
  });
}

// The visit, when it is theirs and may still be changed.
Result<const AppointmentRow*> changeable(const CallContext& ctx, const Reach& reach,
                                         const AppointmentId& id) {
  const AppointmentRow* visit = find_visit(reach, id);
  if (visit == nullptr) return fail(ErrorCode::not_found, "There is no such visit here.");
  if (!may_change(reach, *visit, ctx.now))
    return fail(ErrorCode::state_conflict,
                "It is too late to change this visit here; please " + call_us(*ctx.tenant));
  return visit;
}

// `id`: nil for a booking, which is counted for the person alone: a visit that is booked, cancelled
// and booked again is another one each time.
Work<AppointmentRow> counted(Work<AppointmentRow> work, const AppointmentId& id,
                             const PatientId& patient, const Reach& reach, const Tenant& tenant) {
  return [work = std::move(work), id, patient,
          most = changes_of_person_a_day + reach.visits_per_person,
          sentence = "This was changed often today; please " +
                     call_us(tenant)](storage::Transaction& tx) mutable -> Result<AppointmentRow> {
    const std::int64_t day = tx.now().seconds() / 86'400;
    if (!storage::link_changes::count(tx, patient, day, most) ||
        (!id.is_nil() && !storage::link_changes::count(tx, id, day, changes_of_visit_a_day)))
      return fail(ErrorCode::rate_limited, sentence);
    return work(tx);
  };
}

template <class Prepare>
Result<AppointmentRow> carry_out(App& app, const LinkSession& session, Permission permission,
                                 Prepare&& prepare) {
  const Passed passed = passed_of(session);
  return perform_again<AppointmentRow>(
      [&] { return call_of(app, passed.tenant, session.principal(), permission, ActorKind::link); },
      [&](CallContext& ctx) -> Result<Work<AppointmentRow>> {
        TRY(reach, reach_of(app, passed));
        ctx.invited_to = reach.services;
        return prepare(ctx, passed, reach);
      });
}

std::unexpected<Error> answered_often(const Tenant& tenant) {
  return fail(ErrorCode::rate_limited,
              "This answer was changed often today; please " + call_us(tenant));
}

// Nothing is written when that was the answer already.
Result<bool> decline_event(App& app, const Passed& passed, const Reach& reach) {
  if (!passed.link.event)
    return fail(ErrorCode::state_conflict, "There is no invitation to decline here.");
  if (reach.declined) return true;
  if (!app.link_guard.allow(Counted::link_answers, passed.link.id.bytes(), app.store.now()))
    return answered_often(*passed.tenant);
  CallContext ctx = call_of(app, passed.tenant, person_of(passed), Permission::appointment_confirm,
                            ActorKind::link);
  auto& entry = ctx.note(AuditAction::participation_declined, audit::ResourceKind::event,
                         passed.link.event->raw());
  entry.subjects = {passed.link.patient};
  return perform<bool>(
      ctx, Work<bool>([link = passed.link](storage::Transaction& tx) -> Result<bool> {
        storage::event_people::mark_opened(tx, *link.event, link.patient, tx.now());
        storage::event_people::mark_declined(tx, *link.event, link.patient, tx.now());
        return true;
      }));
}

Result<void> answer_visits(App& app, const Passed& passed, const Reach& reach, Answer answer) {
  for (const auto& visit : reach.visits) {
    const auto wanted = answer == Answer::coming ? storage::PatientStatus::accepted
                                                 : storage::PatientStatus::declined;
    if (visit.patient_status == wanted) continue;
    if (!app.link_guard.allow(Counted::link_answers, visit.id.bytes(), app.store.now()))
      return answered_often(*passed.tenant);
    ENSURE(perform_again<AppointmentRow>(
        [&] {
          return call_of(app, passed.tenant, person_of(passed), Permission::appointment_confirm,
                         ActorKind::link);
        },
        [&](CallContext& ctx) {
          return answer == Answer::coming ? confirm(ctx, visit.id) : cannot_come(ctx, visit.id);
        }));
  }
  return {};
}

Result<void> answer_now(App& app, const LinkRequest& request, Answer answer) {
  if (!app.link_guard.allow(Counted::link_calls, request.client.network, app.store.now()))
    return fail(ErrorCode::rate_limited,
                "Too many requests from this network; try again in a minute.");
  const auto passed = pass(app, request.token);
  if (!passed) return refused();
  TRY(reach, reach_of(app, *passed));
  if (!reach.visits.empty()) return answer_visits(app, *passed, reach, answer);
  if (answer == Answer::coming)
    return fail(ErrorCode::state_conflict, "There is no visit yet; choose a time first.");
  ENSURE(decline_event(app, *passed, reach));
  return {};
}

// A visit of theirs that is cancelled already.
std::optional<AppointmentRow> cancelled_before(CallContext& ctx, const Passed& passed,
                                               const AppointmentId& id) {
  auto row = ctx.read([&](storage::Snapshot& s) { return storage::appointments::find(s, id); });
  if (!row || row->patient != passed.link.patient) return std::nullopt;
  return row->status == scheduling::Status::cancelled ? row : std::nullopt;
}

}  // namespace

Result<AppointmentRow> book(App& app, const LinkSession& session, const std::string& offer) {
  auto booked =
      carry_out(app, session, Permission::appointment_create,
                [&](CallContext& ctx, const Passed& passed,
                    const Reach& reach) -> Result<Work<AppointmentRow>> {
                  if (auto visit = become(*ctx.tenant, reach, offer))
                    return done_already(std::move(*visit));
                  TRY(work, prepare_booking(ctx, passed, reach, offer));
                  return counted(std::move(work), {}, passed.link.patient, reach, *ctx.tenant);
                });
  if (booked || booked.error().code != ErrorCode::slot_taken) return booked;
  // Of two that were sent at once, one may find the other's visit in its way.
  const auto reach = reach_of(app, passed_of(session));
  auto visit = reach ? become(*session.tenant(), *reach, offer) : std::nullopt;
  if (visit) return std::move(*visit);
  return booked;
}

Result<AppointmentRow> move(App& app, const LinkSession& session, const AppointmentId& id,
                            const std::string& offer) {
  return carry_out(app, session, Permission::appointment_reschedule,
                   [&](CallContext& ctx, const Passed& passed,
                       const Reach& reach) -> Result<Work<AppointmentRow>> {
                     if (auto visit = become(*ctx.tenant, reach, offer); visit && visit->id == id)
                       return done_already(std::move(*visit));
                     ENSURE(changeable(ctx, reach, id));
                     ENSURE(offer_within(ctx, reach, offer));
                     TRY(work, reschedule(ctx, id, offer));
                     return counted(std::move(work), id, passed.link.patient, reach, *ctx.tenant);
                   });
}

Result<AppointmentRow> cancel(App& app, const LinkSession& session, const AppointmentId& id) {
  return carry_out(app, session, Permission::appointment_cancel,
                   [&](CallContext& ctx, const Passed& passed,
                       const Reach& reach) -> Result<Work<AppointmentRow>> {
                     if (auto visit = cancelled_before(ctx, passed, id))
                       return done_already(std::move(*visit));
                     ENSURE(changeable(ctx, reach, id));
                     TRY(work, app::cancel(ctx, id, scheduling::CancelReason::patient_request));
                     return counted(std::move(work), id, passed.link.patient, reach, *ctx.tenant);
                   });
}

Result<void> decline(App& app, const LinkSession& session) {
  const Passed passed = passed_of(session);
  TRY(reach, reach_of(app, passed));
  ENSURE(decline_event(app, passed, reach));
  return {};
}

Result<void> answer(App& app, const LinkRequest& request, Answer answer) {
  const Floor floor;
  return floor.keep(answer_now(app, request, answer));
}

}  // namespace sealbook::app::links
