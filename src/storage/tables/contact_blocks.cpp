#include "storage/tables/contact_blocks.hpp"

#include <algorithm>
#include <map>

namespace sealbook::storage::contact_blocks {
namespace {

using sql::Statement;

constexpr Statement insert_row{"contact_blocks.insert",
    "INSERT INTO contact_blocks (tenant, patient, contact, channel, reason, blocked, at, account, message) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Statement select_patient{"contact_blocks.of_patient",
    "SELECT contact, channel, reason, blocked, at, account, message FROM contact_blocks "
    "WHERE tenant = $1 AND patient = $2 ORDER BY seq"};
// By a holder (no account, a message) or by staff who take such a word back.
constexpr Statement select_disowned{"contact_blocks.disowned",
    "SELECT contact, channel, reason, blocked, at, account, message, patient FROM contact_blocks "
    "WHERE tenant = $1 AND reason = 2 AND (blocked = 0 OR (account IS NULL AND message IS NOT NULL)) ORDER BY seq"};

ContactBlockRow read_row(const sql::Rows& rows, std::size_t i, const PatientId& patient) {
  ContactBlockRow b;
  b.patient = patient;
  if (rows.blob(i, 0).size() == b.contact.size()) std::ranges::copy(rows.blob(i, 0), b.contact.begin());
  b.channel = static_cast<messages::Channel>(rows.integer(i, 1));
  b.reason = static_cast<BlockReason>(rows.integer(i, 2));
  b.blocked = rows.integer(i, 3) != 0;
  b.at = rows.instant(i, 4);
  b.account = rows.maybe_id<AccountId>(i, 5);
  b.message = rows.maybe_id<MessageId>(i, 6);
  return b;
}

}  // namespace

void insert(Transaction& tx, const ContactBlockRow& b) {
  tx.enqueue(insert_row, b.patient, ByteView(b.contact), static_cast<int>(b.channel), static_cast<int>(b.reason),
             b.blocked, b.at, b.account, b.message);
}

std::vector<ContactBlockRow> of_patient(Snapshot& snapshot, const PatientId& patient) {
  std::vector<ContactBlockRow> out;
  const sql::Rows rows = snapshot.query(select_patient, patient);
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i, patient));
  return out;
}

std::vector<ContactBlockRow> disowned(Snapshot& snapshot) {
  std::map<ContactIndex, ContactBlockRow> newest;
  const sql::Rows rows = snapshot.query(select_disowned);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ContactBlockRow row = read_row(rows, i, rows.id<PatientId>(i, 7));
    if (row.blocked) newest.insert_or_assign(row.contact, row);
    else newest.erase(row.contact);
  }
  std::vector<ContactBlockRow> out;
  for (auto& [contact, row] : newest) out.push_back(row);
  return out;
}

std::vector<ContactBlockRow> against(Snapshot& snapshot, const PatientId& patient) {
  auto rows = of_patient(snapshot, patient);
  for (const ContactBlockRow& row : disowned(snapshot)) rows.push_back(row);
  return rows;
}

}  // namespace sealbook::storage::contact_blocks
