#include "storage/tables/appointments.hpp"

namespace sealbook::storage {
namespace {

using sql::Statement;

#define APPOINTMENT_COLUMNS                                                                        \
  "a.id, a.status, a.version, a.service, a.service_version, a.location, a.practitioner, p.patient, " \
  "a.patient_status, a.starts, a.ends, a.claimed_from, a.claimed_until, a.wall_minutes, a.zone, "  \
  "a.tzdata, a.reason, a.initiator, a.flags, a.created, a.resources, a.sealed, a.announced, "        \
  "a.announced_at "                                                                                \
  "FROM appointments a JOIN participants p ON p.tenant = a.tenant AND p.appointment = a.id AND p.kind = 1 "

constexpr Statement insert_appointment{"appointments.insert",
    "INSERT INTO appointments (tenant, id, status, version, service, service_version, location, practitioner, "
    "patient_status, starts, ends, claimed_from, claimed_until, wall_minutes, zone, tzdata, reason, initiator, "
    "flags, created, resources, sealed, announced, announced_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, "
    "$23, $24)"};
constexpr Statement insert_participant{"participants.insert",
    "INSERT INTO participants (tenant, patient, appointment, kind) VALUES ($1, $2, $3, 1)"};
constexpr Statement find_appointment{"appointments.find",
    "SELECT " APPOINTMENT_COLUMNS "WHERE a.tenant = $1 AND a.id = $2"};
constexpr Statement replace_appointment{"appointments.replace",
    "UPDATE appointments SET status = $3, version = $4, service_version = $5, location = $6, practitioner = $7, "
    "patient_status = $8, starts = $9, ends = $10, claimed_from = $11, claimed_until = $12, wall_minutes = $13, "
    "zone = $14, tzdata = $15, reason = $16, initiator = $17, flags = $18, resources = $19, sealed = $20, "
    "announced = $21, announced_at = $22 "
    "WHERE tenant = $1 AND id = $2 AND version = $4 - 1 RETURNING version"};
constexpr Statement list_all{"appointments.list",
    "SELECT " APPOINTMENT_COLUMNS
    "WHERE a.tenant = $1 AND a.starts >= $2 AND a.starts < $3 AND (a.starts > $4 OR (a.starts = $4 AND a.id > $5)) "
    "ORDER BY a.starts, a.id LIMIT $6"};
constexpr Statement list_of_practitioner{"appointments.list_of_practitioner",
    "SELECT " APPOINTMENT_COLUMNS
    "WHERE a.tenant = $1 AND a.starts >= $2 AND a.starts < $3 AND (a.starts > $4 OR (a.starts = $4 AND a.id > $5)) "
    "AND a.practitioner = $7 ORDER BY a.starts, a.id LIMIT $6"};
constexpr Statement list_of_location{"appointments.list_of_location",
    "SELECT " APPOINTMENT_COLUMNS
    "WHERE a.tenant = $1 AND a.starts >= $2 AND a.starts < $3 AND (a.starts > $4 OR (a.starts = $4 AND a.id > $5)) "
    "AND a.location = $7 ORDER BY a.starts, a.id LIMIT $6"};
constexpr Statement list_of_both{"appointments.list_of_both",
    "SELECT " APPOINTMENT_COLUMNS
    "WHERE a.tenant = $1 AND a.starts >= $2 AND a.starts < $3 AND (a.starts > $4 OR (a.starts = $4 AND a.id > $5)) "
    "AND a.practitioner = $7 AND a.location = $8 ORDER BY a.starts, a.id LIMIT $6"};
constexpr Statement list_of_patient{"appointments.list_of_patient",
    "SELECT " APPOINTMENT_COLUMNS
    "WHERE a.tenant = $1 AND a.starts >= $2 AND a.starts < $3 AND (a.starts > $4 OR (a.starts = $4 AND a.id > $5)) "
    "AND p.patient = $7 ORDER BY a.starts, a.id LIMIT $6"};

constexpr Statement revision_of_all{"appointments.revision",
    "SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM appointments "
    "WHERE tenant = $1 AND starts >= $2 AND starts < $3"};
constexpr Statement revision_of_practitioner{"appointments.revision_of_practitioner",
    "SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM appointments "
    "WHERE tenant = $1 AND starts >= $2 AND starts < $3 AND practitioner = $4"};

constexpr Statement insert_hold{"holds.insert",
    "INSERT INTO holds (tenant, id, account, expires, claimed_from, claimed_until, resources) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement find_hold{"holds.find",
    "SELECT account, expires, claimed_from, claimed_until, resources FROM holds WHERE tenant = $1 AND id = $2"};
constexpr Statement remove_hold{"holds.remove", "DELETE FROM holds WHERE tenant = $1 AND id = $2"};

Bytes copy(ByteView view) { return Bytes(view.begin(), view.end()); }

AppointmentRow read_row(const sql::Rows& rows, std::size_t i) {
  AppointmentRow a;
  a.id = rows.id<AppointmentId>(i, 0);
  a.status = static_cast<scheduling::Status>(rows.integer(i, 1));
  a.version = rows.integer(i, 2);
  a.service = rows.id<ServiceId>(i, 3);
  a.service_version = rows.integer(i, 4);
  a.location = rows.id<LocationId>(i, 5);
  a.practitioner = rows.maybe_id<ResourceId>(i, 6);
  a.patient = rows.id<PatientId>(i, 7);
  a.patient_status = static_cast<PatientStatus>(rows.integer(i, 8));
  a.when = {rows.instant(i, 9), rows.instant(i, 10)};
  a.claimed = {rows.instant(i, 11), rows.instant(i, 12)};
  a.wall_minutes = rows.integer(i, 13);
  a.zone = rows.text(i, 14);
  a.tzdata = rows.text(i, 15);
  a.reason = rows.integer(i, 16);
  a.initiator = rows.integer(i, 17);
  a.flags = rows.integer(i, 18);
  a.created = rows.instant(i, 19);
  a.claims = copy(rows.blob(i, 20));
  if (!rows.is_null(i, 21)) a.sealed = copy(rows.blob(i, 21));
  a.announced = rows.integer(i, 22);
  a.announced_at = rows.instant(i, 23);
  return a;
}

int number(auto enumerator) { return static_cast<int>(enumerator); }

}  // namespace

namespace appointments {

void insert(Transaction& tx, const AppointmentRow& a) {
  tx.enqueue(insert_appointment, a.id, number(a.status), a.version, a.service, a.service_version, a.location,
             a.practitioner, number(a.patient_status), a.when.starts, a.when.ends, a.claimed.starts, a.claimed.ends,
             a.wall_minutes, a.zone, a.tzdata, a.reason, a.initiator, a.flags, a.created, a.claims, a.sealed,
             a.announced, a.announced_at);
  tx.enqueue(insert_participant, a.patient, a.id);
}

std::optional<AppointmentRow> find(Snapshot& snapshot, const AppointmentId& id) {
  const sql::Rows rows = snapshot.query(find_appointment, id);
  return rows.empty() ? std::nullopt : std::optional(read_row(rows, 0));
}

bool replace(Transaction& tx, const AppointmentRow& a) {
  return !tx.change(replace_appointment, a.id, number(a.status), a.version, a.service_version, a.location,
                    a.practitioner, number(a.patient_status), a.when.starts, a.when.ends, a.claimed.starts,
                    a.claimed.ends, a.wall_minutes, a.zone, a.tzdata, a.reason, a.initiator, a.flags, a.claims,
                    a.sealed, a.announced, a.announced_at).empty();
}

std::vector<AppointmentRow> list(Snapshot& snapshot, const Page& page) {
  const Instant after = page.after ? page.after->first : Instant::from_micros(-1);
  const AppointmentId after_id = page.after ? page.after->second : AppointmentId();
  const auto rows = [&]() -> sql::Rows {
    if (page.patient)
      return snapshot.query(list_of_patient, page.from, page.to, after, after_id, page.limit, *page.patient);
    if (page.practitioner && page.location)
      return snapshot.query(list_of_both, page.from, page.to, after, after_id, page.limit, *page.practitioner,
                            *page.location);
    if (page.practitioner)
      return snapshot.query(list_of_practitioner, page.from, page.to, after, after_id, page.limit, *page.practitioner);
    if (page.location)
      return snapshot.query(list_of_location, page.from, page.to, after, after_id, page.limit, *page.location);
    return snapshot.query(list_all, page.from, page.to, after, after_id, page.limit);
  }();
  std::vector<AppointmentRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i));
  return out;
}

Revision revision(Snapshot& snapshot, Instant from, Instant to, const std::optional<ResourceId>& practitioner) {
  const sql::Rows rows = practitioner ? snapshot.query(revision_of_practitioner, from, to, *practitioner)
                                      : snapshot.query(revision_of_all, from, to);
  return {rows.integer(0, 0), rows.integer(0, 1)};
}

}  // namespace appointments

namespace holds {

void insert(Transaction& tx, const HoldRow& row) {
  tx.enqueue(insert_hold, row.id, row.account, row.expires, row.claimed.starts, row.claimed.ends, row.claims);
}

std::optional<HoldRow> find(Snapshot& snapshot, const HoldId& id) {
  const sql::Rows rows = snapshot.query(find_hold, id);
  if (rows.empty()) return std::nullopt;
  return HoldRow{id, rows.id<AccountId>(0, 0), rows.instant(0, 1), {rows.instant(0, 2), rows.instant(0, 3)},
                 copy(rows.blob(0, 4))};
}

void remove(Transaction& tx, const HoldId& id) { tx.enqueue(remove_hold, id); }

}  // namespace holds

}  // namespace sealbook::storage
