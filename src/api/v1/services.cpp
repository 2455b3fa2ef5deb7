#include "api/v1/services.hpp"

#include "api/v1/answering.hpp"
#include "app/directory/services.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
using scheduling::Buffers;
using scheduling::Requirement;

ServiceView view(const app::ServiceEntry& entry) {
  const scheduling::Service& s = entry.rules;
  ServiceView v;
  v.id = s.id;
  v.version = s.version;
  v.name = s.name;
  if (!entry.description.empty()) v.description = entry.description;
  v.duration_minutes = s.duration.count();
  v.buffer_before_minutes = s.buffer_before.count();
  v.buffer_after_minutes = s.buffer_after.count();
  v.notice_minutes = s.min_notice.count();
  v.horizon_days = s.horizon_days;
  v.grid_minutes = s.grid.count();
  v.audience = entry.for_everyone   ? ServiceAudience::everyone
               : entry.for_patients ? ServiceAudience::patients
                                    : ServiceAudience::staff;
  for (const Requirement& need : s.needs)
    v.needs.push_back({need.kind, need.pool, need.buffers == Buffers::bind, need.listing});
  v.location_ids = s.locations;
  v.active = entry.active;
  return v;
}

std::vector<Requirement> requirements(const std::vector<ServiceNeed>& needs) {
  std::vector<Requirement> out;
  for (const ServiceNeed& need : needs)
    out.push_back({need.kind, need.pool, need.buffers ? Buffers::bind : Buffers::ignore, need.listing});
  return out;
}

std::optional<Minutes> minutes(const std::optional<std::int64_t>& count) {
  return count ? std::optional(Minutes(*count)) : std::nullopt;
}

Result<Work<ServiceView>> create(CallContext& ctx, const CreateServiceRequest& r) {
  app::AddService command;
  command.rules.name = r.name;
  command.rules.duration = Minutes(r.duration_minutes);
  command.rules.buffer_before = Minutes(r.buffer_before_minutes);
  command.rules.buffer_after = Minutes(r.buffer_after_minutes);
  command.rules.min_notice = Minutes(r.notice_minutes);
  command.rules.horizon_days = r.horizon_days;
  command.rules.grid = Minutes(r.grid_minutes);
  command.rules.needs = requirements(r.needs);
  command.rules.locations = r.location_ids;
  command.description = r.description.value_or("");
  command.for_patients = r.audience != ServiceAudience::staff;
  command.for_everyone = r.audience == ServiceAudience::everyone;
  return answering(app::add_service(ctx, command), view);
}

Result<Work<ServiceView>> change(CallContext& ctx, const ChangeServiceRequest& r) {
  app::ChangeService command;
  command.id = r.id;
  command.name = r.name;
  command.description = r.description;
  command.duration = minutes(r.duration_minutes);
  command.buffer_before = minutes(r.buffer_before_minutes);
  command.buffer_after = minutes(r.buffer_after_minutes);
  command.min_notice = minutes(r.notice_minutes);
  command.grid = minutes(r.grid_minutes);
  command.horizon_days = r.horizon_days;
  if (r.audience) {
    command.for_patients = *r.audience != ServiceAudience::staff;
    command.for_everyone = *r.audience == ServiceAudience::everyone;
  }
  command.active = r.active;
  if (r.needs) command.needs = requirements(*r.needs);
  command.locations = r.location_ids;
  return answering(app::change_service(ctx, command), view);
}

Result<ServiceView> get(CallContext& ctx, const ServiceIdRequest& r) {
  TRY(entry, app::read_service(ctx, r.id));
  return view(entry);
}

Result<ListServicesResponse> list(CallContext& ctx, const NoRequest&) {
  ListServicesResponse response;
  for (const app::ServiceEntry& entry : app::list_services(ctx)) response.services.push_back(view(entry));
  return response;
}

constexpr Endpoint rows[] = {bind_write<CreateService, create>(), bind_read<ListServices, list>(),
                             bind_read<GetService, get>(), bind_write<ChangeService, change>()};

}  // namespace

std::span<const Endpoint> service_endpoints() { return rows; }

}  // namespace sealbook::api
