// Times in which nothing may be booked: of the whole organisation, a place, or one calendar.
//
// A provider closes its own calendar; who has the whole directory closes anything. What is booked
// already in such a time stays booked, and each such visit opens a task.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct AddClosure {
  std::optional<LocationId> location;  // none: all of the tenant's
  std::optional<ResourceId> resource;  // none: all of the location's
  Interval when;
  std::string reason;
};
// Fails with `invalid` when it ends before it starts.
Result<Work<ClosureEntry>> add_closure(CallContext& ctx, const AddClosure& command);

// Fails with not_found for one that is gone already.
Result<Work<ClosureId>> remove_closure(CallContext& ctx, const ClosureId& id);

struct ClosureFilter {
  std::optional<Instant> from, to;  // those that overlap [from, to)
};
// In force, by start. Patients are not told the reasons.
std::vector<ClosureEntry> list_closures(const CallContext& ctx, const ClosureFilter& filter);

}  // namespace sealbook::app
