// Appointments: booking, seeing, moving and correcting them.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/booking_enums.hpp"
#include "domain/directory/patient.hpp"

namespace sealbook::api {

struct AppointmentView {
  AppointmentId id;
  scheduling::Status status = scheduling::Status::booked;
  std::int64_t version = 1;
  Instant starts_at, ends_at;
  std::string time_zone;
  ServiceId service_id;
  LocationId location_id;
  std::optional<ResourceId> practitioner_id;
  std::vector<ResourceId> resource_ids;
  PatientId patient_id;
  std::string participant_status;
  std::optional<scheduling::CancelReason> cancel_reason;
  std::optional<scheduling::Initiator> cancelled_by;
  std::vector<std::string> flags;
  Instant created_at;
  std::optional<SensitiveText> note;
  static constexpr Field fields[] = {
      field<&AppointmentView::id>("id", DataClass::operational, "Its public name."),
      field<&AppointmentView::status>("status", DataClass::phi, "FHIR AppointmentStatus."),
      field<&AppointmentView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&AppointmentView::starts_at>("starts_at", DataClass::phi, "When it starts."),
      field<&AppointmentView::ends_at>("ends_at", DataClass::phi, "When it ends."),
      field<&AppointmentView::time_zone>("time_zone", DataClass::operational, "The clock of the place."),
      field<&AppointmentView::service_id>("service_id", DataClass::phi, "What was booked."),
      field<&AppointmentView::location_id>("location_id", DataClass::phi, "Where."),
      field<&AppointmentView::practitioner_id>("practitioner_id", DataClass::phi, "With whom."),
      field<&AppointmentView::resource_ids>("resource_ids", DataClass::operational, "All that it occupies."),
      field<&AppointmentView::patient_id>("patient_id", DataClass::phi, "Who comes."),
      field<&AppointmentView::participant_status>("participant_status", DataClass::phi, "The patient's answer: needs-action, accepted, declined, tentative."),
      field<&AppointmentView::cancel_reason>("cancel_reason", DataClass::phi, "Of a cancelled one."),
      field<&AppointmentView::cancelled_by>("cancelled_by", DataClass::phi, "Whose decision the cancellation was."),
      field<&AppointmentView::flags>("flags", DataClass::operational, "What it overrode when it was booked."),
      field<&AppointmentView::created_at>("created_at", DataClass::operational, "When it was booked."),
      field<&AppointmentView::note>("note", DataClass::phi, "For those who may see notes."),
  };
};

struct BookAppointmentRequest {
  std::string offer;
  PatientId patient_id;
  std::optional<SensitiveText> note;
  std::optional<HoldId> hold_id;
  static constexpr Field fields[] = {
      field<&BookAppointmentRequest::offer>("offer", DataClass::operational, "From a search, a check or an answer's alternatives.", {.max = 600, .text = TextRule::token}),
      field<&BookAppointmentRequest::patient_id>("patient_id", DataClass::phi, "Who comes."),
      field<&BookAppointmentRequest::note>("note", DataClass::phi, "Sealed under the patient's key.", {.max = 4000, .text = TextRule::multiline}),
      field<&BookAppointmentRequest::hold_id>("hold_id", DataClass::operational, "A hold of the caller's that this booking redeems."),
  };
};
struct BookAppointment {
  using Request = BookAppointmentRequest;
  using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "bookAppointment", .method = Method::post, .path = "/v1/appointments", .summary = "Books an offered time.",
      .access = needs(Permission::appointment_create), .audit = AuditAction::appointment_booked,
      .rate = RateClass::booking, .success = 201, .errors = {ErrorCode::slot_taken, ErrorCode::offer_stale, ErrorCode::not_found},
      .idempotency = Idempotency::optional, .location = "/v1/appointments/{id}"});
};

struct AppointmentIdRequest {
  AppointmentId id;
  static constexpr Field fields[] = {
      field<&AppointmentIdRequest::id>("id", DataClass::operational, "The appointment.", {.where = Where::path}),
  };
};
struct GetAppointment {
  using Request = AppointmentIdRequest; using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "getAppointment", .method = Method::get, .path = "/v1/appointments/{id}", .summary = "Shows one appointment.",
      .access = needs(Permission::appointment_view), .audit = AuditAction::appointment_viewed});
};

struct ListAppointmentsRequest {
  Instant from, to;
  std::optional<ResourceId> practitioner_id;
  std::optional<LocationId> location_id;
  std::optional<std::string> cursor;
  std::int64_t limit = 50;
  static constexpr Field fields[] = {
      field<&ListAppointmentsRequest::from>("from", DataClass::operational, "Visits that start at or after this.", {.where = Where::query}),
      field<&ListAppointmentsRequest::to>("to", DataClass::operational, "And before this.", {.where = Where::query}),
      field<&ListAppointmentsRequest::practitioner_id>("practitioner_id", DataClass::operational, "Of this calendar.", {.where = Where::query}),
      field<&ListAppointmentsRequest::location_id>("location_id", DataClass::operational, "At this place.", {.where = Where::query}),
      field<&ListAppointmentsRequest::cursor>("cursor", DataClass::operational, "The `next` of the page before.", {.where = Where::query, .max = 400, .text = TextRule::token}),
      field<&ListAppointmentsRequest::limit>("limit", DataClass::operational, "At most so many.", {.where = Where::query, .presence = Presence::optional, .min = 1, .max = 200}),
  };
};
struct ListAppointmentsResponse {
  std::vector<AppointmentView> appointments;
  std::optional<std::string> next;
  static constexpr Field fields[] = {
      field<&ListAppointmentsResponse::appointments>("appointments", DataClass::phi, "By start."),
      field<&ListAppointmentsResponse::next>("next", DataClass::operational, "There are more: pass it as `cursor`."),
  };
};
struct ListAppointments {
  using Request = ListAppointmentsRequest;
  using Response = ListAppointmentsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listAppointments", .method = Method::get, .path = "/v1/appointments", .summary = "Lists appointments in a window of time.",
      .access = needs(Permission::appointment_view), .audit = AuditAction::appointment_listed});
};

struct GetRevisionRequest {
  Instant from, to;
  static constexpr Field fields[] = {
      field<&GetRevisionRequest::from>("from", DataClass::operational, "Visits that start at or after this.", {.where = Where::query}),
      field<&GetRevisionRequest::to>("to", DataClass::operational, "And before this.", {.where = Where::query}),
  };
};
struct RevisionView {
  std::string revision;
  static constexpr Field fields[] = {
      field<&RevisionView::revision>("revision", DataClass::operational, "Differs from before when a visit was added, moved or changed."),
  };
};
struct GetAppointmentsRevision {
  using Request = GetRevisionRequest; using Response = RevisionView;
  static constexpr EndpointSpec spec = checked({
      .id = "getAppointmentsRevision", .method = Method::get, .path = "/v1/appointments/revision",
      .summary = "Tells whether appointments in a window of time have changed.",
      .access = needs(Permission::appointment_view)});
};

struct AmendAppointmentRequest {
  AppointmentId id;
  std::optional<SensitiveText> note;
  std::optional<std::int64_t> duration_minutes;
  std::optional<scheduling::OverrideReason> override_reason;
  static constexpr Field fields[] = {
      field<&AmendAppointmentRequest::id>("id", DataClass::operational, "The appointment.", {.where = Where::path}),
      field<&AmendAppointmentRequest::note>("note", DataClass::phi, "Replaces the note; empty removes it.", {.min = 0, .max = 4000, .text = TextRule::multiline}),
      field<&AmendAppointmentRequest::duration_minutes>("duration_minutes", DataClass::operational, "Makes this visit longer or shorter.", {.min = 1, .max = 1440}),
      field<&AmendAppointmentRequest::override_reason>("override_reason", DataClass::operational, "Why hours, a closure or another visit are overridden, where they are."),
  };
};
struct AmendAppointment {
  using Request = AmendAppointmentRequest;
  using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "amendAppointment", .method = Method::patch, .path = "/v1/appointments/{id}", .summary = "Changes the note or the duration.",
      .access = needs(Permission::appointment_change), .audit = AuditAction::appointment_changed,
      .rate = RateClass::booking, .errors = {ErrorCode::slot_taken, ErrorCode::state_conflict, ErrorCode::outside_hours},
      .if_match = IfMatch::required});
};
struct RescheduleRequest {
  AppointmentId id;
  std::string offer;
  static constexpr Field fields[] = {
      field<&RescheduleRequest::id>("id", DataClass::operational, "The appointment.", {.where = Where::path}),
      field<&RescheduleRequest::offer>("offer", DataClass::operational, "The new time.", {.max = 600, .text = TextRule::token}),
  };
};
struct RescheduleAppointment {
  using Request = RescheduleRequest; using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "rescheduleAppointment", .method = Method::post, .path = "/v1/appointments/{id}/reschedule", .summary = "Moves an appointment to an offered time.",
      .access = needs(Permission::appointment_reschedule), .audit = AuditAction::appointment_rescheduled,
      .rate = RateClass::booking, .errors = {ErrorCode::slot_taken, ErrorCode::offer_stale, ErrorCode::state_conflict},
      .if_match = IfMatch::optional});
};
struct CancelRequest {
  AppointmentId id;
  scheduling::CancelReason reason = scheduling::CancelReason::patient_request;
  static constexpr Field fields[] = {
      field<&CancelRequest::id>("id", DataClass::operational, "The appointment.", {.where = Where::path}),
      field<&CancelRequest::reason>("reason", DataClass::phi, "Why; it also says whose decision it was."),
  };
};
struct CancelAppointment {
  using Request = CancelRequest; using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "cancelAppointment", .method = Method::post, .path = "/v1/appointments/{id}/cancel", .summary = "Cancels an appointment.",
      .access = needs(Permission::appointment_cancel), .audit = AuditAction::appointment_cancelled,
      .rate = RateClass::booking, .errors = {ErrorCode::state_conflict}, .if_match = IfMatch::optional});
};
struct ConfirmAppointment {
  using Request = AppointmentIdRequest; using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "confirmAppointment", .method = Method::post, .path = "/v1/appointments/{id}/confirm", .summary = "Records that the patient is coming.",
      .access = needs(Permission::appointment_confirm), .audit = AuditAction::appointment_confirmed,
      .rate = RateClass::booking, .errors = {ErrorCode::state_conflict}, .if_match = IfMatch::optional});
};
struct CheckInAppointment {
  using Request = AppointmentIdRequest; using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "checkInAppointment", .method = Method::post, .path = "/v1/appointments/{id}/check-in", .summary = "Records that the patient is here.",
      .access = needs(Permission::appointment_check_in), .audit = AuditAction::appointment_checked_in,
      .rate = RateClass::booking, .errors = {ErrorCode::state_conflict}, .if_match = IfMatch::optional});
};
struct NoShowAppointment {
  using Request = AppointmentIdRequest; using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "noShowAppointment", .method = Method::post, .path = "/v1/appointments/{id}/no-show", .summary = "Records that the patient did not come.",
      .access = needs(Permission::appointment_no_show), .audit = AuditAction::appointment_noshow,
      .rate = RateClass::booking, .errors = {ErrorCode::state_conflict}, .if_match = IfMatch::optional});
};
struct ReassignRequest {
  AppointmentId id;
  ResourceId practitioner_id;
  scheduling::ReassignReason reason = scheduling::ReassignReason::workload;
  std::optional<scheduling::OverrideReason> override_reason;
  static constexpr Field fields[] = {
      field<&ReassignRequest::id>("id", DataClass::operational, "The appointment.", {.where = Where::path}),
      field<&ReassignRequest::practitioner_id>("practitioner_id", DataClass::operational, "Who takes it over."),
      field<&ReassignRequest::reason>("reason", DataClass::operational, "Why."),
      field<&ReassignRequest::override_reason>("override_reason", DataClass::operational, "Why hours, a closure or another visit are overridden, where they are."),
  };
};
struct ReassignAppointment {
  using Request = ReassignRequest; using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "reassignAppointment", .method = Method::post, .path = "/v1/appointments/{id}/reassign", .summary = "Gives an appointment to another practitioner.",
      .access = needs(Permission::appointment_change), .audit = AuditAction::appointment_reassigned,
      .rate = RateClass::booking, .errors = {ErrorCode::slot_taken, ErrorCode::state_conflict, ErrorCode::outside_hours}, .if_match = IfMatch::optional});
};
struct ReinstateRequest {
  AppointmentId id;
  scheduling::ReinstateReason reason = scheduling::ReinstateReason::cancelled_in_error;
  std::optional<scheduling::OverrideReason> override_reason;
  static constexpr Field fields[] = {
      field<&ReinstateRequest::id>("id", DataClass::operational, "The appointment.", {.where = Where::path}),
      field<&ReinstateRequest::reason>("reason", DataClass::operational, "Why."),
      field<&ReinstateRequest::override_reason>("override_reason", DataClass::operational, "Why hours, a closure or another visit are overridden, where they are."),
  };
};
struct ReinstateAppointment {
  using Request = ReinstateRequest; using Response = AppointmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "reinstateAppointment", .method = Method::post, .path = "/v1/appointments/{id}/reinstate", .summary = "Brings back a cancelled appointment or a no-show.",
      .access = needs(Permission::appointment_reinstate), .audit = AuditAction::appointment_reinstated,
      .rate = RateClass::booking, .errors = {ErrorCode::slot_taken, ErrorCode::state_conflict, ErrorCode::outside_hours}, .if_match = IfMatch::optional});
};

std::span<const Endpoint> appointment_endpoints();

}  // namespace sealbook::api
