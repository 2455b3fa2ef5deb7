#include "app/imports/participants.hpp"

#include "app/events/participants.hpp"
#include "storage/tables/events.hpp"

namespace sealbook::app::imports {

Result<void> ensure_event(CallContext& ctx, const EventId& event) {
  const auto row = ctx.read([&](storage::Snapshot& s) { return storage::event_table::find(s, event); });
  if (!row) return fail(invalid_field("/event_id", "unknown", "There is no such event."));
  return {};
}

Result<void> add_to_event(storage::Transaction& tx, const EventId& event, const std::vector<PatientId>& people) {
  ENSURE(events::add_participants(tx, event, people));
  return {};
}

}  // namespace sealbook::app::imports
