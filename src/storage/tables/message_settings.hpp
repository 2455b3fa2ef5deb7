// An organisation's rules for messages, its reminder plans, and how much a person wants to be told.
#pragma once

#include <optional>
#include <vector>

#include "domain/messages/message.hpp"
#include "domain/messages/reminders.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct MessageSettingsRow {
  std::int64_t version = 0;  // 0: never changed
  std::optional<messages::DetailLevel> detail;  // empty: what the regime says
  messages::QuietHours quiet;
  std::optional<Instant> silent_until;
  Instant changed;
  Bytes sealed;  // operational: the sender's addresses
};

// A nil service is the organisation's own plan.
struct ReminderPlanRow {
  ServiceId service;
  std::int64_t version = 0;
  Instant changed;  // a reminder whose moment lies before is not caught up with
  std::vector<messages::ReminderRule> rules;
};

namespace message_settings {

std::optional<MessageSettingsRow> find(Snapshot& snapshot);
// Writes version over version - 1; false when the stored version is another.
bool put(Transaction& tx, const MessageSettingsRow& row);

Result<std::vector<ReminderPlanRow>> plans(Snapshot& snapshot);
bool put_plan(Transaction& tx, const ReminderPlanRow& row);

std::optional<messages::DetailLevel> preference(Snapshot& snapshot, const PatientId& patient);
void put_preference(Transaction& tx, const PatientId& patient, messages::DetailLevel level);

}  // namespace message_settings
}  // namespace sealbook::storage
