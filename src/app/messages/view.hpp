// What was sent to whom and when, or why not: the ledger as staff and the person see it.
#pragma once

#include "app/call_context.hpp"
#include "storage/tables/messages.hpp"

namespace sealbook::app {

// Exactly one of the two. A patient sees its own. Fails with `invalid` or not_found.
struct MessagesWanted {
  std::optional<PatientId> patient;
  std::optional<AppointmentId> appointment;
  std::int64_t limit = 100;
};
Result<std::vector<storage::MessageRow>> list_messages(CallContext& ctx, const MessagesWanted& wanted);

}  // namespace sealbook::app
