#include "app/messages/settings.hpp"

#include "app/directory/common.hpp"
#include "app/sealing.hpp"

namespace sealbook::app {
namespace {

// Field ids of the sealed texts; stable.
enum SenderText : std::uint64_t { text_from = 1, text_reply_to = 2 };
constexpr std::string_view table = "message_settings";

bool has(std::int64_t regimes, Regime regime) { return (regimes & static_cast<std::int64_t>(regime)) != 0; }

Result<MessageSettings> apply(MessageSettings settings, const ChangeSettings& change) {
  if (change.detail) settings.detail = change.detail;
  if (change.quiet) settings.quiet = *change.quiet;
  if (change.silent_until) settings.silent_until = change.silent_until;
  if (change.from_address) settings.from_address = *change.from_address;
  if (change.reply_to) settings.reply_to = *change.reply_to;
  const auto in_day = [](std::int32_t minute) { return minute >= 0 && minute < 1440; };
  if (!in_day(settings.quiet.from) || !in_day(settings.quiet.until))
    return fail(invalid_field("/quiet_from", "range", "Quiet hours are times of one day."));
  return settings;
}

}  // namespace

DetailLevel level_by_regime(std::int64_t regime) {
  return has(regime, Regime::healthcare) || has(regime, Regime::research) ? DetailLevel::neutral : DetailLevel::time;
}

DetailLevel level_for(const MessageSettings& settings, std::int64_t regime, std::optional<DetailLevel> person) {
  return person.value_or(settings.detail.value_or(level_by_regime(regime)));
}

Result<MessageSettings> load_settings(App& app, const Tenant& tenant, storage::Snapshot& snapshot) {
  MessageSettings settings;
  const auto row = storage::message_settings::find(snapshot);
  if (!row) return settings;
  TRY(texts, open_texts(app, *tenant.keys(), table, tenant.id().bytes(), row->version, row->sealed));
  settings.version = row->version;
  settings.detail = row->detail;
  settings.quiet = row->quiet;
  settings.silent_until = row->silent_until;
  settings.changed = row->changed;
  settings.from_address = texts.get(text_from);
  settings.reply_to = texts.get(text_reply_to);
  return settings;
}

const storage::ReminderPlanRow& ReminderPlans::of(const ServiceId& service) const {
  if (const auto own = rows.find(service); own != rows.end()) return own->second;
  if (const auto house = rows.find(ServiceId()); house != rows.end()) return house->second;
  return fallback_;
}

Result<ReminderPlans> load_plans(storage::Snapshot& snapshot) {
  TRY(rows, storage::message_settings::plans(snapshot));
  ReminderPlans plans;
  for (auto& row : rows) plans.rows.emplace(row.service, std::move(row));
  return plans;
}

Result<MessageSettings> read_settings(CallContext& ctx) {
  return ctx.read([&](storage::Snapshot& s) { return load_settings(ctx.app, *ctx.tenant, s); });
}

Result<Work<MessageSettings>> change_settings(CallContext& ctx, const ChangeSettings& change) {
  ENSURE(ensure_changes_something({change.detail.has_value(), change.quiet.has_value(), change.silent_until.has_value(),
                                   change.from_address.has_value(), change.reply_to.has_value()}));
  TRY(now, read_settings(ctx));
  ENSURE(check_if_match(ctx, now.version));
  const std::int64_t before = now.version;
  TRY(next, apply(std::move(now), change));
  if (change.detail && *change.detail > level_by_regime(ctx.tenant->profile()->regime))
    return fail(invalid_field("/detail", "regime",
                              "Your organisation's regime lets a person choose to be told more, not the organisation."));
  next.version = before + 1;
  next.changed = ctx.now;
  RowTexts texts;
  if (!next.from_address.empty()) texts.fields.emplace(text_from, next.from_address);
  if (!next.reply_to.empty()) texts.fields.emplace(text_reply_to, next.reply_to);
  storage::MessageSettingsRow row{next.version, next.detail, next.quiet, next.silent_until, next.changed,
                                  seal_texts(ctx.app, *ctx.tenant->keys(), table, ctx.tenant->id().bytes(),
                                             next.version, texts)};
  note_change(ctx, AuditAction::settings_changed, audit::ResourceKind::tenant, ctx.tenant->id().raw(), before,
              next.version);
  const bool named = ctx.if_match.has_value();
  return Work<MessageSettings>([row = std::move(row), next, named](storage::Transaction& tx) -> Result<MessageSettings> {
    if (!storage::message_settings::put(tx, row)) return moved_on(named);
    return next;
  });
}

Result<storage::ReminderPlanRow> read_plan(CallContext& ctx, const ServiceId& service) {
  if (!service.is_nil() && ctx.tenant->organisation()->find_service(service) == nullptr) return unknown_row("service");
  auto loaded = ctx.read([](storage::Snapshot& s) { return load_plans(s); });
  if (!loaded) return fail(std::move(loaded).error());
  storage::ReminderPlanRow plan = loaded->of(service);
  if (plan.service != service) plan.version = 0;  // inherited
  plan.service = service;
  return plan;
}

Result<Work<storage::ReminderPlanRow>> change_plan(CallContext& ctx, const ServiceId& service,
                                                   const std::vector<ReminderRule>& rules) {
  TRY(plan, read_plan(ctx, service));
  ENSURE(check_if_match(ctx, plan.version));
  ENSURE(messages::validate(rules));
  plan.rules = rules;
  plan.version += 1;
  plan.changed = ctx.now;
  note_change(ctx, AuditAction::reminders_changed, audit::ResourceKind::service, service.raw(), plan.version - 1,
              plan.version);
  const bool named = ctx.if_match.has_value();
  return Work<storage::ReminderPlanRow>([plan, named](storage::Transaction& tx) -> Result<storage::ReminderPlanRow> {
    if (!storage::message_settings::put_plan(tx, plan)) return moved_on(named);
    return plan;
  });
}

Result<Work<DetailLevel>> choose_detail(CallContext& ctx, const PatientId& patient, DetailLevel level) {
  const bool exists = ctx.read([&](storage::Snapshot& s) { return storage::patients::find(s, patient).has_value(); });
  const bool own = ctx.principal.role != Role::patient || ctx.principal.patient == patient;
  if (!exists || !own) return unknown_row("patient");
  auto& entry = ctx.note(AuditAction::patient_changed, audit::ResourceKind::patient, patient.raw());
  entry.subjects = {patient};
  return Work<DetailLevel>([patient, level](storage::Transaction& tx) -> Result<DetailLevel> {
    storage::message_settings::put_preference(tx, patient, level);
    return level;
  });
}

}  // namespace sealbook::app
