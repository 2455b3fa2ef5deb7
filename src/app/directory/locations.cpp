#include "app/directory/locations.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "base/random.hpp"

namespace sealbook::app {
namespace {

Result<TimeZone> zone_named(const std::string& name) {
  auto zone = TimeZone::named(name);
  if (!zone) return fail(invalid_field("/time_zone", "format", "This must be a time zone such as Europe/Berlin."));
  return *zone;
}

void keep_after_commit(storage::Transaction& tx, const std::shared_ptr<Tenant>& tenant, const Location& location) {
  tx.after_commit([tenant, location] {
    tenant->change([&](Organisation& o) { o.locations.insert_or_assign(location.id, location); });
  });
}

}  // namespace

Result<Work<Location>> add_location(CallContext& ctx, const AddLocation& command) {
  ENSURE(ensure_whole_directory(ctx));
  TRY(zone, zone_named(command.time_zone));
  const Location location{new_id<LocationId>(), 1, command.name, zone, ActiveState::active};
  note_change(ctx, AuditAction::location_created, audit::ResourceKind::location, location.id.raw(), 0, 1);
  auto sealed = seal_name(ctx, "locations", location.id.bytes(), 1, location.name);
  return Work<Location>([tenant = ctx.tenant, location, sealed = std::move(sealed)](storage::Transaction& tx) {
    storage::locations::insert(tx, location, sealed);
    keep_after_commit(tx, tenant, location);
    return Result<Location>(location);
  });
}

Result<Work<Location>> change_location(CallContext& ctx, const ChangeLocation& command) {
  ENSURE(ensure_whole_directory(ctx));
  const auto organisation = ctx.tenant->organisation();
  const Location* before = organisation->find_location(command.id);
  if (before == nullptr) return unknown_row("location");
  ENSURE(check_if_match(ctx, before->version));
  ENSURE(ensure_changes_something({command.name.has_value(), command.time_zone.has_value(), command.active.has_value()}));
  Location location = *before;
  if (command.name) location.name = *command.name;
  if (command.time_zone) {
    TRY(zone, zone_named(*command.time_zone));
    location.zone = zone;
  }
  if (command.active) location.state = *command.active ? ActiveState::active : ActiveState::inactive;
  ++location.version;
  const bool closes = before->state == ActiveState::active && location.state == ActiveState::inactive;
  note_change(ctx, closes ? AuditAction::location_closed : AuditAction::location_changed, audit::ResourceKind::location,
              location.id.raw(), before->version, location.version);
  auto sealed = seal_name(ctx, "locations", location.id.bytes(), location.version, location.name);
  return Work<Location>([tenant = ctx.tenant, location, sealed = std::move(sealed),
                         named = ctx.if_match.has_value()](storage::Transaction& tx) -> Result<Location> {
    if (!storage::locations::replace(tx, location, sealed)) return moved_on(named);
    keep_after_commit(tx, tenant, location);
    return location;
  });
}

Result<Location> read_location(const CallContext& ctx, const LocationId& id) {
  const auto organisation = ctx.tenant->organisation();
  const Location* location = organisation->find_location(id);
  if (location == nullptr || !shows(ctx, location->state)) return unknown_row("location");
  return *location;
}

std::vector<Location> list_locations(const CallContext& ctx) {
  std::vector<Location> out;
  const auto organisation = ctx.tenant->organisation();
  for (const auto& [id, location] : organisation->locations)
    if (shows(ctx, location.state)) out.push_back(location);
  std::ranges::sort(out, {}, [](const Location& l) { return std::tie(l.name, l.id); });
  return out;
}

}  // namespace sealbook::app
