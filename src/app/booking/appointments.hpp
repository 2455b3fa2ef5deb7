// The verbs of an appointment. Each prepares on the caller's thread (reach, keys, sealing, journal
// entry) and leaves Work that runs SQL and the pure checks inside the transaction.
//
// A verb that finds the row changed since it prepared fails with stale_version; the pipeline then
// prepares again, unless the caller sent If-Match.
#pragma once

#include "app/booking/openings.hpp"
#include "app/call_context.hpp"
#include "storage/tables/appointments.hpp"

namespace sealbook::app {

using storage::AppointmentRow;

// That lie ahead, booked or moved last by the person (what they book by invitation has limits of its
// own and counts here as well).
inline constexpr std::size_t most_own_visits = 20;
// Changes of visits on a day (UTC), by the person's account as through a link: of one visit, and of
// the person's visits together, where bookings count and what may be booked comes on top.
inline constexpr std::int64_t changes_of_visit_a_day = 5;
inline constexpr std::int64_t changes_of_person_a_day = 10;

struct BookAppointment {
  std::string offer;
  PatientId patient;
  std::optional<SensitiveText> note;
  std::optional<HoldId> hold;
};
// Fails with offer_stale, slot_taken (both with alternatives), not_found.
Result<Work<AppointmentRow>> book(CallContext& ctx, const BookAppointment& command);

Result<Work<AppointmentRow>> reschedule(CallContext& ctx, const AppointmentId& id, const std::string& offer);
Result<Work<AppointmentRow>> cancel(CallContext& ctx, const AppointmentId& id, scheduling::CancelReason reason);
Result<Work<AppointmentRow>> confirm(CallContext& ctx, const AppointmentId& id);
// The person said that they cannot come. Frees no time: the organisation sees it and decides.
Result<Work<AppointmentRow>> cannot_come(CallContext& ctx, const AppointmentId& id);
Result<Work<AppointmentRow>> check_in(CallContext& ctx, const AppointmentId& id);
Result<Work<AppointmentRow>> no_show(CallContext& ctx, const AppointmentId& id);
Result<Work<AppointmentRow>> reassign(CallContext& ctx, const AppointmentId& id, const ResourceId& practitioner,
                                      scheduling::ReassignReason reason);
Result<Work<AppointmentRow>> reinstate(CallContext& ctx, const AppointmentId& id, scheduling::ReinstateReason reason);

struct AmendAppointment {
  std::optional<SensitiveText> note;              // "" removes it
  std::optional<std::int32_t> duration_minutes;
};
Result<Work<AppointmentRow>> amend(CallContext& ctx, const AppointmentId& id, const AmendAppointment& change);

// A row with its note opened, for those who may see it.
struct SeenAppointment {
  AppointmentRow row;
  std::optional<SensitiveText> note;
};
Result<SeenAppointment> view(CallContext& ctx, const AppointmentId& id);

struct ListAppointments {
  Instant from, to;
  std::optional<ResourceId> practitioner;
  std::optional<LocationId> location;
  std::optional<std::pair<Instant, AppointmentId>> after;
  std::int64_t limit = 50;
};
// Within the caller's reach, in order of start and id. One journal entry for the whole list.
Result<std::vector<AppointmentRow>> list(CallContext& ctx, const ListAppointments& wanted);
// A text that changes when any visit of the window does, and says nothing else: what a screen that
// is left open asks every second. Shows nobody, so nothing is journaled.
Result<std::string> revision(CallContext& ctx, Instant from, Instant to);

}  // namespace sealbook::app
