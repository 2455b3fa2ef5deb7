// What the verbs of an appointment have in common: loading one within reach, preparing its next
// version, and saying in a refusal which times are free.
#pragma once

#include "app/booking/appointments.hpp"
#include "app/booking/placement.hpp"
#include "app/work.hpp"
#include "domain/messages/message.hpp"

namespace sealbook::app {

// An appointment as it was read, and what its next version needs.
struct Visit {
  AppointmentRow row;                            // as read
  std::shared_ptr<const crypto::DataKey> key;    // the patient's; null when there is no note to re-seal
  std::optional<SensitiveText> note;
};

// Loads within the caller's reach (not_found otherwise) and checks If-Match.
Result<Visit> load_visit(CallContext& ctx, const AppointmentId& id);
// The row of the next version, its note sealed for it; the caller changes the rest.
Result<AppointmentRow> next_version(CallContext& ctx, const Visit& visit);
// Writes it over the version that was read; stale_version when somebody was faster.
Result<void> write_version(storage::Transaction& tx, const AppointmentRow& next);

// Nothing to change: answers with the visit as it is, journaled as seen.
Work<AppointmentRow> left_alone(CallContext& ctx, const Visit& visit);

// The journal entry of a change from one version to the next.
void note_change(CallContext& ctx, AuditAction action, const Visit& visit, audit::AuditReason reason);

// Whether the offer is one that this caller may redeem: made to them, for a patient of a service that
// is open to them, within a provider's own calendar, and overriding only for those who still may.
Result<void> check_offer(const CallContext& ctx, const Offer& offer);

// Patients move and cancel until the event's hours before the start, without an event until the
// service's notice; through a link until the link's hours. Never once it has begun (state_conflict).
Result<void> may_still_change(CallContext& ctx, const AppointmentRow& visit);

// A visit that was booked through an event keeps to its places and dates when its person moves it, and
// stays where it is when the event is over. Through a link the link's reach says so.
Result<void> ensure_within_event(CallContext& ctx, const AppointmentRow& visit, const Offer& offer);
// The same work, counted when a patient's own account does it: each change is a mail or two. As many a
// day, of one visit and in all, as through a link, and what it may book on top; then rate_limited until
// midnight UTC. `visit` is nil for a booking, which is counted for the person alone.
Work<AppointmentRow> counted(CallContext& ctx, const AppointmentId& visit, Work<AppointmentRow> work);

// A member that names nothing of this tenant: not_found, saying which member.
std::unexpected<Error> no_such(std::string_view member, std::string_view what);

// Makes slot_taken and offer_stale carry alternatives to the offer.
void explain_with_alternatives(CallContext& ctx, const Offer& offer);
// The encoded "alternatives" array.
std::string alternatives_json(const std::vector<FoundOpening>& openings);

// How long the message of a change waits: nothing when the person caused it, else until an undo is
// past (DECISIONS 26).
Micros wait_before_telling(const CallContext& ctx);
// Queues that the person is told of this version, and notes it in the row: before it is written.
void announce(storage::Transaction& tx, AppointmentRow& row, messages::Purpose purpose, Micros wait);

// Takes over what was placed: time, place, claims, practitioner.
void take_placement(AppointmentRow& row, const Placement& placement, const std::vector<storage::ClaimRow>& claims,
                    const Organisation& organisation);

}  // namespace sealbook::app
