#include "storage/tables/tasks.hpp"

namespace sealbook::storage::tasks {
namespace {

using sql::Statement;

#define TASK_COLUMNS                                                                        \
  "id, version, kind, state, patient, appointment, message, reason, due, opened, changed, " \
  "attempts, outcome, owner, sealed FROM tasks "

constexpr Statement insert_row{"tasks.insert",
    "INSERT INTO tasks (tenant, id, version, kind, state, patient, appointment, message, reason, due, opened, changed, "
    "attempts, outcome, owner, sealed) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
    "ON CONFLICT DO NOTHING RETURNING version"};
constexpr Statement find_row{"tasks.find", "SELECT " TASK_COLUMNS "WHERE tenant = $1 AND id = $2"};
constexpr Statement replace_row{"tasks.replace",
    "UPDATE tasks SET version = $3, state = $4, due = $5, changed = $6, attempts = $7, outcome = $8, owner = $9, "
    "sealed = $10 WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
// A filter that is not wanted compares with itself; -1 and sixteen zero bytes stand for "any".
constexpr Statement list_rows{"tasks.list",
    "SELECT " TASK_COLUMNS
    "WHERE tenant = $1 AND state = $2 AND (due > $3 OR (due = $3 AND id > $4)) "
    "AND ($5 < 0 OR kind = $5) AND ($6 = $7 OR patient = $6) AND ($8 = $7 OR owner = $8) "
    "ORDER BY due, id LIMIT $9",
    "SELECT " TASK_COLUMNS
    "WHERE tenant = $1 AND state = $2 AND (due > $3 OR (due = $3 AND id > $4)) "
    "AND ($5::bigint < 0 OR kind = $5) AND ($6::bytea = $7::bytea OR patient = $6) "
    "AND ($8::bytea = $7::bytea OR owner = $8) ORDER BY due, id LIMIT $9"};

// scheduling::occupies, as in events.cpp.
constexpr Statement list_silent{"tasks.silent_people",
    "SELECT p.event, p.patient FROM event_people p JOIN events e ON e.tenant = p.tenant AND e.id = p.event "
    "WHERE p.tenant = $1 AND (p.event > $6 OR (p.event = $6 AND p.patient > $7)) "
    "AND e.state = 1 AND e.ends > $2 AND p.invited IS NOT NULL AND p.declined IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM event_visits v JOIN appointments a ON a.tenant = v.tenant AND a.id = v.appointment "
    "WHERE v.tenant = p.tenant AND v.event = p.event AND v.patient = p.patient "
    "AND (a.status IN (1, 2, 3, 4, 6, 8) OR (a.status = 5 AND a.initiator = 0))) "
    "AND ((e.closes <= $5 AND p.invited <= $4) OR EXISTS (SELECT 1 FROM invitations i JOIN invitation_people ip "
    "ON ip.tenant = i.tenant AND ip.invitation = i.id WHERE i.tenant = p.tenant AND i.event = p.event "
    "AND i.again = 1 AND i.created <= $3 AND ip.patient = p.patient)) ORDER BY p.event, p.patient LIMIT $8"};

TaskRow read_row(const sql::Rows& rows, std::size_t i) {
  TaskRow t;
  t.id = rows.id<TaskId>(i, 0);
  t.version = rows.integer(i, 1);
  t.kind = static_cast<TaskKind>(rows.integer(i, 2));
  t.state = static_cast<TaskState>(rows.integer(i, 3));
  t.patient = rows.id<PatientId>(i, 4);
  t.appointment = rows.maybe_id<AppointmentId>(i, 5);
  t.message = rows.maybe_id<MessageId>(i, 6);
  t.reason = rows.integer(i, 7);
  t.due = rows.instant(i, 8);
  t.opened = rows.instant(i, 9);
  t.changed = rows.instant(i, 10);
  t.attempts = rows.integer(i, 11);
  t.outcome = static_cast<TaskOutcome>(rows.integer(i, 12));
  t.owner = rows.maybe_id<AccountId>(i, 13);
  if (!rows.is_null(i, 14)) t.sealed = Bytes(rows.blob(i, 14).begin(), rows.blob(i, 14).end());
  return t;
}

int number(auto enumerator) { return static_cast<int>(enumerator); }

}  // namespace

bool insert(Transaction& tx, const TaskRow& t) {
  return !tx.change(insert_row, t.id, t.version, number(t.kind), number(t.state), t.patient, t.appointment, t.message,
                    t.reason, t.due, t.opened, t.changed, t.attempts, number(t.outcome), t.owner, t.sealed).empty();
}

std::optional<TaskRow> find(Snapshot& snapshot, const TaskId& id) {
  const sql::Rows rows = snapshot.query(find_row, id);
  return rows.empty() ? std::nullopt : std::optional(read_row(rows, 0));
}

bool replace(Transaction& tx, const TaskRow& t) {
  return !tx.change(replace_row, t.id, t.version, number(t.state), t.due, t.changed, t.attempts, number(t.outcome),
                    t.owner, t.sealed).empty();
}

std::vector<TaskRow> list(Snapshot& snapshot, const Page& page) {
  std::vector<TaskRow> out;
  const Instant after = page.after ? page.after->first : Instant::from_micros(-1);
  const TaskId after_id = page.after ? page.after->second : TaskId();
  const sql::Rows rows =
      snapshot.query(list_rows, number(page.state), after, after_id, page.kind ? number(*page.kind) : -1,
                     page.patient.value_or(PatientId()), PatientId(), page.owner.value_or(AccountId()), page.limit);
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i));
  return out;
}

std::vector<SilentPerson> silent_people(Snapshot& snapshot, const Silence& w) {
  const sql::Rows rows = snapshot.query(list_silent, snapshot.now(), w.reminded, w.invited, w.closes, w.after.event,
                                        w.after.patient, w.limit);
  std::vector<SilentPerson> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back({rows.id<EventId>(i, 0), rows.id<PatientId>(i, 1)});
  return out;
}

}  // namespace sealbook::storage::tasks
