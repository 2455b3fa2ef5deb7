#include "storage/tables/message_settings.hpp"

namespace sealbook::storage::message_settings {
namespace {

using sql::Statement;

constexpr Statement find_settings{"message_settings.find",
    "SELECT version, detail, quiet_from, quiet_until, silent_until, changed, sealed FROM message_settings "
    "WHERE tenant = $1"};
constexpr Statement insert_settings{"message_settings.insert",
    "INSERT INTO message_settings (tenant, version, detail, quiet_from, quiet_until, undo_seconds, silent_until, "
    "changed, sealed) VALUES ($1, $2, $3, $4, $5, 30, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING version"};
constexpr Statement update_settings{"message_settings.update",
    "UPDATE message_settings SET version = $2, detail = $3, quiet_from = $4, quiet_until = $5, silent_until = $6, "
    "changed = $7, sealed = $8 WHERE tenant = $1 AND version = $2 - 1 RETURNING version"};
constexpr Statement select_plans{"reminder_rules.all",
    "SELECT service, version, changed, rules FROM reminder_rules WHERE tenant = $1"};
constexpr Statement insert_plan{"reminder_rules.insert",
    "INSERT INTO reminder_rules (tenant, service, version, changed, rules) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT DO NOTHING RETURNING version"};
constexpr Statement update_plan{"reminder_rules.update",
    "UPDATE reminder_rules SET version = $3, changed = $4, rules = $5 WHERE tenant = $1 AND service = $2 "
    "AND version = $3 - 1 RETURNING version"};
constexpr Statement find_preference{"message_preferences.find",
    "SELECT detail FROM message_preferences WHERE tenant = $1 AND patient = $2"};
constexpr Statement upsert_preference{"message_preferences.put",
    "INSERT INTO message_preferences (tenant, patient, version, detail) VALUES ($1, $2, 1, $3) "
    "ON CONFLICT (tenant, patient) DO UPDATE SET version = message_preferences.version + 1, detail = $3"};

std::optional<int> number(const std::optional<messages::DetailLevel>& level) {
  return level ? std::optional(static_cast<int>(*level)) : std::nullopt;
}

}  // namespace

std::optional<MessageSettingsRow> find(Snapshot& snapshot) {
  const sql::Rows rows = snapshot.query(find_settings);
  if (rows.empty()) return std::nullopt;
  MessageSettingsRow row;
  row.version = rows.integer(0, 0);
  if (!rows.is_null(0, 1)) row.detail = static_cast<messages::DetailLevel>(rows.integer(0, 1));
  row.quiet = {static_cast<std::int32_t>(rows.integer(0, 2)), static_cast<std::int32_t>(rows.integer(0, 3))};
  if (!rows.is_null(0, 4)) row.silent_until = rows.instant(0, 4);
  row.changed = rows.instant(0, 5);
  row.sealed.assign(rows.blob(0, 6).begin(), rows.blob(0, 6).end());
  return row;
}

bool put(Transaction& tx, const MessageSettingsRow& row) {
  return !tx.change(row.version == 1 ? insert_settings : update_settings, row.version, number(row.detail),
                    row.quiet.from, row.quiet.until, row.silent_until, row.changed, row.sealed).empty();
}

Result<std::vector<ReminderPlanRow>> plans(Snapshot& snapshot) {
  std::vector<ReminderPlanRow> out;
  const sql::Rows rows = snapshot.query(select_plans);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    TRY(rules, messages::decode_rules(rows.blob(i, 3)));
    out.push_back({rows.id<ServiceId>(i, 0), rows.integer(i, 1), rows.instant(i, 2), std::move(rules)});
  }
  return out;
}

bool put_plan(Transaction& tx, const ReminderPlanRow& row) {
  const Bytes rules = messages::encode_rules(row.rules);
  return !tx.change(row.version == 1 ? insert_plan : update_plan, row.service, row.version, row.changed, rules).empty();
}

std::optional<messages::DetailLevel> preference(Snapshot& snapshot, const PatientId& patient) {
  const sql::Rows rows = snapshot.query(find_preference, patient);
  if (rows.empty()) return std::nullopt;
  return static_cast<messages::DetailLevel>(rows.integer(0, 0));
}

void put_preference(Transaction& tx, const PatientId& patient, messages::DetailLevel level) {
  tx.enqueue(upsert_preference, patient, static_cast<int>(level));
}

}  // namespace sealbook::storage::message_settings
