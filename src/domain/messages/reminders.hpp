// When a reminder is due: a pure function of the visit, the rule and the quiet hours.
//
// A rule is so many civil days before the visit, at the same reading of the clock, and so many
// minutes before that: {1, 0} of a visit at 09:00 is 09:00 the day before, also across a change of
// clocks (docs/time.md); {0, 120} is two hours before. A reminder that falls into quiet hours waits
// for their end, but at the latest until `least_notice` before the visit. After an outage it is
// still sent within `catch_up` of its moment, and not after `least_notice` before the visit.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::messages {

struct ReminderRule {
  std::int32_t days = 0;
  std::int32_t minutes = 0;
  auto operator<=>(const ReminderRule&) const = default;
};
// Three days before and one day before.
std::vector<ReminderRule> default_rules();
// 0 to 60 days, less than a day of minutes, more than nothing, at most six, each once.
Result<void> validate(const std::vector<ReminderRule>& rules);
// A run of days and minutes, four bytes each, big-endian; decoding fails with integrity.
Bytes encode_rules(const std::vector<ReminderRule>& rules);
Result<std::vector<ReminderRule>> decode_rules(ByteView bytes);
// A rule as one number: the ledger's key holds it.
constexpr std::int64_t number_of(ReminderRule rule) { return rule.days * std::int64_t{1440} + rule.minutes; }

// Local minutes of the day; equal ends mean that there are none. 21:00 to 08:00 wraps.
struct QuietHours {
  std::int32_t from = 21 * 60;
  std::int32_t until = 8 * 60;
  bool operator==(const QuietHours&) const = default;
};
// The first instant at or after `moment` that is outside quiet hours.
Instant after_quiet(Instant moment, const QuietHours& quiet, const TimeZone& zone);

inline constexpr Micros least_notice = std::chrono::minutes(30);

struct ReminderTime {
  Instant moment;  // by the rule alone
  Instant due;     // quiet hours seen
  Instant until;   // not sent any more from then on
};
ReminderTime reminder_time(Instant starts, const TimeZone& zone, ReminderRule rule, const QuietHours& quiet);
// How long after its due moment a reminder still makes sense: half of what it announces, at most a day.
Micros catch_up(ReminderRule rule);

}  // namespace sealbook::messages
