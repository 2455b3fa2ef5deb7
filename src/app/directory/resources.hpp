// Practitioners, rooms and devices: what a visit needs and a claim occupies.
//
// A practitioner works where its schedules say; a room or device stands at one location.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct AddResource {
  ResourceKind kind = ResourceKind::practitioner;
  std::string name;
  std::uint8_t lanes = 1;                 // ordinary capacity
  std::optional<LocationId> location;     // of rooms and devices
  std::optional<DepartmentId> department; // of practitioners
};
// Fails with not_found for a location or department that is not the tenant's.
Result<Work<Resource>> add_resource(CallContext& ctx, const AddResource& command);

struct ChangeResource {
  ResourceId id;
  ResourceKind kind = ResourceKind::practitioner;  // what the caller asked for: another kind is not found
  std::optional<std::string> name;
  std::optional<std::uint8_t> lanes;
  std::optional<DepartmentId> department;
  std::optional<bool> active;
};
// Fails with not_found, precondition_failed. Claims that stand in a lane that goes stay: they
// count as overbookings.
Result<Work<Resource>> change_resource(CallContext& ctx, const ChangeResource& command);

Result<Resource> read_resource(const CallContext& ctx, ResourceKind kind, const ResourceId& id);
std::vector<Resource> list_resources(const CallContext& ctx, ResourceKind kind);  // by name

}  // namespace sealbook::app
