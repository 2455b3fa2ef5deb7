#include "storage/tables/outbox.hpp"

namespace sealbook::storage::outbox {
namespace {

using sql::Statement;

constexpr Statement insert_row{"outbox.insert",
    "INSERT INTO outbox (tenant, due, purpose, patient, appointment, version, link, event, invitation) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Statement select_due{"outbox.due",
    "SELECT seq, due, purpose, patient, appointment, version, link, event, invitation FROM outbox "
    "WHERE tenant = $1 AND due <= $2 ORDER BY seq LIMIT $3"};
constexpr Statement delete_row{"outbox.remove", "DELETE FROM outbox WHERE tenant = $1 AND seq = $2"};
constexpr Statement count_rows{"outbox.count", "SELECT COUNT(*) FROM outbox WHERE tenant = $1"};

}  // namespace

void insert(Transaction& tx, const OutboxRow& row) {
  tx.enqueue(insert_row, row.due, static_cast<int>(row.purpose), row.patient, row.appointment, row.version, row.link,
             row.event, row.invitation);
}

std::vector<OutboxRow> due(Snapshot& snapshot, Instant now, std::int64_t limit) {
  std::vector<OutboxRow> out;
  const sql::Rows rows = snapshot.query(select_due, now, limit);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    OutboxRow row;
    row.seq = rows.integer(i, 0);
    row.due = rows.instant(i, 1);
    row.purpose = static_cast<messages::Purpose>(rows.integer(i, 2));
    row.patient = rows.id<PatientId>(i, 3);
    row.appointment = rows.maybe_id<AppointmentId>(i, 4);
    row.version = rows.integer(i, 5);
    row.link = rows.maybe_id<LinkId>(i, 6);
    row.event = rows.maybe_id<EventId>(i, 7);
    row.invitation = rows.maybe_id<InvitationId>(i, 8);
    out.push_back(row);
  }
  return out;
}

void remove(Transaction& tx, std::int64_t seq) { tx.enqueue(delete_row, seq); }

std::int64_t count(Snapshot& snapshot) { return snapshot.query(count_rows).integer(0, 0); }

}  // namespace sealbook::storage::outbox
