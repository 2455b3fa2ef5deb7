// The coded reasons of the verbs of an appointment as the journal keeps them: each by its own word.
#pragma once

#include "domain/scheduling/appointment.hpp"
#include "security/audit/entry.hpp"

namespace sealbook::app {

audit::AuditReason journal_reason(scheduling::CancelReason reason);
audit::AuditReason journal_reason(scheduling::OverrideReason reason);
audit::AuditReason journal_reason(scheduling::ReassignReason reason);
audit::AuditReason journal_reason(scheduling::ReinstateReason reason);

}  // namespace sealbook::app
