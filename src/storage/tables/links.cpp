#include "storage/tables/links.hpp"

#include <algorithm>

namespace sealbook::storage {
namespace {

using sql::Statement;

#define LINK_COLUMNS                                                                                 \
  "l.tenant, l.id, l.hash, l.kind, l.patient, l.event, l.appointment, l.invitation, l.service, l.issued, " \
  "l.expires, l.revoked, l.opened, l.offer "

constexpr Statement insert_link{"links.insert",
    "INSERT INTO links (tenant, id, hash, kind, patient, event, appointment, invitation, service, issued, expires, offer) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
// The one look-up before there is a tenant: the instance's number is 0, and every tenant's is above.
constexpr Statement find_standing{"links.find_by_hash",
    "SELECT " LINK_COLUMNS ", x.revoked_before, e.closes, e.links_from, e.state, a.ends, a.status FROM links l "
    "LEFT JOIN link_epochs x ON x.tenant = l.tenant "
    "LEFT JOIN events e ON e.tenant = l.tenant AND e.id = l.event "
    "LEFT JOIN appointments a ON a.tenant = l.tenant AND a.id = l.appointment "
    "WHERE l.hash = $2 AND l.tenant > $1"};
constexpr Statement find_link{"links.find", "SELECT " LINK_COLUMNS "FROM links l WHERE l.tenant = $1 AND l.id = $2"};
constexpr Statement find_of_patient{"links.find_of_patient",
    "SELECT " LINK_COLUMNS "FROM links l WHERE l.tenant = $1 AND l.patient = $2 AND l.revoked IS NULL ORDER BY l.issued DESC"};
constexpr Statement opened_link{"links.opened",
    "UPDATE links SET opened = $3 WHERE tenant = $1 AND id = $2 AND opened IS NULL RETURNING opened"};
constexpr Statement revoke_links_of{"links.revoke_of_patient",
    "UPDATE links SET revoked = $3 WHERE tenant = $1 AND patient = $2 AND revoked IS NULL RETURNING kind"};
constexpr Statement write_epoch{"link_epochs.set",
    "INSERT INTO link_epochs (tenant, revoked_before) VALUES ($1, $2) ON CONFLICT (tenant) DO UPDATE "
    "SET revoked_before = $2 WHERE link_epochs.revoked_before < $2"};
constexpr Statement read_epoch{"link_epochs.get", "SELECT revoked_before FROM link_epochs WHERE tenant = $1"};
constexpr Statement count_of_event{"links.count_of_event",
    "SELECT count(*) FROM links l JOIN events e ON e.tenant = l.tenant AND e.id = l.event WHERE l.tenant = $1 "
    "AND l.event = $2 AND l.revoked IS NULL AND l.issued < $3 AND l.issued >= e.links_from AND l.issued >= $4"};
constexpr Statement count_of_tenant{"links.count_of_tenant",
    "SELECT count(*) FROM links WHERE tenant = $1 AND revoked IS NULL AND issued < $2 AND issued >= $3"};

constexpr Statement insert_code{"link_codes.insert",
    "INSERT INTO link_codes (tenant, id, link, patient, contact, created, expires, tries, used) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0)"};
constexpr Statement newest_code{"link_codes.newest",
    "SELECT id, contact, created, expires, tries, used FROM link_codes WHERE tenant = $1 AND patient = $2 AND link = $3 "
    "ORDER BY created DESC, id LIMIT 1"};
constexpr Statement sent_codes{"link_codes.sent_since",
    "SELECT created FROM link_codes WHERE tenant = $1 AND patient = $2 AND created > $3 ORDER BY created DESC"};
constexpr Statement try_code{"link_codes.try", "UPDATE link_codes SET tries = tries + 1 WHERE tenant = $1 AND id = $2"};
constexpr Statement use_code{"link_codes.use",
    "UPDATE link_codes SET used = 1 WHERE tenant = $1 AND id = $2 AND used = 0 AND expires > $3 AND tries < $4 RETURNING used"};
constexpr Statement void_codes{"link_codes.void_of_patient",
    "UPDATE link_codes SET used = 1 WHERE tenant = $1 AND patient = $2 AND used = 0"};
constexpr Statement drop_codes{"link_codes.remove_of_patient",
    "DELETE FROM link_codes WHERE tenant = $1 AND patient = $2 AND created < $3"};

constexpr Statement insert_device{"link_devices.insert",
    "INSERT INTO link_devices (tenant, hash, patient, created, expires) VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement find_device{"link_devices.find",
    "SELECT patient, created, expires FROM link_devices WHERE tenant = $1 AND hash = $2"};
constexpr Statement remove_device{"link_devices.remove", "DELETE FROM link_devices WHERE tenant = $1 AND hash = $2"};
constexpr Statement remove_devices_of{"link_devices.remove_of_patient",
    "DELETE FROM link_devices WHERE tenant = $1 AND patient = $2"};

constexpr Statement insert_session{"link_sessions.insert",
    "INSERT INTO link_sessions (tenant, hash, link, patient, created, expires) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement find_session{"link_sessions.find",
    "SELECT link, patient, created, expires FROM link_sessions WHERE tenant = $1 AND hash = $2"};
constexpr Statement remove_session{"link_sessions.remove", "DELETE FROM link_sessions WHERE tenant = $1 AND hash = $2"};
constexpr Statement remove_sessions_of{"link_sessions.remove_of_patient",
    "DELETE FROM link_sessions WHERE tenant = $1 AND patient = $2"};
constexpr Statement drop_sessions{"link_sessions.remove_before", "DELETE FROM link_sessions WHERE tenant = $1 AND expires < $2"};

constexpr Statement count_change{"link_changes.count",
    "INSERT INTO link_changes (tenant, appointment, day, changes) VALUES ($1, $2, $3, 1) "
    "ON CONFLICT (tenant, appointment, day) DO UPDATE SET changes = link_changes.changes + 1 "
    "WHERE link_changes.changes < $4 RETURNING changes"};

constexpr Statement spend_nonce{"public_spent.insert",
    "INSERT INTO public_spent (tenant, nonce, expires) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING expires"};
constexpr Statement find_spent{"public_spent.find", "SELECT expires FROM public_spent WHERE tenant = $1 AND nonce = $2"};
constexpr Statement drop_spent{"public_spent.remove_before", "DELETE FROM public_spent WHERE tenant = $1 AND expires < $2"};
constexpr Statement insert_visitor{"public_visitors.insert",
    "INSERT INTO public_visitors (tenant, patient, link, created) VALUES ($1, $2, $3, $4)"};
constexpr Statement find_visitor{"public_visitors.find", "SELECT created FROM public_visitors WHERE tenant = $1 AND patient = $2"};
constexpr Statement link_of_visitor{"links.of_visitor",
    "SELECT patient FROM links WHERE tenant = $1 AND patient = $2 AND kind = 3 LIMIT 1"};
constexpr Statement remove_visitor{"public_visitors.remove", "DELETE FROM public_visitors WHERE tenant = $1 AND patient = $2"};
constexpr Statement stale_visitors{"public_visitors.stale",
    "SELECT v.patient, v.link FROM public_visitors v WHERE v.tenant = $1 AND v.created < $2 AND NOT EXISTS ("
    "SELECT 1 FROM participants p WHERE p.tenant = v.tenant AND p.patient = v.patient) ORDER BY v.patient LIMIT $3"};
constexpr Statement remove_person{"patients.remove_visitor", "DELETE FROM patients WHERE tenant = $1 AND id = $2"};
constexpr Statement remove_link{"links.remove_visitor", "DELETE FROM links WHERE tenant = $1 AND id = $2"};

template <std::size_t N>
std::array<std::uint8_t, N> fixed(ByteView view) {
  std::array<std::uint8_t, N> out{};
  ASSERT(view.size() == N);
  std::ranges::copy(view, out.begin());
  return out;
}

std::optional<Instant> maybe_instant(const sql::Rows& rows, std::size_t i, std::size_t column) {
  return rows.is_null(i, column) ? std::nullopt : std::optional(rows.instant(i, column));
}

LinkRow read_link(const sql::Rows& rows, std::size_t i) {
  LinkRow l;
  l.tenant_no = rows.integer(i, 0);
  l.id = rows.id<LinkId>(i, 1);
  l.hash = fixed<32>(rows.blob(i, 2));
  l.kind = static_cast<LinkKind>(rows.integer(i, 3));
  l.patient = rows.id<PatientId>(i, 4);
  l.event = rows.maybe_id<EventId>(i, 5);
  l.appointment = rows.maybe_id<AppointmentId>(i, 6);
  l.invitation = rows.maybe_id<InvitationId>(i, 7);
  l.service = rows.maybe_id<ServiceId>(i, 8);
  l.issued = rows.instant(i, 9);
  l.expires = maybe_instant(rows, i, 10);
  l.revoked = maybe_instant(rows, i, 11);
  l.opened = maybe_instant(rows, i, 12);
  l.offer = rows.text(i, 13);
  return l;
}

}  // namespace

namespace links {

void insert(Transaction& tx, const LinkRow& l) {
  tx.enqueue(insert_link, l.id, ByteView(l.hash), static_cast<int>(l.kind), l.patient, l.event, l.appointment,
             l.invitation, l.service, l.issued, l.expires, l.offer);
}

std::optional<LinkStanding> find_by_hash(Snapshot& instance, const Hash256& hash) {
  const sql::Rows rows = instance.query(find_standing, ByteView(hash));
  if (rows.empty()) return std::nullopt;
  LinkStanding standing;
  standing.link = read_link(rows, 0);
  if (!rows.is_null(0, 14)) standing.epoch = rows.instant(0, 14);
  const bool open = !rows.is_null(0, 17) && rows.integer(0, 17) == static_cast<int>(events::State::open);
  if (open) standing.closes = rows.instant(0, 15);
  if (!rows.is_null(0, 16)) standing.event_links_from = rows.instant(0, 16);
  if (!rows.is_null(0, 18)) {
    const auto status = static_cast<scheduling::Status>(rows.integer(0, 19));
    if (scheduling::occupies(status) || status == scheduling::Status::cancelled) standing.visit_ends = rows.instant(0, 18);
  }
  return standing;
}

std::optional<LinkRow> find(Snapshot& snapshot, const LinkId& id) {
  const sql::Rows rows = snapshot.query(find_link, id);
  return rows.empty() ? std::nullopt : std::optional(read_link(rows, 0));
}

std::vector<LinkRow> of_patient(Snapshot& snapshot, const PatientId& patient) {
  const sql::Rows rows = snapshot.query(find_of_patient, patient);
  std::vector<LinkRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_link(rows, i));
  return out;
}

bool mark_opened(Transaction& tx, const LinkId& id, Instant at) { return !tx.change(opened_link, id, at).empty(); }

std::int64_t revoke_of_patient(Transaction& tx, const PatientId& patient, Instant at) {
  return static_cast<std::int64_t>(tx.change(revoke_links_of, patient, at).size());
}

void set_epoch(Transaction& tx, Instant before) { tx.enqueue(write_epoch, before); }

Instant epoch(Snapshot& snapshot) {
  const sql::Rows rows = snapshot.query(read_epoch);
  return rows.empty() ? Instant() : rows.instant(0, 0);
}

std::int64_t count_live(Snapshot& snapshot, const std::optional<EventId>& event, Instant issued_before) {
  const Instant since = epoch(snapshot);
  const sql::Rows rows = event ? snapshot.query(count_of_event, *event, issued_before, since)
                               : snapshot.query(count_of_tenant, issued_before, since);
  return rows.integer(0, 0);
}

}  // namespace links

namespace link_codes {

void insert(Transaction& tx, const CodeRow& c) {
  tx.enqueue(insert_code, ByteView(c.id), c.link, c.patient, ByteView(c.contact), c.created, c.expires);
}

std::optional<CodeRow> newest(Snapshot& snapshot, const PatientId& patient, const LinkId& link) {
  const sql::Rows rows = snapshot.query(newest_code, patient, link);
  if (rows.empty()) return std::nullopt;
  return CodeRow{fixed<16>(rows.blob(0, 0)), link, patient, fixed<16>(rows.blob(0, 1)), rows.instant(0, 2),
                 rows.instant(0, 3), rows.integer(0, 4), rows.integer(0, 5) != 0};
}

std::vector<Instant> sent_since(Snapshot& snapshot, const PatientId& patient, Instant since) {
  const sql::Rows rows = snapshot.query(sent_codes, patient, since);
  std::vector<Instant> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.instant(i, 0));
  return out;
}

void count_try(Transaction& tx, const RawId& id) { tx.enqueue(try_code, ByteView(id)); }

bool use(Transaction& tx, const RawId& id, Instant now, std::int64_t most_tries) {
  return !tx.change(use_code, ByteView(id), now, most_tries).empty();
}

void void_of_patient(Transaction& tx, const PatientId& patient) { tx.enqueue(void_codes, patient); }

void remove_of_patient(Transaction& tx, const PatientId& patient, Instant before) {
  tx.enqueue(drop_codes, patient, before);
}

}  // namespace link_codes

namespace link_devices {

void insert(Transaction& tx, const DeviceRow& row) {
  tx.enqueue(insert_device, ByteView(row.hash), row.patient, row.created, row.expires);
}

std::optional<DeviceRow> find(Snapshot& snapshot, const Hash256& hash) {
  const sql::Rows rows = snapshot.query(find_device, ByteView(hash));
  if (rows.empty()) return std::nullopt;
  return DeviceRow{hash, rows.id<PatientId>(0, 0), rows.instant(0, 1), rows.instant(0, 2)};
}

void remove(Transaction& tx, const Hash256& hash) { tx.enqueue(remove_device, ByteView(hash)); }
void remove_of_patient(Transaction& tx, const PatientId& patient) { tx.enqueue(remove_devices_of, patient); }

}  // namespace link_devices

namespace link_sessions {

void insert(Transaction& tx, const LinkSessionRow& row) {
  tx.enqueue(insert_session, ByteView(row.hash), row.link, row.patient, row.created, row.expires);
}

std::optional<LinkSessionRow> find(Snapshot& snapshot, const Hash256& hash) {
  const sql::Rows rows = snapshot.query(find_session, ByteView(hash));
  if (rows.empty()) return std::nullopt;
  return LinkSessionRow{hash, rows.id<LinkId>(0, 0), rows.id<PatientId>(0, 1), rows.instant(0, 2), rows.instant(0, 3)};
}

void remove(Transaction& tx, const Hash256& hash) { tx.enqueue(remove_session, ByteView(hash)); }
void remove_of_patient(Transaction& tx, const PatientId& patient) { tx.enqueue(remove_sessions_of, patient); }
void remove_before(Transaction& tx, Instant before) { tx.enqueue(drop_sessions, before); }

}  // namespace link_sessions

namespace link_changes {
// Ids of people and of visits are random and never the same: one table counts both.
bool count(Transaction& tx, const PatientId& patient, std::int64_t day, std::int64_t most) {
  return !tx.change(count_change, patient, day, most).empty();
}
bool count(Transaction& tx, const AppointmentId& appointment, std::int64_t day, std::int64_t most) {
  return !tx.change(count_change, appointment, day, most).empty();
}
}  // namespace link_changes

namespace public_visitors {

bool is_spent(Snapshot& snapshot, const RawId& nonce) { return !snapshot.query(find_spent, ByteView(nonce)).empty(); }

bool spend(Transaction& tx, const RawId& nonce, Instant expires) {
  return !tx.change(spend_nonce, ByteView(nonce), expires).empty();
}

void insert(Transaction& tx, const LinkId& link, const PatientId& patient, Instant created) {
  tx.enqueue(insert_visitor, patient, link, created);
}

bool is_unproven(Snapshot& snapshot, const PatientId& patient) { return !snapshot.query(find_visitor, patient).empty(); }
void mark_proven(Transaction& tx, const PatientId& patient) { tx.enqueue(remove_visitor, patient); }

std::set<PatientId> registered_themselves(Snapshot& snapshot, std::span<const PatientId> patients) {
  static_assert(static_cast<int>(LinkKind::visitor) == 3);
  std::set<PatientId> out;
  if (patients.empty()) return out;
  std::vector<sql::Connection::Call> calls;
  for (const PatientId& id : patients) calls.push_back({&link_of_visitor, {sql::Value(id)}});
  for (const sql::Rows& rows : snapshot.batch(std::move(calls)))
    if (!rows.empty()) out.insert(rows.id<PatientId>(0, 0));
  return out;
}

std::vector<PatientId> unproven(Snapshot& snapshot, Instant before, std::int64_t most) {
  const sql::Rows rows = snapshot.query(stale_visitors, before, most);
  std::vector<PatientId> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.id<PatientId>(i, 0));
  return out;
}

std::vector<PatientId> forget_before(Transaction& tx, Instant before, std::int64_t most) {
  tx.enqueue(drop_spent, before);
  const sql::Rows rows = tx.query(stale_visitors, before, most);
  std::vector<PatientId> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto patient = rows.id<PatientId>(i, 0);
    tx.enqueue(remove_visitor, patient);
    tx.enqueue(drop_codes, patient, tx.now());
    tx.enqueue(remove_link, rows.id<LinkId>(i, 1));
    tx.enqueue(remove_person, patient);
    out.push_back(patient);
  }
  return out;
}

}  // namespace public_visitors
}  // namespace sealbook::storage
