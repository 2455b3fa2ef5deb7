#include "api/v1/locations.hpp"

#include "api/v1/answering.hpp"
#include "app/directory/departments.hpp"
#include "app/directory/locations.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

LocationView view(const Location& l) {
  return {l.id, l.version, l.name, std::string(l.zone.id()), l.state == ActiveState::active};
}
DepartmentView department_view(const Department& d) { return {d.id, d.version, d.name, d.location}; }

Result<Work<LocationView>> create(CallContext& ctx, const CreateLocationRequest& r) {
  return answering(app::add_location(ctx, {r.name, r.time_zone}), view);
}
Result<Work<LocationView>> change(CallContext& ctx, const ChangeLocationRequest& r) {
  return answering(app::change_location(ctx, {r.id, r.name, r.time_zone, r.active}), view);
}
Result<LocationView> get(CallContext& ctx, const LocationIdRequest& r) {
  TRY(location, app::read_location(ctx, r.id));
  return view(location);
}
Result<ListLocationsResponse> list(CallContext& ctx, const NoRequest&) {
  ListLocationsResponse response;
  for (const Location& location : app::list_locations(ctx)) response.locations.push_back(view(location));
  return response;
}

Result<Work<DepartmentView>> create_department(CallContext& ctx, const CreateDepartmentRequest& r) {
  return answering(app::add_department(ctx, {r.name, r.location_id}), department_view);
}
Result<ListDepartmentsResponse> list_departments(CallContext& ctx, const NoRequest&) {
  ListDepartmentsResponse response;
  for (const Department& d : app::list_departments(ctx)) response.departments.push_back(department_view(d));
  return response;
}

constexpr Endpoint rows[] = {
    bind_write<CreateLocation, create>(), bind_read<ListLocations, list>(),
    bind_read<GetLocation, get>(),        bind_write<ChangeLocation, change>(),
    bind_write<CreateDepartment, create_department>(), bind_read<ListDepartments, list_departments>(),
};

}  // namespace

std::span<const Endpoint> location_endpoints() { return rows; }

}  // namespace sealbook::api
