#include "domain/messages/reminders.hpp"

#include <gtest/gtest.h>

namespace sealbook::messages {
namespace {

TimeZone zone(std::string_view id) { return *TimeZone::named(id); }
Instant at(std::string_view text, const TimeZone& in) { return resolve(*LocalDateTime::parse(text), in).instant; }
constexpr QuietHours none{0, 0};

// FIELD section 2, line 12: a clock that adds 24 hours is an hour off on the days that have 23 or 25.
Instant naive_day_before(Instant starts) { return starts - std::chrono::hours(24); }

TEST(Reminders, a_day_before_keeps_the_reading_of_the_clock_across_a_change) {
  const TimeZone ny = zone("America/New_York");
  const Instant spring = at("2026-03-09T02:00", ny);
  const Instant sunday = at("2026-03-08T18:00", ny);
  EXPECT_EQ(reminder_time(sunday, ny, {1, 0}, none).moment, at("2026-03-07T18:00", ny));
  EXPECT_NE(naive_day_before(sunday), at("2026-03-07T18:00", ny));
  // 02:00 was skipped on that Sunday: it is read with the offset before the gap.
  EXPECT_EQ(reminder_time(spring, ny, {1, 0}, none).moment, at("2026-03-08T03:00", ny));
}

TEST(Reminders, quiet_hours_push_to_their_end_and_never_past_the_visit) {
  const TimeZone berlin = zone("Europe/Berlin");
  const QuietHours quiet;
  EXPECT_EQ(after_quiet(at("2026-05-04T22:15", berlin), quiet, berlin), at("2026-05-05T08:00", berlin));
  EXPECT_EQ(after_quiet(at("2026-05-04T05:00", berlin), quiet, berlin), at("2026-05-04T08:00", berlin));
  EXPECT_EQ(after_quiet(at("2026-05-04T08:00", berlin), quiet, berlin), at("2026-05-04T08:00", berlin));
  const auto early = reminder_time(at("2026-05-05T07:30", berlin), berlin, {0, 120}, quiet);
  EXPECT_EQ(early.due, at("2026-05-05T07:00", berlin));
  EXPECT_GT(early.until, early.due);
  EXPECT_LE(early.until, at("2026-05-05T07:30", berlin));
}

TEST(Reminders, quiet_hours_across_a_change_of_clocks_end_by_the_clock) {
  const TimeZone berlin = zone("Europe/Berlin");
  EXPECT_EQ(after_quiet(at("2026-03-28T23:00", berlin), {}, berlin), at("2026-03-29T08:00", berlin));
  EXPECT_EQ(at("2026-03-29T08:00", berlin) - at("2026-03-28T23:00", berlin), Micros(std::chrono::hours(8)));
}

TEST(Reminders, a_late_reminder_makes_sense_for_half_of_what_it_announces) {
  const TimeZone utc = TimeZone::utc();
  const Instant starts = at("2026-06-10T12:00", utc);
  EXPECT_EQ(reminder_time(starts, utc, {3, 0}, none).until, at("2026-06-08T12:00", utc));
  EXPECT_EQ(reminder_time(starts, utc, {1, 0}, none).until, at("2026-06-10T00:00", utc));
  EXPECT_EQ(reminder_time(starts, utc, {0, 60}, none).until, at("2026-06-10T11:30", utc));
}

TEST(Reminders, rules_are_bounded_and_survive_their_bytes) {
  EXPECT_TRUE(validate(default_rules()));
  EXPECT_FALSE(validate({{0, 30}}));
  EXPECT_FALSE(validate({{61, 0}}));
  EXPECT_FALSE(validate({{1, 0}, {1, 0}}));
  EXPECT_FALSE(validate({{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}, {6, 0}, {7, 0}}));
  const std::vector<ReminderRule> rules{{3, 0}, {0, 90}};
  EXPECT_EQ(*decode_rules(encode_rules(rules)), rules);
  EXPECT_FALSE(decode_rules(Bytes(7)));
}

}  // namespace
}  // namespace sealbook::messages
