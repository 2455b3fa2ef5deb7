#include "storage/tables/directory.hpp"

#include "storage/rules_codec.hpp"

namespace sealbook::storage {
namespace {

using sql::Statement;

std::optional<LocationId> unless_nil(const LocationId& id) { return id.is_nil() ? std::nullopt : std::optional(id); }
std::optional<ResourceId> unless_nil(const ResourceId& id) { return id.is_nil() ? std::nullopt : std::optional(id); }

ActiveState state_of(bool active) { return active ? ActiveState::active : ActiveState::inactive; }

constexpr Statement insert_location{"locations.insert",
    "INSERT INTO locations (tenant, id, version, active, zone, sealed) VALUES ($1, $2, $3, 1, $4, $5)"};
constexpr Statement replace_location{"locations.replace",
    "UPDATE locations SET version = $3, active = $4, zone = $5, sealed = $6 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
constexpr Statement all_locations{"locations.all",
    "SELECT id, version, active, zone, sealed FROM locations WHERE tenant = $1 ORDER BY id"};

constexpr Statement insert_department{"departments.insert",
    "INSERT INTO departments (tenant, id, version, active, location, sealed) VALUES ($1, $2, $3, 1, $4, $5)"};
constexpr Statement all_departments{"departments.all",
    "SELECT id, version, active, location, sealed FROM departments WHERE tenant = $1 ORDER BY id"};

constexpr Statement insert_resource{"resources.insert",
    "INSERT INTO resources (tenant, id, version, active, kind, lanes, department, locations, sealed) "
    "VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8)"};
constexpr Statement replace_resource{"resources.replace",
    "UPDATE resources SET version = $3, active = $4, lanes = $5, department = $6, locations = $7, sealed = $8 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
constexpr Statement all_resources{"resources.all",
    "SELECT id, version, active, kind, lanes, department, locations, sealed FROM resources "
    "WHERE tenant = $1 ORDER BY id"};

constexpr Statement insert_service{"services.insert",
    "INSERT INTO services (tenant, id, version, active, position, audience, rules, sealed) "
    "VALUES ($1, $2, $3, 1, $4, $5, $6, $7)"};
constexpr Statement replace_service{"services.replace",
    "UPDATE services SET version = $3, active = $4, audience = $5, rules = $6, sealed = $7 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
constexpr Statement all_services{"services.all",
    "SELECT id, version, active, position, audience, rules, sealed FROM services WHERE tenant = $1 ORDER BY position, id"};

constexpr Statement insert_schedule{"schedules.insert",
    "INSERT INTO schedules (tenant, id, version, active, resource, location, hours) "
    "VALUES ($1, $2, $3, 1, $4, $5, $6)"};
constexpr Statement replace_schedule{"schedules.replace",
    "UPDATE schedules SET version = $3, active = $4, hours = $5 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
constexpr Statement all_schedules{"schedules.all",
    "SELECT id, version, active, resource, location, hours FROM schedules WHERE tenant = $1 ORDER BY id"};

constexpr Statement insert_closure{"closures.insert",
    "INSERT INTO closures (tenant, id, version, active, location, resource, starts, ends, sealed) "
    "VALUES ($1, $2, 1, 1, $3, $4, $5, $6, $7)"};
constexpr Statement remove_closure{"closures.remove",
    "UPDATE closures SET active = 0, version = version + 1 "
    "WHERE tenant = $1 AND id = $2 AND active = 1 RETURNING version"};
constexpr Statement all_closures{"closures.all",
    "SELECT id, version, active, location, resource, starts, ends, sealed FROM closures WHERE tenant = $1 ORDER BY id"};

std::int64_t number(std::uint32_t v) { return v; }

}  // namespace

namespace locations {

void insert(Transaction& tx, const Location& l, ByteView sealed) {
  tx.enqueue(insert_location, l.id, number(l.version), l.zone.id(), sealed);
}

bool replace(Transaction& tx, const Location& l, ByteView sealed) {
  return !tx.change(replace_location, l.id, number(l.version), l.state == ActiveState::active, l.zone.id(), sealed)
              .empty();
}

std::vector<Row<Location>> all(Snapshot& snapshot) {
  std::vector<Row<Location>> out;
  const sql::Rows rows = snapshot.query(all_locations);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row<Location> row;
    row.version = static_cast<std::uint32_t>(rows.integer(i, 1));
    row.active = rows.integer(i, 2) != 0;
    auto zone = TimeZone::named(rows.text(i, 3));
    ASSERT(zone.has_value());  // checked when it was stored; tzdata never drops an id
    row.value = {rows.id<LocationId>(i, 0), row.version, {}, *zone, state_of(row.active)};
    row.sealed = Bytes(rows.blob(i, 4).begin(), rows.blob(i, 4).end());
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace locations

namespace departments {

void insert(Transaction& tx, const Department& d, ByteView sealed) {
  tx.enqueue(insert_department, d.id, number(d.version), d.location, sealed);
}

std::vector<Row<Department>> all(Snapshot& snapshot) {
  std::vector<Row<Department>> out;
  const sql::Rows rows = snapshot.query(all_departments);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row<Department> row;
    row.version = static_cast<std::uint32_t>(rows.integer(i, 1));
    row.active = rows.integer(i, 2) != 0;
    row.value = {rows.id<DepartmentId>(i, 0), row.version, {}, rows.id<LocationId>(i, 3), state_of(row.active)};
    row.sealed = Bytes(rows.blob(i, 4).begin(), rows.blob(i, 4).end());
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace departments

namespace resources {

void insert(Transaction& tx, const Resource& r, ByteView sealed) {
  tx.enqueue(insert_resource, r.id, number(r.version), static_cast<int>(r.kind), static_cast<int>(r.lanes),
             r.department, encode_ids(r.locations), sealed);
}

bool replace(Transaction& tx, const Resource& r, ByteView sealed) {
  return !tx.change(replace_resource, r.id, number(r.version), r.state == ActiveState::active,
                    static_cast<int>(r.lanes), r.department, encode_ids(r.locations), sealed).empty();
}

std::vector<Row<Resource>> all(Snapshot& snapshot) {
  std::vector<Row<Resource>> out;
  const sql::Rows rows = snapshot.query(all_resources);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row<Resource> row;
    row.version = static_cast<std::uint32_t>(rows.integer(i, 1));
    row.active = rows.integer(i, 2) != 0;
    Resource& r = row.value;
    r.id = rows.id<ResourceId>(i, 0);
    r.version = row.version;
    r.kind = static_cast<ResourceKind>(rows.integer(i, 3));
    r.lanes = static_cast<std::uint8_t>(rows.integer(i, 4));
    r.department = rows.maybe_id<DepartmentId>(i, 5);
    r.locations = decode_ids<LocationId>(rows.blob(i, 6));
    r.state = state_of(row.active);
    row.sealed = Bytes(rows.blob(i, 7).begin(), rows.blob(i, 7).end());
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace resources

namespace services {
namespace {

// Stored: 0 staff, 1 patients as well, 2 everyone.
int audience_number(const ServiceRow& row) { return row.for_everyone ? 2 : row.for_patients ? 1 : 0; }

}  // namespace

void insert(Transaction& tx, const ServiceRow& row) {
  tx.enqueue(insert_service, row.value.id, number(row.value.version), row.position, audience_number(row),
             encode_rules(row.value), row.sealed);
}

bool replace(Transaction& tx, const ServiceRow& row) {
  return !tx.change(replace_service, row.value.id, number(row.value.version), row.active, audience_number(row),
                    encode_rules(row.value), row.sealed).empty();
}

Result<std::vector<ServiceRow>> all(Snapshot& snapshot) {
  std::vector<ServiceRow> out;
  const sql::Rows rows = snapshot.query(all_services);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ServiceRow row;
    row.value.id = rows.id<ServiceId>(i, 0);
    row.value.version = static_cast<std::uint32_t>(rows.integer(i, 1));
    row.active = rows.integer(i, 2) != 0;
    row.position = rows.integer(i, 3);
    row.for_patients = rows.integer(i, 4) != 0;
    row.for_everyone = rows.integer(i, 4) == 2;
    ENSURE(decode_rules(rows.blob(i, 5), row.value));
    row.sealed = Bytes(rows.blob(i, 6).begin(), rows.blob(i, 6).end());
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace services

namespace schedules {

void insert(Transaction& tx, const scheduling::Schedule& s) {
  tx.enqueue(insert_schedule, s.id, number(s.version), unless_nil(s.resource), s.location, encode_hours(s));
}

bool replace(Transaction& tx, const scheduling::Schedule& s, bool active) {
  return !tx.change(replace_schedule, s.id, number(s.version), active, encode_hours(s)).empty();
}

Result<std::vector<Row<scheduling::Schedule>>> all(Snapshot& snapshot) {
  std::vector<Row<scheduling::Schedule>> out;
  const sql::Rows rows = snapshot.query(all_schedules);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row<scheduling::Schedule> row;
    row.value.id = rows.id<ScheduleId>(i, 0);
    row.version = static_cast<std::uint32_t>(rows.integer(i, 1));
    row.value.version = row.version;
    row.active = rows.integer(i, 2) != 0;
    row.value.resource = rows.maybe_id<ResourceId>(i, 3).value_or(ResourceId());
    row.value.location = rows.id<LocationId>(i, 4);
    ENSURE(decode_hours(rows.blob(i, 5), row.value));
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace schedules

namespace closures {

void insert(Transaction& tx, const scheduling::Closure& c, ByteView sealed) {
  tx.enqueue(insert_closure, c.id, unless_nil(c.location), unless_nil(c.resource), c.when.starts, c.when.ends, sealed);
}

bool remove(Transaction& tx, const ClosureId& id) { return !tx.change(remove_closure, id).empty(); }

std::vector<Row<scheduling::Closure>> all(Snapshot& snapshot) {
  std::vector<Row<scheduling::Closure>> out;
  const sql::Rows rows = snapshot.query(all_closures);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row<scheduling::Closure> row;
    row.version = static_cast<std::uint32_t>(rows.integer(i, 1));
    row.active = rows.integer(i, 2) != 0;
    row.value = {rows.id<ClosureId>(i, 0), {rows.instant(i, 5), rows.instant(i, 6)},
                 rows.maybe_id<LocationId>(i, 3).value_or(LocationId()),
                 rows.maybe_id<ResourceId>(i, 4).value_or(ResourceId())};
    row.sealed = Bytes(rows.blob(i, 7).begin(), rows.blob(i, 7).end());
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace closures

}  // namespace sealbook::storage
