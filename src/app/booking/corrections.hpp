// Corrections keep the visit and change who, how long, or whether after all. Where the result lies
// outside of hours, in a closure or over another visit, each takes the permission to override and a
// coded reason for it (DECISIONS 4); without one they are the verbs of appointments.hpp.
#pragma once

#include "app/booking/appointments.hpp"

namespace sealbook::app {

using OverrideReason = std::optional<scheduling::OverrideReason>;

Result<Work<AppointmentRow>> reassign(CallContext& ctx, const AppointmentId& id, const ResourceId& practitioner,
                                      scheduling::ReassignReason reason, OverrideReason override_reason);
Result<Work<AppointmentRow>> reinstate(CallContext& ctx, const AppointmentId& id, scheduling::ReinstateReason reason,
                                       OverrideReason override_reason);
Result<Work<AppointmentRow>> amend(CallContext& ctx, const AppointmentId& id, const AmendAppointment& change,
                                   OverrideReason override_reason);

}  // namespace sealbook::app
