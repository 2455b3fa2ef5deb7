#include "api/v1/resources.hpp"

#include "api/v1/answering.hpp"
#include "app/directory/resources.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

PractitionerView practitioner_view(const Resource& r) {
  return {r.id, r.version, r.name, r.lanes, r.department, r.state == ActiveState::active};
}
PlacedResourceView placed_view(const Resource& r) {
  const LocationId location = r.locations.empty() ? LocationId() : r.locations.front();
  return {r.id, r.version, r.name, location, r.lanes, r.state == ActiveState::active};
}

Result<Work<PractitionerView>> create_practitioner(CallContext& ctx, const CreatePractitionerRequest& r) {
  const app::AddResource command{ResourceKind::practitioner, r.name, r.lanes, std::nullopt, r.department_id};
  return answering(app::add_resource(ctx, command), practitioner_view);
}
Result<Work<PractitionerView>> change_practitioner(CallContext& ctx, const ChangePractitionerRequest& r) {
  const app::ChangeResource command{r.id, ResourceKind::practitioner, r.name, r.lanes, r.department_id, r.active};
  return answering(app::change_resource(ctx, command), practitioner_view);
}
Result<PractitionerView> get_practitioner(CallContext& ctx, const ResourceIdRequest& r) {
  TRY(resource, app::read_resource(ctx, ResourceKind::practitioner, r.id));
  return practitioner_view(resource);
}
Result<ListPractitionersResponse> list_practitioners(CallContext& ctx, const NoRequest&) {
  ListPractitionersResponse response;
  for (const Resource& r : app::list_resources(ctx, ResourceKind::practitioner))
    response.practitioners.push_back(practitioner_view(r));
  return response;
}

template <ResourceKind kind>
Result<Work<PlacedResourceView>> create_placed(CallContext& ctx, const CreatePlacedResourceRequest& r) {
  return answering(app::add_resource(ctx, {kind, r.name, r.lanes, r.location_id, std::nullopt}), placed_view);
}
template <ResourceKind kind>
Result<Work<PlacedResourceView>> change_placed(CallContext& ctx, const ChangePlacedResourceRequest& r) {
  return answering(app::change_resource(ctx, {r.id, kind, r.name, r.lanes, std::nullopt, r.active}), placed_view);
}
template <ResourceKind kind>
Result<PlacedResourceView> get_placed(CallContext& ctx, const ResourceIdRequest& r) {
  TRY(resource, app::read_resource(ctx, kind, r.id));
  return placed_view(resource);
}
std::vector<PlacedResourceView> placed_views(CallContext& ctx, ResourceKind kind) {
  std::vector<PlacedResourceView> views;
  for (const Resource& r : app::list_resources(ctx, kind)) views.push_back(placed_view(r));
  return views;
}
Result<ListRoomsResponse> list_rooms(CallContext& ctx, const NoRequest&) {
  return ListRoomsResponse{placed_views(ctx, ResourceKind::room)};
}
Result<ListDevicesResponse> list_devices(CallContext& ctx, const NoRequest&) {
  return ListDevicesResponse{placed_views(ctx, ResourceKind::device)};
}

constexpr Endpoint rows[] = {
    bind_write<CreatePractitioner, create_practitioner>(),
    bind_read<ListPractitioners, list_practitioners>(),
    bind_read<GetPractitioner, get_practitioner>(),
    bind_write<ChangePractitioner, change_practitioner>(),
    bind_write<CreateRoom, create_placed<ResourceKind::room>>(),
    bind_read<ListRooms, list_rooms>(),
    bind_read<GetRoom, get_placed<ResourceKind::room>>(),
    bind_write<ChangeRoom, change_placed<ResourceKind::room>>(),
    bind_write<CreateDevice, create_placed<ResourceKind::device>>(),
    bind_read<ListDevices, list_devices>(),
    bind_read<GetDevice, get_placed<ResourceKind::device>>(),
    bind_write<ChangeDevice, change_placed<ResourceKind::device>>(),
};

}  // namespace

std::span<const Endpoint> resource_endpoints() { return rows; }

}  // namespace sealbook::api
