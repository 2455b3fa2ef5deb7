// The life of an appointment: FHIR's statuses, and one table of what may follow what.
//
// Status values are those of FHIR R4 AppointmentStatus, codes included. A clinic's cancellation is
// never a no-show, and a mistake is undone by a verb of its own with a coded reason (DECISIONS 22).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace sealbook::scheduling {

enum class Status : std::uint8_t {  // stored by number: append only
  proposed,
  pending,
  booked,
  arrived,
  fulfilled,
  cancelled,
  noshow,
  entered_in_error,
  checked_in,
  waitlist,
};
inline constexpr std::size_t status_count = 10;
std::string_view to_text(Status status);  // FHIR's code: "entered-in-error", "checked-in", …
std::optional<Status> parse_status(std::string_view text);
// True when the appointment's claims are live. A visit that took place (fulfilled) and a no-show
// keep theirs: the time has been used.
constexpr bool occupies(Status status) {
  switch (status) {
    case Status::pending:
    case Status::booked:
    case Status::arrived:
    case Status::fulfilled:
    case Status::noshow:
    case Status::checked_in: return true;
    case Status::proposed:
    case Status::cancelled:
    case Status::entered_in_error:
    case Status::waitlist: return false;
  }
  return false;
}

enum class Event : std::uint8_t {
  book,        // a proposal, a request or a waiting patient gets the time
  reschedule,  // another time
  cancel,      // by either side
  confirm,     // the participant's status becomes accepted; the appointment's own stays
  check_in,    // the patient is here
  no_show,     // the patient did not come
  reinstate,   // a cancellation or no-show was a mistake: back to booked
  reassign,    // another practitioner, same time
  amend,       // note or duration
};
inline constexpr std::size_t event_count = 9;
std::string_view to_text(Event event);

// The status after an event, or nothing where the event is not allowed. The whole table.
constexpr std::optional<Status> next_status(Status status, Event event) {
  using enum Status;
  switch (event) {
    case Event::book:
      if (status == proposed || status == pending || status == waitlist) return booked;
      return std::nullopt;
    case Event::reschedule:
      if (status == proposed || status == pending || status == booked) return status;
      return std::nullopt;
    case Event::cancel:
      if (status == proposed || status == pending || status == booked || status == waitlist ||
          status == arrived || status == checked_in)
        return cancelled;
      return std::nullopt;
    case Event::confirm:
      if (status == pending || status == booked) return status;
      return std::nullopt;
    case Event::check_in:
      if (status == booked || status == arrived) return checked_in;
      return std::nullopt;
    case Event::no_show:
      if (status == booked) return noshow;
      return std::nullopt;
    case Event::reinstate:
      if (status == cancelled || status == noshow) return booked;
      return std::nullopt;
    case Event::reassign:
      if (status == proposed || status == pending || status == booked || status == arrived ||
          status == checked_in)
        return status;
      return std::nullopt;
    case Event::amend:
      if (status == cancelled || status == entered_in_error) return std::nullopt;
      return status;
  }
  return std::nullopt;
}
// The same for callers: state_conflict with a sentence that names both.
Result<Status> after(Status status, Event event);
// A no-show can be known only once the visit has begun; state_conflict before.
Result<void> may_mark_no_show(Instant starts_at, Instant now);

enum class Initiator : std::uint8_t { patient, clinic };
std::string_view to_text(Initiator initiator);
std::optional<Initiator> parse_initiator(std::string_view text);

// Coded reasons; free text, where there is any, is sealed beside them. Stored by number: append
// only.
enum class CancelReason : std::uint8_t {
  patient_request,
  clinic_request,
  practitioner_unavailable,
  room_unavailable,
  site_closed,
  booked_in_error,
  duplicate,
  no_longer_needed,
  rescheduled_elsewhere,
  deceased,
};
// Whose decision a cancellation was: it decides fees, statistics and the wording of messages.
Initiator initiator_of(CancelReason reason);
enum class OverrideReason : std::uint8_t {
  urgent_need,
  walk_in,
  patient_agreed,
  practitioner_agreed,
  late_entry,
  data_correction,
};
enum class ReassignReason : std::uint8_t {
  practitioner_unavailable,
  patient_request,
  workload,
  booked_in_error
};
enum class ReinstateReason : std::uint8_t {
  cancelled_in_error,
  patient_came_after_all,
  marked_in_error
};

std::string_view to_text(CancelReason reason);
std::string_view to_text(OverrideReason reason);
std::string_view to_text(ReassignReason reason);
std::string_view to_text(ReinstateReason reason);
std::optional<CancelReason> parse_cancel_reason(std::string_view text);
std::optional<OverrideReason> parse_override_reason(std::string_view text);
std::optional<ReassignReason> parse_reassign_reason(std::string_view text);
std::optional<ReinstateReason> parse_reinstate_reason(std::string_view text);

}  // namespace sealbook::scheduling
