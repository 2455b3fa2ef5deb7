#include "storage/tables/contact_blocks.hpp"

#include <algorithm>

namespace sealbook::storage::contact_blocks {
namespace {

using sql::Statement;

constexpr Statement insert_row{"contact_blocks.insert",
    "INSERT INTO contact_blocks (tenant, patient, contact, channel, reason, blocked, at, account, message) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Statement select_patient{"contact_blocks.of_patient",
    "SELECT contact, channel, reason, blocked, at, account, message FROM contact_blocks "
    "WHERE tenant = $1 AND patient = $2 ORDER BY seq"};

}  // namespace

void insert(Transaction& tx, const ContactBlockRow& b) {
  tx.enqueue(insert_row, b.patient, ByteView(b.contact), static_cast<int>(b.channel), static_cast<int>(b.reason),
             b.blocked, b.at, b.account, b.message);
}

std::vector<ContactBlockRow> of_patient(Snapshot& snapshot, const PatientId& patient) {
  std::vector<ContactBlockRow> out;
  const sql::Rows rows = snapshot.query(select_patient, patient);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ContactBlockRow b;
    b.patient = patient;
    if (rows.blob(i, 0).size() == b.contact.size()) std::ranges::copy(rows.blob(i, 0), b.contact.begin());
    b.channel = static_cast<messages::Channel>(rows.integer(i, 1));
    b.reason = static_cast<BlockReason>(rows.integer(i, 2));
    b.blocked = rows.integer(i, 3) != 0;
    b.at = rows.instant(i, 4);
    b.account = rows.maybe_id<AccountId>(i, 5);
    b.message = rows.maybe_id<MessageId>(i, 6);
    out.push_back(b);
  }
  return out;
}

}  // namespace sealbook::storage::contact_blocks
