#include "domain/scheduling/appointment.hpp"

#include <string>

namespace sealbook::scheduling {
namespace {

constexpr std::array<std::string_view, status_count> status_texts{
    "proposed",  "pending", "booked",           "arrived",    "fulfilled",
    "cancelled", "noshow",  "entered-in-error", "checked-in", "waitlist"};
constexpr std::array<std::string_view, event_count> event_texts{
    "book",    "reschedule", "cancel",   "confirm", "check-in",
    "no-show", "reinstate",  "reassign", "amend"};
constexpr std::array<std::string_view, 2> initiator_texts{"patient", "clinic"};
constexpr std::array<std::string_view, 10> cancel_texts{
    "patient_request",  "clinic_request",   "practitioner_unavailable",
    "room_unavailable", "site_closed",      "booked_in_error",
    "duplicate",        "no_longer_needed", "rescheduled_elsewhere",
    "deceased"};
constexpr std::array<std::string_view, 6> override_texts{"urgent_need",    "walk_in",
                                                         "patient_agreed", "practitioner_agreed",
                                                         "late_entry",     "data_correction"};
constexpr std::array<std::string_view, 4> reassign_texts{
    "practitioner_unavailable", "patient_request", "workload", "booked_in_error"};
constexpr std::array<std::string_view, 3> reinstate_texts{
    "cancelled_in_error", "patient_came_after_all", "marked_in_error"};

template <class Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& texts, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (texts[i] == text) return static_cast<Enum>(i);
  return std::nullopt;
}
template <class Enum, std::size_t N>
std::string_view text_of(const std::array<std::string_view, N>& texts, Enum value) {
  return texts[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_text(Status status) { return text_of(status_texts, status); }
std::string_view to_text(Event event) { return text_of(event_texts, event); }
std::string_view to_text(Initiator initiator) { return text_of(initiator_texts, initiator); }
std::string_view to_text(CancelReason reason) { return text_of(cancel_texts, reason); }
std::string_view to_text(OverrideReason reason) { return text_of(override_texts, reason); }
std::string_view to_text(ReassignReason reason) { return text_of(reassign_texts, reason); }
std::string_view to_text(ReinstateReason reason) { return text_of(reinstate_texts, reason); }

std::optional<Status> parse_status(std::string_view text) {
  return parse<Status>(status_texts, text);
}
std::optional<Initiator> parse_initiator(std::string_view text) {
  return parse<Initiator>(initiator_texts, text);
}
std::optional<CancelReason> parse_cancel_reason(std::string_view text) {
  return parse<CancelReason>(cancel_texts, text);
}
std::optional<OverrideReason> parse_override_reason(std::string_view text) {
  return parse<OverrideReason>(override_texts, text);
}
std::optional<ReassignReason> parse_reassign_reason(std::string_view text) {
  return parse<ReassignReason>(reassign_texts, text);
}
std::optional<ReinstateReason> parse_reinstate_reason(std::string_view text) {
  return parse<ReinstateReason>(reinstate_texts, text);
}

Result<Status> after(Status status, Event event) {
  if (const auto next = next_status(status, event)) return *next;
  std::string detail = "An appointment that is ";
  detail += to_text(status);
  detail += " does not take ";
  detail += to_text(event);
  detail += '.';
  return fail(ErrorCode::state_conflict, std::move(detail));
}

Result<void> may_mark_no_show(Instant starts_at, Instant now) {
  if (now < starts_at)
    return fail(ErrorCode::state_conflict,
                "A no-show is known once the visit has begun, not before.");
  return {};
}

Initiator initiator_of(CancelReason reason) {
  switch (reason) {
    case CancelReason::patient_request:
    case CancelReason::no_longer_needed:
    case CancelReason::rescheduled_elsewhere:
    case CancelReason::deceased: return Initiator::patient;
    case CancelReason::clinic_request:
    case CancelReason::practitioner_unavailable:
    case CancelReason::room_unavailable:
    case CancelReason::site_closed:
    case CancelReason::booked_in_error:
    case CancelReason::duplicate: return Initiator::clinic;
  }
  return Initiator::clinic;
}

}  // namespace sealbook::scheduling
