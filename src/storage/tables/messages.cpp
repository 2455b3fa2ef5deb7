#include "storage/tables/messages.hpp"

#include <algorithm>

#include "domain/scheduling/appointment.hpp"

namespace sealbook::storage::ledger {
namespace {

using sql::Statement;

#define MESSAGE_COLUMNS                                                                            \
  "id, state, reason, purpose, channel, patient, appointment, version, link, event, invitation, " \
  "rule, told, due, claimed, changed, attempts, unsure, next_try, lease, contact, level, locale " \
  "FROM messages "

constexpr Statement insert_row{"messages.insert",
    "INSERT INTO messages (tenant, id, state, reason, purpose, channel, patient, appointment, version, link, event, "
    "invitation, rule, told, due, claimed, changed, attempts, unsure, next_try, lease) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17, 0, $18, $19) "
    "ON CONFLICT DO NOTHING RETURNING state"};
constexpr Statement find_row{"messages.find", "SELECT " MESSAGE_COLUMNS "WHERE tenant = $1 AND id = $2"};
constexpr Statement select_known{"messages.known", "SELECT 1 FROM messages WHERE tenant = $1 AND id = $2"};
constexpr Statement select_to_try{"messages.to_try",
    "SELECT " MESSAGE_COLUMNS
    "WHERE tenant = $1 AND state = 0 AND next_try <= $2 AND lease <= $3 ORDER BY next_try LIMIT $4"};
constexpr Statement lease_row{"messages.lease",
    "UPDATE messages SET attempts = attempts + 1, unsure = unsure + $3, lease = $4 "
    "WHERE tenant = $1 AND id = $2 AND state = 0 AND attempts = $5 RETURNING attempts"};
constexpr Statement settle_row{"messages.settle",
    "UPDATE messages SET state = $3, reason = $4, changed = $5, next_try = $6, lease = 0, contact = $7, level = $8, "
    "locale = $9 WHERE tenant = $1 AND id = $2 AND state = 0"};
constexpr Statement bounce_row{"messages.bounce",
    "UPDATE messages SET state = 4, reason = $3, changed = $4 WHERE tenant = $1 AND id = $2 AND state IN (0, 1) "
    "RETURNING state"};
constexpr Statement select_visit{"messages.visit_state",
    "SELECT a.announced, a.status, a.starts, a.location, a.practitioner, a.zone, "
    "a.announced_at, a.created, "
    "(SELECT m.told FROM messages m WHERE m.tenant = a.tenant AND m.appointment = a.id AND m.purpose IN (3, 4, 5) "
    "AND m.state IN (0, 1, 4) ORDER BY m.version DESC LIMIT 1) "
    "FROM appointments a WHERE a.tenant = $1 AND a.id = $2"};
constexpr Statement select_reminded{"messages.reminded_visits",
    "SELECT a.id, p.patient, a.service, a.announced, a.announced_at, a.starts, a.zone FROM appointments a "
    "JOIN participants p ON p.tenant = a.tenant AND p.appointment = a.id AND p.kind = 1 "
    "WHERE a.tenant = $1 AND a.starts >= $2 AND a.starts < $3 AND a.status = $4"};
constexpr Statement select_unconfirmed{"messages.unconfirmed_visits",
    "SELECT a.id, p.patient, a.service, a.announced, a.announced_at, a.starts, a.zone FROM appointments a "
    "JOIN participants p ON p.tenant = a.tenant AND p.appointment = a.id AND p.kind = 1 "
    "WHERE a.tenant = $1 AND a.starts >= $2 AND a.starts < $3 AND a.status = $4 AND a.patient_status = 0 "
    "AND EXISTS (SELECT 1 FROM messages m WHERE m.tenant = a.tenant AND m.appointment = a.id AND m.purpose = 6 "
    "AND m.state = 1)"};
constexpr Statement list_of_patient{"messages.list_of_patient",
    "SELECT " MESSAGE_COLUMNS "WHERE tenant = $1 AND patient = $2 ORDER BY claimed DESC, id LIMIT $3"};
constexpr Statement list_of_appointment{"messages.list_of_appointment",
    "SELECT " MESSAGE_COLUMNS "WHERE tenant = $1 AND appointment = $2 ORDER BY claimed DESC, id LIMIT $3"};
constexpr Statement count_rows{"messages.count",
    "SELECT state, COUNT(*), CAST(COALESCE(SUM(unsure), 0) AS BIGINT) FROM messages WHERE tenant = $1 GROUP BY state"};

int number(auto enumerator) { return static_cast<int>(enumerator); }
constexpr auto booked = static_cast<int>(scheduling::Status::booked);

MessageRow read_row(const sql::Rows& rows, std::size_t i) {
  MessageRow m;
  m.id = rows.id<MessageId>(i, 0);
  m.state = static_cast<messages::MessageState>(rows.integer(i, 1));
  m.reason = static_cast<messages::Refusal>(rows.integer(i, 2));
  m.purpose = static_cast<messages::Purpose>(rows.integer(i, 3));
  m.channel = static_cast<messages::Channel>(rows.integer(i, 4));
  m.patient = rows.id<PatientId>(i, 5);
  m.appointment = rows.maybe_id<AppointmentId>(i, 6);
  m.version = rows.integer(i, 7);
  m.link = rows.maybe_id<LinkId>(i, 8);
  m.event = rows.maybe_id<EventId>(i, 9);
  m.invitation = rows.maybe_id<InvitationId>(i, 10);
  m.rule = rows.integer(i, 11);
  m.told = rows.integer(i, 12);
  m.due = rows.instant(i, 13);
  m.claimed = rows.instant(i, 14);
  m.changed = rows.instant(i, 15);
  m.attempts = rows.integer(i, 16);
  m.unsure = rows.integer(i, 17);
  m.next_try = rows.instant(i, 18);
  m.lease = rows.instant(i, 19);
  if (!rows.is_null(i, 20) && rows.blob(i, 20).size() == 16) {
    m.contact.emplace();
    std::ranges::copy(rows.blob(i, 20), m.contact->begin());
  }
  if (!rows.is_null(i, 21)) m.level = static_cast<messages::DetailLevel>(rows.integer(i, 21));
  if (!rows.is_null(i, 22)) m.locale = static_cast<messages::Locale>(rows.integer(i, 22));
  return m;
}

std::vector<MessageRow> read_rows(const sql::Rows& rows) {
  std::vector<MessageRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i));
  return out;
}

std::vector<RemindedVisit> read_visits(const sql::Rows& rows) {
  std::vector<RemindedVisit> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({rows.id<AppointmentId>(i, 0), rows.id<PatientId>(i, 1), rows.id<ServiceId>(i, 2), rows.integer(i, 3),
                   rows.instant(i, 4), rows.instant(i, 5), std::string(rows.text(i, 6))});
  return out;
}

}  // namespace

std::vector<bool> insert(Transaction& tx, const std::vector<MessageRow>& rows) {
  std::vector<sql::Connection::Call> calls;
  for (const MessageRow& m : rows)
    calls.push_back({&insert_row, {m.id, number(m.state), number(m.reason), number(m.purpose), number(m.channel),
                                   m.patient, m.appointment, m.version, m.link, m.event, m.invitation, m.rule, m.told,
                                   m.due, m.claimed, m.attempts, m.next_try, m.lease}});
  std::vector<bool> made;
  for (const sql::Rows& answer : tx.change_batch(std::move(calls))) made.push_back(!answer.empty());
  return made;
}

std::optional<MessageRow> find(Snapshot& snapshot, const MessageId& id) {
  const sql::Rows rows = snapshot.query(find_row, id);
  return rows.empty() ? std::nullopt : std::optional(read_row(rows, 0));
}

std::vector<bool> known(Snapshot& snapshot, const std::vector<MessageId>& ids) {
  std::vector<sql::Connection::Call> calls;
  for (const MessageId& id : ids) calls.push_back({&select_known, {id}});
  std::vector<bool> out;
  for (const sql::Rows& answer : snapshot.batch(std::move(calls))) out.push_back(!answer.empty());
  return out;
}

std::vector<MessageRow> to_try(Snapshot& snapshot, Instant now, Leases leases, std::int64_t limit) {
  constexpr Instant never_ends = Instant::from_micros(INT64_MAX);
  return read_rows(snapshot.query(select_to_try, now, leases == Leases::respected ? now : never_ends, limit));
}

bool lease_again(Transaction& tx, const MessageRow& row, Instant until, bool is_unsure) {
  return !tx.change(lease_row, row.id, is_unsure ? 1 : 0, until, row.attempts).empty();
}

void settle(Transaction& tx, const MessageRow& m) {
  const auto contact = m.contact ? std::optional(ByteView(*m.contact)) : std::nullopt;
  const auto level = m.level ? std::optional(number(*m.level)) : std::nullopt;
  const auto locale = m.locale ? std::optional(number(*m.locale)) : std::nullopt;
  tx.enqueue(settle_row, m.id, number(m.state), number(m.reason), m.changed, m.next_try, contact, level, locale);
}

bool bounce(Transaction& tx, const MessageId& id, messages::Refusal reason, Instant now) {
  return !tx.change(bounce_row, id, number(reason), now).empty();
}

std::vector<std::optional<VisitState>> visit_states(Snapshot& snapshot, const std::vector<AppointmentId>& ids) {
  std::vector<sql::Connection::Call> calls;
  for (const AppointmentId& id : ids) calls.push_back({&select_visit, {id}});
  std::vector<std::optional<VisitState>> out;
  for (const sql::Rows& rows : snapshot.batch(std::move(calls))) {
    if (rows.empty()) {
      out.emplace_back();
      continue;
    }
    VisitState v{rows.integer(0, 0), rows.integer(0, 1), rows.instant(0, 2), rows.id<LocationId>(0, 3),
                 rows.maybe_id<ResourceId>(0, 4), std::string(rows.text(0, 5)),
                 rows.instant(0, 6), rows.instant(0, 7), std::nullopt};
    if (!rows.is_null(0, 8)) v.told = rows.integer(0, 8);
    out.emplace_back(std::move(v));
  }
  return out;
}

std::vector<RemindedVisit> reminded_visits(Snapshot& snapshot, Instant from, Instant to) {
  return read_visits(snapshot.query(select_reminded, from, to, booked));
}

std::vector<RemindedVisit> unconfirmed_visits(Snapshot& snapshot, Instant from, Instant to) {
  return read_visits(snapshot.query(select_unconfirmed, from, to, booked));
}

std::vector<MessageRow> list(Snapshot& snapshot, const Page& page) {
  if (page.appointment) return read_rows(snapshot.query(list_of_appointment, *page.appointment, page.limit));
  return read_rows(snapshot.query(list_of_patient, page.patient.value_or(PatientId()), page.limit));
}

Counts count(Snapshot& snapshot) {
  Counts counts;
  const sql::Rows rows = snapshot.query(count_rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    using S = messages::MessageState;
    const auto state = static_cast<S>(rows.integer(i, 0));
    counts.unsure += rows.integer(i, 2);
    if (state == S::claimed) counts.waiting += rows.integer(i, 1);
    else if (state == S::handed_over) counts.handed_over += rows.integer(i, 1);
    else counts.stopped += rows.integer(i, 1);
  }
  return counts;
}

}  // namespace sealbook::storage::ledger
