// The ledger of what people want no more, and of addresses that do not reach them: append-only. The
// newest row of a person, address and reason says how it is; a row of one person never stops the
// messages of another who has the same address, but for one: whoever reads the mail of an address and
// says that they are not that person binds the address, until staff say that it reaches somebody.
#pragma once

#include <optional>
#include <vector>

#include "domain/messages/ledger.hpp"
#include "domain/messages/message.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

using messages::BlockReason;
using ContactIndex = std::array<std::uint8_t, 16>;  // a blind index of an address

struct ContactBlockRow {
  PatientId patient;
  ContactIndex contact{};
  messages::Channel channel = messages::Channel::email;
  BlockReason reason = BlockReason::opted_out;
  bool blocked = true;
  Instant at;
  std::optional<AccountId> account;
  std::optional<MessageId> message;  // whose link was used, or which came back
};

namespace contact_blocks {

void insert(Transaction& tx, const ContactBlockRow& row);
// The whole history of one person, oldest first.
std::vector<ContactBlockRow> of_patient(Snapshot& snapshot, const PatientId& patient);
// The addresses that are bound now, whoever they were for.
std::vector<ContactBlockRow> disowned(Snapshot& snapshot);
// What stands against a person's contacts: both of them.
std::vector<ContactBlockRow> against(Snapshot& snapshot, const PatientId& patient);

}  // namespace contact_blocks
}  // namespace sealbook::storage
