// Sites: each has a name and one wall clock.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct AddLocation {
  std::string name;
  std::string time_zone;  // IANA id
};
// Fails with `invalid` for a zone that tzdata does not know.
Result<Work<Location>> add_location(CallContext& ctx, const AddLocation& command);

struct ChangeLocation {
  LocationId id;
  std::optional<std::string> name;
  std::optional<std::string> time_zone;
  std::optional<bool> active;
};
// Fails with not_found, precondition_failed; visits keep the instants they were booked for.
Result<Work<Location>> change_location(CallContext& ctx, const ChangeLocation& command);

Result<Location> read_location(const CallContext& ctx, const LocationId& id);
std::vector<Location> list_locations(const CallContext& ctx);  // by name

}  // namespace sealbook::app
