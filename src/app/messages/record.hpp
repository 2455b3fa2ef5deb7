// Recording what came of messages: their states, the journal's entries, and the tasks and suspended
// addresses that follow, in one transaction.
#pragma once

#include "app/messages/system_context.hpp"
#include "storage/tables/messages.hpp"

namespace sealbook::app {

// Only rows that are still claimed change. A refusal that a person has to mend opens a task, once.
Result<void> record_outcomes(App& app, const std::shared_ptr<Tenant>& tenant,
                             const std::vector<storage::MessageRow>& rows);

// A handed-over message came back: it is marked, a task is opened and, when the reason is
// address_refused, its address is used no more for that person. False when the ledger knows nothing of it, or knew it before.
Result<bool> record_bounce(App& app, const std::shared_ptr<Tenant>& tenant, const MessageId& id,
                           messages::Refusal reason);

}  // namespace sealbook::app
