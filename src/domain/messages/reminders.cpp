#include "domain/messages/reminders.hpp"

#include <algorithm>

namespace sealbook::messages {
namespace {

constexpr std::int32_t day_minutes = 1440;

Bytes& append_u32(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
  return out;
}

std::int32_t read_u32(ByteView bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | bytes[i];
  return static_cast<std::int32_t>(value);
}

}  // namespace

std::vector<ReminderRule> default_rules() { return {{3, 0}, {1, 0}}; }

Result<void> validate(const std::vector<ReminderRule>& rules) {
  if (rules.size() > 6) return fail(invalid_field("/rules", "max", "A visit has at most six reminders."));
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& rule = rules[i];
    const bool bounded = rule.days >= 0 && rule.days <= 60 && rule.minutes >= 0 && rule.minutes < day_minutes;
    const std::string pointer = "/rules/" + std::to_string(i);
    if (!bounded || (rule.days == 0 && rule.minutes < 60))
      return fail(invalid_field(pointer, "range", "A reminder is sent from one hour to sixty days before the visit."));
    if (std::ranges::count(rules, rule) > 1)
      return fail(invalid_field(pointer, "unique", "Two reminders at the same time are one."));
  }
  return {};
}

Bytes encode_rules(const std::vector<ReminderRule>& rules) {
  Bytes out;
  for (const auto& rule : rules)
    append_u32(append_u32(out, static_cast<std::uint32_t>(rule.days)), static_cast<std::uint32_t>(rule.minutes));
  return out;
}

Result<std::vector<ReminderRule>> decode_rules(ByteView bytes) {
  if (bytes.size() % 8 != 0) return fail(ErrorCode::integrity);
  std::vector<ReminderRule> rules;
  for (std::size_t i = 0; i < bytes.size(); i += 8)
    rules.push_back({read_u32(bytes.subspan(i, 4)), read_u32(bytes.subspan(i + 4, 4))});
  return rules;
}

Instant after_quiet(Instant moment, const QuietHours& quiet, const TimeZone& zone) {
  if (quiet.from == quiet.until) return moment;
  const LocalDateTime local = to_local(moment, zone);
  const bool wraps = quiet.from > quiet.until;
  const bool inside = wraps ? local.minute >= quiet.from || local.minute < quiet.until
                            : local.minute >= quiet.from && local.minute < quiet.until;
  if (!inside) return moment;
  const bool ends_tomorrow = wraps && local.minute >= quiet.from;
  const LocalDateTime end{local.day + std::chrono::days(ends_tomorrow ? 1 : 0), quiet.until};
  // Where clocks go back, the end may lie before a moment that reads earlier.
  return std::max(moment, resolve(end, zone).instant);
}

Micros catch_up(ReminderRule rule) {
  return std::min<Micros>(std::chrono::minutes(number_of(rule)) / 2, std::chrono::hours(24));
}

ReminderTime reminder_time(Instant starts, const TimeZone& zone, ReminderRule rule, const QuietHours& quiet) {
  LocalDateTime local = to_local(starts, zone);
  Instant moment = starts;
  if (rule.days != 0) {
    local.day -= std::chrono::days(rule.days);
    moment = resolve(local, zone).instant;
  }
  moment = moment - std::chrono::minutes(rule.minutes);
  const Instant last = std::max(moment, starts - least_notice);
  const Instant due = std::min(after_quiet(moment, quiet, zone), last);
  // Quiet hours may have eaten up the window; then it is due in one moment and late a little after.
  const Instant until = std::max(std::min(starts - least_notice, due + catch_up(rule)), due + std::chrono::minutes(15));
  return {moment, due, std::min(until, starts)};
}

}  // namespace sealbook::messages
