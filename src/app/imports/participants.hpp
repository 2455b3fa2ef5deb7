// The seam to events: people who come in for an event become its participants.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app::imports {

// Fails with `invalid` at "/event_id" when there is no such event to add anybody to.
Result<void> ensure_event(CallContext& ctx, const EventId& event);
// Inside the transaction that creates them, or finds them.
Result<void> add_to_event(storage::Transaction& tx, const EventId& event,
                          const std::vector<PatientId>& people);

}  // namespace sealbook::app::imports
