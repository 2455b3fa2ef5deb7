#include "app/imports/participants.hpp"

namespace sealbook::app::imports {

// No events in this tree yet: naming one is refused rather than forgotten.
Result<void> ensure_event(CallContext&, const EventId&) {
  return fail(invalid_field("/event_id", "unknown", "There is no such event."));
}

Result<void> add_to_event(storage::Transaction&, const EventId&, const std::vector<PatientId>&) {
  return fail(ErrorCode::internal);
}

}  // namespace sealbook::app::imports
