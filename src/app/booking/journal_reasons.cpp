#include "app/booking/journal_reasons.hpp"

namespace sealbook::app {

using audit::AuditReason;

audit::AuditReason journal_reason(scheduling::CancelReason reason) {
  using R = scheduling::CancelReason;
  switch (reason) {
    case R::patient_request: return AuditReason::patient_request;
    case R::clinic_request: return AuditReason::clinic_request;
    case R::practitioner_unavailable: return AuditReason::practitioner_unavailable;
    case R::room_unavailable: return AuditReason::room_unavailable;
    case R::site_closed: return AuditReason::site_closed;
    case R::booked_in_error: return AuditReason::booked_in_error;
    case R::duplicate: return AuditReason::duplicate;
    case R::no_longer_needed: return AuditReason::no_longer_needed;
    case R::rescheduled_elsewhere: return AuditReason::rescheduled_elsewhere;
    case R::deceased: return AuditReason::deceased;
  }
  return AuditReason::other;
}

audit::AuditReason journal_reason(scheduling::OverrideReason reason) {
  using R = scheduling::OverrideReason;
  switch (reason) {
    case R::urgent_need: return AuditReason::urgent_need;
    case R::walk_in: return AuditReason::walk_in;
    case R::patient_agreed: return AuditReason::patient_agreed;
    case R::practitioner_agreed: return AuditReason::practitioner_agreed;
    case R::late_entry: return AuditReason::late_entry;
    case R::data_correction: return AuditReason::data_correction;
  }
  return AuditReason::other;
}

audit::AuditReason journal_reason(scheduling::ReassignReason reason) {
  using R = scheduling::ReassignReason;
  switch (reason) {
    case R::practitioner_unavailable: return AuditReason::practitioner_unavailable;
    case R::patient_request: return AuditReason::patient_request;
    case R::workload: return AuditReason::workload;
    case R::booked_in_error: return AuditReason::booked_in_error;
  }
  return AuditReason::other;
}

audit::AuditReason journal_reason(scheduling::ReinstateReason reason) {
  using R = scheduling::ReinstateReason;
  switch (reason) {
    case R::cancelled_in_error: return AuditReason::cancelled_in_error;
    case R::patient_came_after_all: return AuditReason::patient_came_after_all;
    case R::marked_in_error: return AuditReason::marked_in_error;
  }
  return AuditReason::other;
}

}  // namespace sealbook::app
