// The outbox: what is to be told to whom, and from when on. A row is written in the transaction of
// its cause and goes when the ledger (tables/messages.hpp) takes it up. Append-only, without a
// random key: one lean insert per booking (DECISIONS 19).
#pragma once

#include <optional>
#include <vector>

#include "domain/messages/message.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct OutboxRow {
  std::int64_t seq = 0;  // set when read
  Instant due;
  messages::Purpose purpose = messages::Purpose::confirmation;
  PatientId patient;
  std::optional<AppointmentId> appointment;
  std::int64_t version = 0;  // of the appointment; of a code: its number on the link
  std::optional<LinkId> link;
  std::optional<EventId> event;
  std::optional<InvitationId> invitation;
};

namespace outbox {

void insert(Transaction& tx, const OutboxRow& row);
// Rows that are due, oldest first.
std::vector<OutboxRow> due(Snapshot& snapshot, Instant now, std::int64_t limit);
void remove(Transaction& tx, std::int64_t seq);
std::int64_t count(Snapshot& snapshot);

}  // namespace outbox
}  // namespace sealbook::storage
