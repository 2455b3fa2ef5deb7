#include "api/v1/message_settings.hpp"

#include "api/v1/answering.hpp"
#include "app/messages/outbox.hpp"
#include "app/messages/settings.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

std::string clock_text(std::int32_t minute) {
  const auto two = [](std::int32_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}
// The codec has checked "HH:MM"; 24:00 is midnight.
std::int32_t minute_of(const std::string& text) {
  return (((text[0] - '0') * 10 + (text[1] - '0')) * 60 + (text[3] - '0') * 10 + (text[4] - '0')) % 1440;
}

MessageSettingsView view_of(const app::MessageSettings& s, std::int64_t regime) {
  return {s.version, app::level_for(s, regime, std::nullopt), clock_text(s.quiet.from), clock_text(s.quiet.until),
          s.silent_until, s.from_address, s.reply_to, app::outbox::undo_time / std::chrono::seconds(1)};
}

Result<MessageSettingsView> get(CallContext& ctx, const NoRequest&) {
  TRY(settings, app::read_settings(ctx));
  return view_of(settings, ctx.tenant->profile()->regime);
}
Result<Work<MessageSettingsView>> change(CallContext& ctx, const ChangeMessageSettingsRequest& r) {
  app::ChangeSettings change{r.detail, std::nullopt, r.silent_until, r.from_address, r.reply_to};
  if (r.quiet_from || r.quiet_until) {
    TRY(now, app::read_settings(ctx));
    change.quiet = now.quiet;
    if (r.quiet_from) change.quiet->from = minute_of(*r.quiet_from);
    if (r.quiet_until) change.quiet->until = minute_of(*r.quiet_until);
  }
  TRY(work, app::change_settings(ctx, change));
  return Work<MessageSettingsView>(
      [work = std::move(work), regime = ctx.tenant->profile()->regime](storage::Transaction& tx) mutable -> Result<MessageSettingsView> {
        TRY(settings, work(tx));
        return view_of(settings, regime);
      });
}

ReminderPlanView plan_view(const storage::ReminderPlanRow& plan) {
  ReminderPlanView v{plan.version, {}};
  for (const auto& rule : plan.rules) v.rules.push_back({rule.days, rule.minutes});
  return v;
}
std::vector<messages::ReminderRule> rules_of(const std::vector<ReminderRuleView>& views) {
  std::vector<messages::ReminderRule> rules;
  for (const auto& v : views) rules.push_back({static_cast<std::int32_t>(v.days), static_cast<std::int32_t>(v.minutes)});
  return rules;
}
Result<ReminderPlanView> get_service(CallContext& ctx, const ServiceRemindersRequest& r) {
  TRY(plan, app::read_plan(ctx, r.id));
  return plan_view(plan);
}
Result<Work<ReminderPlanView>> change_service(CallContext& ctx, const ChangeServiceRemindersRequest& r) {
  return answering(app::change_plan(ctx, r.id, rules_of(r.rules)), plan_view);
}
Result<ReminderPlanView> get_house(CallContext& ctx, const NoRequest&) {
  TRY(plan, app::read_plan(ctx, ServiceId()));
  return plan_view(plan);
}
Result<Work<ReminderPlanView>> change_house(CallContext& ctx, const ChangeRemindersRequest& r) {
  return answering(app::change_plan(ctx, ServiceId(), rules_of(r.rules)), plan_view);
}

constexpr Endpoint rows[] = {
    bind_read<GetMessageSettings, get>(),         bind_write<ChangeMessageSettings, change>(),
    bind_read<GetServiceReminders, get_service>(), bind_write<ChangeServiceReminders, change_service>(),
    bind_read<GetReminders, get_house>(),         bind_write<ChangeReminders, change_house>(),
};

}  // namespace

std::span<const Endpoint> message_settings_endpoints() { return rows; }

}  // namespace sealbook::api
