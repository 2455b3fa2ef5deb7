// The ledger of what people want no more, and of addresses that do not reach them: append-only. The
// newest row of a person, address and reason says how it is; a row of one person never stops the
// messages of another who has the same address.
#pragma once

#include <optional>
#include <vector>

#include "domain/messages/message.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

// Numbers are stored: append, never renumber.
enum class BlockReason : std::uint8_t { opted_out = 0, bounced = 1, wrong_number = 2, staff = 3 };
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

}  // namespace contact_blocks
}  // namespace sealbook::storage
