// The outbox as use cases see it: what is to be told is queued in the transaction of its cause, so
// that neither exists without the other. The worker takes it up when it is due, looks once more
// whether it still holds, and sends it (deliver.hpp).
//
// What staff cause is due after `undo_time`: a change that is taken back before leaves no trace
// outside (DECISIONS 26). What the person caused is due at once.
#pragma once

#include <optional>

#include "domain/messages/message.hpp"
#include "storage/transaction.hpp"

namespace sealbook::app::outbox {

inline constexpr Micros undo_time = std::chrono::seconds(30);

struct Intent {
  messages::Purpose purpose = messages::Purpose::confirmation;
  PatientId patient;
  std::optional<AppointmentId> appointment;
  std::int64_t version = 0;  // of the appointment; of a code: its number on the link
  std::optional<LinkId> link;
  std::optional<EventId> event;
  std::optional<InvitationId> invitation;
  Instant due;
};

// One insert whose answer nobody waits for.
void queue(storage::Transaction& tx, const Intent& intent);

}  // namespace sealbook::app::outbox
