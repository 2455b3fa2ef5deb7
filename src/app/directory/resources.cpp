#include "app/directory/resources.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/tasks/displaced.hpp"
#include "base/random.hpp"

namespace sealbook::app {
namespace {

constexpr Micros farthest_visit = std::chrono::hours(24 * 800);

struct Actions {
  audit::ResourceKind kind;
  AuditAction created, changed, closed;
};

Actions actions_of(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::practitioner:
      return {audit::ResourceKind::practitioner, AuditAction::practitioner_created, AuditAction::practitioner_changed,
              AuditAction::practitioner_closed};
    case ResourceKind::room:
      return {audit::ResourceKind::room, AuditAction::room_created, AuditAction::room_changed, AuditAction::room_closed};
    case ResourceKind::device:
      return {audit::ResourceKind::device, AuditAction::device_created, AuditAction::device_changed,
              AuditAction::device_closed};
  }
  std::unreachable();
}

Result<void> ensure_department(const Organisation& organisation, const std::optional<DepartmentId>& id) {
  if (id && !organisation.departments.contains(*id)) return unknown_member("/department_id", "department");
  return {};
}

void keep_after_commit(storage::Transaction& tx, const std::shared_ptr<Tenant>& tenant, const Resource& resource) {
  tx.after_commit([tenant, resource] {
    tenant->change([&](Organisation& o) { o.resources.insert_or_assign(resource.id, resource); });
  });
}

}  // namespace

Result<Work<Resource>> add_resource(CallContext& ctx, const AddResource& command) {
  ENSURE(ensure_whole_directory(ctx));
  const auto organisation = ctx.tenant->organisation();
  if (command.location && organisation->find_location(*command.location) == nullptr)
    return unknown_member("/location_id", "location");
  ENSURE(ensure_department(*organisation, command.department));
  Resource resource;
  resource.id = new_id<ResourceId>();
  resource.kind = command.kind;
  resource.name = command.name;
  resource.lanes = command.lanes;
  resource.department = command.department;
  if (command.location) resource.locations.push_back(*command.location);
  const Actions actions = actions_of(command.kind);
  note_change(ctx, actions.created, actions.kind, resource.id.raw(), 0, 1);
  auto sealed = seal_name(ctx, "resources", resource.id.bytes(), 1, resource.name);
  return Work<Resource>([tenant = ctx.tenant, resource, sealed = std::move(sealed)](storage::Transaction& tx) {
    storage::resources::insert(tx, resource, sealed);
    keep_after_commit(tx, tenant, resource);
    return Result<Resource>(resource);
  });
}

Result<Work<Resource>> change_resource(CallContext& ctx, const ChangeResource& command) {
  ENSURE(ensure_whole_directory(ctx));
  const auto organisation = ctx.tenant->organisation();
  const Resource* before = organisation->find_resource(command.id);
  if (before == nullptr || before->kind != command.kind) return unknown_row(to_text(command.kind));
  ENSURE(check_if_match(ctx, before->version));
  ENSURE(ensure_changes_something({command.name.has_value(), command.lanes.has_value(), command.department.has_value(),
                                   command.active.has_value()}));
  ENSURE(ensure_department(*organisation, command.department));
  Resource resource = *before;
  if (command.name) resource.name = *command.name;
  if (command.lanes) resource.lanes = *command.lanes;
  if (command.department) resource.department = command.department;
  if (command.active) resource.state = *command.active ? ActiveState::active : ActiveState::inactive;
  ++resource.version;
  const Actions actions = actions_of(command.kind);
  const bool closes = before->state == ActiveState::active && resource.state == ActiveState::inactive;
  note_change(ctx, closes ? actions.closed : actions.changed, actions.kind, resource.id.raw(), before->version,
              resource.version);
  auto sealed = seal_name(ctx, "resources", resource.id.bytes(), resource.version, resource.name);
  return Work<Resource>([tenant = ctx.tenant, resource, sealed = std::move(sealed),
                         closes, named = ctx.if_match.has_value()](storage::Transaction& tx) -> Result<Resource> {
    if (!storage::resources::replace(tx, resource, sealed)) return moved_on(named);
    // Its visits stand, and each needs somebody or something else.
    if (closes)
      tasks::open_displaced(tx, {{tx.now(), tx.now() + farthest_visit}, std::nullopt, resource.id, {}});
    keep_after_commit(tx, tenant, resource);
    return resource;
  });
}

Result<Resource> read_resource(const CallContext& ctx, ResourceKind kind, const ResourceId& id) {
  const auto organisation = ctx.tenant->organisation();
  const Resource* resource = organisation->find_resource(id);
  if (resource == nullptr || resource->kind != kind || !shows(ctx, resource->state)) return unknown_row(to_text(kind));
  return *resource;
}

std::vector<Resource> list_resources(const CallContext& ctx, ResourceKind kind) {
  std::vector<Resource> out;
  const auto organisation = ctx.tenant->organisation();
  for (const auto& [id, resource] : organisation->resources)
    if (resource.kind == kind && shows(ctx, resource.state)) out.push_back(resource);
  std::ranges::sort(out, {}, [](const Resource& r) { return std::tie(r.name, r.id); });
  return out;
}

}  // namespace sealbook::app
