#include "storage/tables/events.hpp"

#include <algorithm>

namespace sealbook::storage {
namespace {

using sql::Statement;

// A visit that occupies its time (scheduling::occupies).
#define LIVE_STATUS "a.status IN (1, 2, 3, 4, 6, 8)"
#define LIVE_VISITS                                                                                  \
  "FROM event_visits v JOIN appointments a ON a.tenant = v.tenant AND a.id = v.appointment "         \
  "WHERE v.tenant = p.tenant AND v.event = p.event AND v.patient = p.patient AND " LIVE_STATUS
// A visit that its person has booked and then cancelled is an answer as well.
#define GIVEN_BACK                                                                                   \
  "FROM event_visits v JOIN appointments a ON a.tenant = v.tenant AND a.id = v.appointment "         \
  "WHERE v.tenant = p.tenant AND v.event = p.event AND v.patient = p.patient AND a.status = 5 AND a.initiator = 0"
#define EVENT_COLUMNS                                                                                \
  "SELECT id, version, state, audience, created, starts, ends, closes, links_from, visits_per_person, " \
  "change_hours, services, locations, sealed FROM events "
#define PERSON_COLUMNS                                                                               \
  "SELECT p.patient, p.added, p.services, p.invited, p.opened, p.declined, (SELECT count(*) " LIVE_VISITS \
  "), (SELECT count(*) " GIVEN_BACK ") FROM event_people p "
#define COUNTS                                                                                       \
  "SELECT count(*), count(c.invited), count(c.opened), count(*) FILTER (WHERE c.visits > 0), "       \
  "count(c.declined), "                                                                              \
  "count(*) FILTER (WHERE c.invited IS NOT NULL AND c.declined IS NULL AND c.visits = 0 AND c.given_back = 0) FROM "

constexpr Statement insert_event{"events.insert",
    "INSERT INTO events (tenant, id, version, state, audience, created, starts, ends, closes, links_from, "
    "visits_per_person, change_hours, services, locations, sealed) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"};
constexpr Statement replace_event{"events.replace",
    "UPDATE events SET version = $3, state = $4, audience = $5, starts = $6, ends = $7, closes = $8, "
    "visits_per_person = $9, change_hours = $10, services = $11, locations = $12, sealed = $13 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
constexpr Statement find_event{"events.find", EVENT_COLUMNS "WHERE tenant = $1 AND id = $2"};
constexpr Statement list_events{"events.list",
    EVENT_COLUMNS "WHERE tenant = $1 AND (created > $2 OR (created = $2 AND id > $3)) ORDER BY created, id LIMIT $4"};
constexpr Statement revoke_event_links{"events.revoke_links",
    "UPDATE events SET links_from = $3 WHERE tenant = $1 AND id = $2 AND links_from < $3"};

constexpr Statement add_person{"event_people.add",
    "INSERT INTO event_people (tenant, event, patient, added, services) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT DO NOTHING RETURNING added"};
constexpr Statement find_person{"event_people.find",
    PERSON_COLUMNS "WHERE p.tenant = $1 AND p.event = $2 AND p.patient = $3"};
constexpr Statement list_people{"event_people.list",
    PERSON_COLUMNS "WHERE p.tenant = $1 AND p.event = $2 AND p.patient > $3 ORDER BY p.patient LIMIT $4"};
constexpr Statement invited_person{"event_people.invited",
    "UPDATE event_people SET invited = $4 WHERE tenant = $1 AND event = $2 AND patient = $3 AND invited IS NULL"};
constexpr Statement opened_person{"event_people.opened",
    "UPDATE event_people SET opened = $4 WHERE tenant = $1 AND event = $2 AND patient = $3 AND opened IS NULL"};
constexpr Statement declined_person{"event_people.declined",
    "UPDATE event_people SET declined = $4 WHERE tenant = $1 AND event = $2 AND patient = $3"};
constexpr Statement count_people{"event_people.count",
    COUNTS "(SELECT p.invited, p.opened, p.declined, (SELECT count(*) " LIVE_VISITS ") AS visits, "
    "(SELECT count(*) " GIVEN_BACK ") AS given_back FROM event_people p WHERE p.tenant = $1 AND p.event = $2) AS c"};
constexpr Statement count_invited{"event_people.count_invited",
    COUNTS "(SELECT p.invited, p.opened, p.declined, (SELECT count(*) " LIVE_VISITS ") AS visits, "
    "(SELECT count(*) " GIVEN_BACK ") AS given_back FROM event_people p JOIN invitation_people i ON i.tenant = p.tenant AND i.patient = p.patient "
    "WHERE p.tenant = $1 AND p.event = $2 AND i.invitation = $3) AS c"};

constexpr Statement drop_ended{"event_visits.drop_ended",
    "DELETE FROM event_visits WHERE tenant = $1 AND event = $2 AND patient = $3 AND NOT EXISTS ("
    "SELECT 1 FROM appointments a WHERE a.tenant = event_visits.tenant AND a.id = event_visits.appointment AND "
    LIVE_STATUS ")"};
constexpr Statement drop_past{"event_visits.drop_past",
    "DELETE FROM event_visits WHERE tenant = $1 AND event = $2 AND patient = $3 AND NOT EXISTS ("
    "SELECT 1 FROM appointments a WHERE a.tenant = event_visits.tenant AND a.id = event_visits.appointment AND "
    "a.ends > $4 AND " LIVE_STATUS ")"};
constexpr Statement take_place{"event_visits.take",
    "INSERT INTO event_visits (tenant, event, patient, place, appointment) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT DO NOTHING RETURNING place"};
constexpr Statement event_of_visit{"event_visits.event_of",
    "SELECT p.event FROM event_people p JOIN event_visits v ON v.tenant = p.tenant AND v.event = p.event AND "
    "v.patient = p.patient WHERE p.tenant = $1 AND p.patient = $2 AND v.appointment = $3"};
constexpr Statement live_visits{"event_visits.live",
    "SELECT v.appointment FROM event_visits v JOIN appointments a ON a.tenant = v.tenant AND a.id = v.appointment "
    "WHERE v.tenant = $1 AND v.event = $2 AND v.patient = $3 AND " LIVE_STATUS " ORDER BY a.starts, a.id"};

constexpr Statement insert_invitation{"invitations.insert",
    "INSERT INTO invitations (tenant, id, event, account, again, total, created) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement find_invitation{"invitations.find",
    "SELECT event, account, again, total, created FROM invitations WHERE tenant = $1 AND id = $2"};
// Of the ledger of messages: what waits in the outbox or to be tried again, what left, what came back.
constexpr Statement count_messages{"invitations.messages",
    "SELECT (SELECT count(*) FROM outbox o WHERE o.tenant = $1 AND o.invitation = $2) + "
    "count(*) FILTER (WHERE m.state = 0), count(*) FILTER (WHERE m.state IN (1, 4)), "
    "count(*) FILTER (WHERE m.state = 4) FROM messages m WHERE m.tenant = $1 AND m.invitation = $2"};
constexpr Statement insert_invited{"invitation_people.insert",
    "INSERT INTO invitation_people (tenant, invitation, patient) VALUES ($1, $2, $3)"};

template <class IdType>
Bytes run_of(std::span<const IdType> ids) {
  Bytes out;
  for (const IdType& id : ids) append(out, id.bytes());
  return out;
}
template <class IdType>
std::vector<IdType> ids_of(ByteView run) {
  std::vector<IdType> out;
  for (; run.size() >= 16; run = run.subspan(16)) out.push_back(IdType::from_bytes(run.first(16)));
  return out;
}

std::optional<Instant> maybe_instant(const sql::Rows& rows, std::size_t i, std::size_t column) {
  return rows.is_null(i, column) ? std::nullopt : std::optional(rows.instant(i, column));
}

EventRow read_event(const sql::Rows& rows, std::size_t i) {
  EventRow row;
  events::Event& e = row.value;
  e.id = rows.id<EventId>(i, 0);
  e.version = rows.integer(i, 1);
  e.state = static_cast<events::State>(rows.integer(i, 2));
  e.audience = static_cast<events::Audience>(rows.integer(i, 3));
  e.created = rows.instant(i, 4);
  e.dates = {rows.instant(i, 5), rows.instant(i, 6)};
  e.closes = rows.instant(i, 7);
  row.links_from = rows.instant(i, 8);
  e.visits_per_person = static_cast<std::int32_t>(rows.integer(i, 9));
  e.change_hours = static_cast<std::int32_t>(rows.integer(i, 10));
  e.services = ids_of<ServiceId>(rows.blob(i, 11));
  e.locations = ids_of<LocationId>(rows.blob(i, 12));
  row.sealed.assign(rows.blob(i, 13).begin(), rows.blob(i, 13).end());
  return row;
}

ParticipantRow read_person(const sql::Rows& rows, std::size_t i) {
  return {rows.id<PatientId>(i, 0), rows.instant(i, 1), ids_of<ServiceId>(rows.blob(i, 2)), maybe_instant(rows, i, 3),
          maybe_instant(rows, i, 4), maybe_instant(rows, i, 5), rows.integer(i, 6), rows.integer(i, 7)};
}

int number(auto enumerator) { return static_cast<int>(enumerator); }

}  // namespace

ParticipantState ParticipantRow::state() const {
  if (visits > 0) return ParticipantState::booked;
  if (declined) return ParticipantState::declined;
  if (opened) return ParticipantState::opened;
  return invited ? ParticipantState::invited : ParticipantState::listed;
}

bool ParticipantRow::silent() const { return invited && !declined && visits == 0 && given_back == 0; }

namespace event_table {

void insert(Transaction& tx, const EventRow& row) {
  const events::Event& e = row.value;
  tx.enqueue(insert_event, e.id, e.version, number(e.state), number(e.audience), e.created, e.dates.starts,
             e.dates.ends, e.closes, row.links_from, static_cast<int>(e.visits_per_person),
             static_cast<int>(e.change_hours), run_of<ServiceId>(e.services), run_of<LocationId>(e.locations), row.sealed);
}

bool replace(Transaction& tx, const EventRow& row) {
  const events::Event& e = row.value;
  return !tx.change(replace_event, e.id, e.version, number(e.state), number(e.audience), e.dates.starts, e.dates.ends,
                    e.closes, static_cast<int>(e.visits_per_person), static_cast<int>(e.change_hours),
                    run_of<ServiceId>(e.services), run_of<LocationId>(e.locations), row.sealed).empty();
}

std::optional<EventRow> find(Snapshot& snapshot, const EventId& id) {
  const sql::Rows rows = snapshot.query(find_event, id);
  return rows.empty() ? std::nullopt : std::optional(read_event(rows, 0));
}

std::vector<EventRow> list(Snapshot& snapshot, const std::optional<std::pair<Instant, EventId>>& after,
                           std::int64_t limit) {
  const auto [at, id] = after.value_or(std::pair{Instant::from_micros(-1), EventId()});
  const sql::Rows rows = snapshot.query(list_events, at, id, limit);
  std::vector<EventRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_event(rows, i));
  return out;
}

void revoke_links(Transaction& tx, const EventId& id, Instant before) { tx.enqueue(revoke_event_links, id, before); }

}  // namespace event_table

namespace event_people {

bool add(Transaction& tx, const EventId& event, const PatientId& patient, std::span<const ServiceId> services) {
  return !tx.change(add_person, event, patient, tx.now(), run_of(services)).empty();
}

std::optional<ParticipantRow> find(Snapshot& snapshot, const EventId& event, const PatientId& patient) {
  const sql::Rows rows = snapshot.query(find_person, event, patient);
  return rows.empty() ? std::nullopt : std::optional(read_person(rows, 0));
}

std::vector<ParticipantRow> list(Snapshot& snapshot, const EventId& event, const PatientId& after, std::int64_t limit) {
  const sql::Rows rows = snapshot.query(list_people, event, after, limit);
  std::vector<ParticipantRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_person(rows, i));
  return out;
}

void mark_invited(Transaction& tx, const EventId& event, const PatientId& patient, Instant at) {
  tx.enqueue(invited_person, event, patient, at);
}
void mark_opened(Transaction& tx, const EventId& event, const PatientId& patient, Instant at) {
  tx.enqueue(opened_person, event, patient, at);
}
void mark_declined(Transaction& tx, const EventId& event, const PatientId& patient, std::optional<Instant> at) {
  tx.enqueue(declined_person, event, patient, at);
}

EventCounts count(Snapshot& snapshot, const EventId& event, const std::optional<InvitationId>& invitation) {
  const sql::Rows rows = invitation ? snapshot.query(count_invited, event, *invitation) : snapshot.query(count_people, event);
  return {rows.integer(0, 0), rows.integer(0, 1), rows.integer(0, 2),
          rows.integer(0, 3), rows.integer(0, 4), rows.integer(0, 5)};
}

}  // namespace event_people

namespace event_visits {

namespace {

bool take_lowest(Transaction& tx, const EventId& event, const PatientId& patient, const AppointmentId& appointment,
                 std::int64_t most) {
  for (std::int64_t place = 0; place < most; ++place)
    if (!tx.change(take_place, event, patient, place, appointment).empty()) return true;
  return false;
}

}  // namespace

bool take(Transaction& tx, const EventId& event, const PatientId& patient, const AppointmentId& appointment,
          std::int64_t most) {
  tx.enqueue(drop_ended, event, patient);
  return take_lowest(tx, event, patient, appointment, most);
}

bool take_of_mailbox(Transaction& tx, const Mailbox& mailbox, const AppointmentId& appointment, std::int64_t most) {
  const auto event = EventId::from_raw(mailbox);
  const auto patient = PatientId::from_raw(mailbox);
  tx.enqueue(drop_past, event, patient, tx.now());
  return take_lowest(tx, event, patient, appointment, most);
}

std::optional<EventId> event_of(Snapshot& snapshot, const PatientId& patient, const AppointmentId& appointment) {
  const sql::Rows rows = snapshot.query(event_of_visit, patient, appointment);
  return rows.empty() ? std::nullopt : std::optional(rows.id<EventId>(0, 0));
}

std::vector<AppointmentId> live(Snapshot& snapshot, const EventId& event, const PatientId& patient) {
  const sql::Rows rows = snapshot.query(live_visits, event, patient);
  std::vector<AppointmentId> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.id<AppointmentId>(i, 0));
  return out;
}

}  // namespace event_visits

namespace invitations {

void insert(Transaction& tx, const InvitationRow& row) {
  tx.enqueue(insert_invitation, row.id, row.event, row.account, row.again, row.total, row.created);
}

std::optional<InvitationRow> find(Snapshot& snapshot, const InvitationId& id) {
  const sql::Rows rows = snapshot.query(find_invitation, id);
  if (rows.empty()) return std::nullopt;
  return InvitationRow{id, rows.id<EventId>(0, 0), rows.id<AccountId>(0, 1), rows.integer(0, 2) != 0,
                       rows.integer(0, 3), rows.instant(0, 4)};
}

void add_person(Transaction& tx, const InvitationId& id, const PatientId& patient) {
  tx.enqueue(insert_invited, id, patient);
}

InvitationMessages count_mails(Snapshot& snapshot, const InvitationId& id) {
  const sql::Rows rows = snapshot.query(count_messages, id);
  return {rows.integer(0, 0), rows.integer(0, 1), rows.integer(0, 2)};
}

}  // namespace invitations
}  // namespace sealbook::storage
