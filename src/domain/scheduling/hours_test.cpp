#include "domain/scheduling/hours.hpp"

#include <gtest/gtest.h>

namespace sealbook::scheduling {
namespace {

TimeZone zone(const char* id) { return TimeZone::named(id).value(); }
Instant at(const char* text) { return Instant::parse(text).value(); }
LocalDay day(const char* text) { return local_day(parse_date(text).value()); }

// The same hours every day of the week.
Schedule daily(std::initializer_list<LocalHours> hours) {
  Schedule schedule;
  for (auto& weekday : schedule.weekly) weekday = hours;
  return schedule;
}
std::string text(const std::vector<Interval>& intervals) {
  std::string all;
  for (const Interval& i : intervals)
    all += i.starts.text().substr(5, 11) + "/" + i.ends.text().substr(5, 11) + " ";
  return all;
}
std::string open(const Schedule& schedule, const char* id, const char* from, const char* to) {
  return text(open_intervals(schedule, zone(id), at(from), at(to)));
}

TEST(ParseHours, takes_an_end_before_the_start_as_the_next_day) {
  EXPECT_EQ(parse_hours("09:00", "17:30"), (LocalHours{540, 1050}));
  EXPECT_EQ(parse_hours("22:00", "06:00"), (LocalHours{1320, 1800}));
  EXPECT_EQ(parse_hours("00:00", "24:00"), (LocalHours{0, 1440}));
  EXPECT_EQ(parse_hours("00:00", "00:00"), (LocalHours{0, 1440}));
  EXPECT_EQ(parse_hours("24:00", "01:00").error().fields.at(0).pointer, "/starts");
  EXPECT_EQ(parse_hours("9:00", "10:00").error().fields.at(0).pointer, "/starts");
  EXPECT_EQ(parse_hours("09:00", "24:01").error().fields.at(0).pointer, "/ends");
  EXPECT_EQ(parse_hours("09:00", "17:60").error().fields.at(0).pointer, "/ends");
}

TEST(Validate, names_each_broken_rule_of_a_schedule) {
  Schedule schedule;
  schedule.weekly[0] = {{600, 540}};
  schedule.weekly[6] = {{0, 60}, {1500, 1600}};
  schedule.overrides = {{day("2026-12-24"), {}}, {day("2026-12-24"), {{0, 2000}}}};
  schedule.valid_from = day("2026-12-02");
  schedule.valid_to = day("2026-12-01");

  const auto refused = validate(schedule);

  ASSERT_FALSE(refused);
  std::vector<std::string> pointers;
  for (const FieldError& field : refused.error().fields) pointers.push_back(field.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/weekly/0/0/ends", "/weekly/6/1/starts",
                                                "/overrides/1/hours/0/ends", "/overrides/1/day",
                                                "/valid_to"}));
  EXPECT_TRUE(validate(daily({{540, 1020}})));
}

TEST(OpenIntervals, keep_the_wall_clock_across_a_change) {
  // FIELD 12: nine o'clock is nine o'clock before and after; New York, 2026-11-01.
  EXPECT_EQ(
      open(daily({{540, 600}}), "America/New_York", "2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z"),
      "10-31T13:00/10-31T14:00 11-01T14:00/11-01T15:00 11-02T14:00/11-02T15:00 ");
}

// FIELD 12 and 13: weekly hours of 09:00 to 10:00 are at nine on the wall clock on every day, in
// the zones where adding offsets goes wrong. Each row names the change that lies between its days.
TEST(OpenIntervals, keep_the_wall_clock_in_zones_of_odd_offsets_and_odd_changes) {
  const Schedule nine = daily({{540, 600}});
  const auto on = [&](const char* id, const char* from, const char* to) {
    return open(nine, id, from, to);
  };
  // Half an hour of summer time ends on 2026-04-05 and begins on 2026-10-04.
  EXPECT_EQ(on("Australia/Lord_Howe", "2026-04-03T12:00:00Z", "2026-04-05T12:00:00Z"),
            "04-03T22:00/04-03T23:00 04-04T22:30/04-04T23:30 ");
  EXPECT_EQ(on("Australia/Lord_Howe", "2026-10-02T12:00:00Z", "2026-10-04T12:00:00Z"),
            "10-02T22:30/10-02T23:30 10-03T22:00/10-03T23:00 ");
  // Winter time is the exception there: the clocks go back for Ramadan, 2026-02-15 to 2026-03-22.
  EXPECT_EQ(on("Africa/Casablanca", "2026-02-14T00:00:00Z", "2026-02-16T00:00:00Z"),
            "02-14T08:00/02-14T09:00 02-15T09:00/02-15T10:00 ");
  EXPECT_EQ(on("Africa/Casablanca", "2026-03-21T00:00:00Z", "2026-03-23T00:00:00Z"),
            "03-21T09:00/03-21T10:00 03-22T08:00/03-22T09:00 ");
  // tzdata calls Irish winter time negative summer time; the change is on 2026-03-29 all the same.
  EXPECT_EQ(on("Europe/Dublin", "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"),
            "03-28T09:00/03-28T10:00 03-29T08:00/03-29T09:00 ");
  // Offsets of :30 and :45, with and without summer time.
  EXPECT_EQ(on("America/St_Johns", "2026-03-07T00:00:00Z", "2026-03-09T00:00:00Z"),
            "03-07T12:30/03-07T13:30 03-08T11:30/03-08T12:30 ");
  EXPECT_EQ(on("Pacific/Chatham", "2026-04-03T12:00:00Z", "2026-04-05T12:00:00Z"),
            "04-03T19:15/04-03T20:15 04-04T20:15/04-04T21:15 ");
  EXPECT_EQ(on("Asia/Kathmandu", "2026-04-05T00:00:00Z", "2026-04-06T00:00:00Z"),
            "04-05T03:15/04-05T04:15 ");
}

TEST(OpenIntervals, resolve_both_ends_in_a_gap) {
  const auto on_the_day = [](LocalHours hours) {
    return open(daily({hours}), "America/New_York", "2026-03-08T05:00:00Z", "2026-03-08T12:00:00Z");
  };
  EXPECT_EQ(on_the_day({90, 150}), "03-08T06:30/03-08T07:30 ");  // 01:30 to 02:30
  EXPECT_EQ(on_the_day({120, 180}), "");                         // 02:00 to 03:00 is one instant
  EXPECT_EQ(on_the_day({165, 195}), "");  // 02:45 to 03:15 ends before it starts
  EXPECT_EQ(on_the_day({120, 240}), "03-08T07:00/03-08T08:00 ");  // 02:00 to 04:00
}

TEST(OpenIntervals, count_a_doubled_hour_where_it_lies_between_the_ends) {
  const auto on_the_day = [](LocalHours hours) {
    return open(daily({hours}), "America/New_York", "2026-11-01T04:00:00Z", "2026-11-01T12:00:00Z");
  };
  EXPECT_EQ(on_the_day({0, 180}), "11-01T04:00/11-01T08:00 ");  // midnight to three: four hours
  EXPECT_EQ(on_the_day({60, 90}), "11-01T05:00/11-01T05:30 ");  // the first half past one only
}

TEST(OpenIntervals, have_none_on_a_date_that_did_not_exist) {
  EXPECT_EQ(
      open(daily({{540, 600}}), "Pacific/Apia", "2011-12-29T00:00:00Z", "2012-01-01T00:00:00Z"),
      "12-29T19:00/12-29T20:00 12-30T19:00/12-30T20:00 12-31T19:00/12-31T20:00 ");
  // Read with the offset before the gap, the 30th's hours would open the 31st.
  Schedule friday;
  friday.weekly[4] = {{540, 600}};  // 2011-12-30 was to be a Friday
  EXPECT_EQ(open(friday, "Pacific/Apia", "2011-12-28T00:00:00Z", "2012-01-02T00:00:00Z"), "");
}

TEST(OpenIntervals, run_past_midnight_from_the_day_they_start_on) {
  Schedule nights;
  nights.weekly[4] = {{22 * 60, 30 * 60}};  // Friday 22:00 to Saturday 06:00
  EXPECT_EQ(open(nights, "Etc/UTC", "2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z"),
            "06-05T22:00/06-06T06:00 ");
  EXPECT_EQ(open(nights, "Etc/UTC", "2026-06-06T01:00:00Z", "2026-06-06T02:00:00Z"),
            "06-06T01:00/06-06T02:00 ");
}

TEST(OpenIntervals, follow_an_override_but_keep_the_night_before) {
  Schedule nights = daily({{22 * 60, 30 * 60}});
  nights.overrides = {{day("2026-06-06"), {}}};
  EXPECT_EQ(open(nights, "Etc/UTC", "2026-06-05T12:00:00Z", "2026-06-08T00:00:00Z"),
            "06-05T22:00/06-06T06:00 06-07T22:00/06-08T00:00 ");
  nights.overrides[0].hours = {{600, 660}};
  EXPECT_EQ(open(nights, "Etc/UTC", "2026-06-06T06:00:00Z", "2026-06-07T12:00:00Z"),
            "06-06T10:00/06-06T11:00 ");
}

TEST(OpenIntervals, keep_within_the_days_of_validity) {
  Schedule schedule = daily({{540, 600}});
  schedule.valid_from = day("2026-06-02");
  schedule.valid_to = day("2026-06-03");
  EXPECT_EQ(open(schedule, "Etc/UTC", "2026-06-01T00:00:00Z", "2026-06-06T00:00:00Z"),
            "06-02T09:00/06-02T10:00 06-03T09:00/06-03T10:00 ");
}

TEST(OpenIntervals, are_merged_where_hours_touch_or_overlap) {
  EXPECT_EQ(open(daily({{540, 600}, {570, 660}, {660, 720}, {0, 60}}), "Etc/UTC",
                 "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"),
            "06-01T00:00/06-01T01:00 06-01T09:00/06-01T12:00 ");
}

TEST(Closes, reaches_as_far_as_it_names) {
  LocationId here = LocationId::from_raw({1}), there = LocationId::from_raw({2});
  ResourceId room = ResourceId::from_raw({3}), other = ResourceId::from_raw({4});
  EXPECT_TRUE(closes({}, here, room));
  EXPECT_TRUE(closes({.location = here}, here, room));
  EXPECT_FALSE(closes({.location = here}, there, room));
  EXPECT_TRUE(closes({.resource = room}, there, room));
  EXPECT_FALSE(closes({.location = here, .resource = room}, here, other));
}

TEST(Spans, are_cut_and_joined_as_sets_of_minutes) {
  const std::vector<MinuteSpan> a{{0, 10}, {20, 30}, {40, 50}}, b{{5, 25}, {30, 40}, {45, 46}};
  EXPECT_EQ(intersection(a, b), (std::vector<MinuteSpan>{{5, 10}, {20, 25}, {45, 46}}));
  EXPECT_EQ(difference(a, b), (std::vector<MinuteSpan>{{0, 5}, {25, 30}, {40, 45}, {46, 50}}));
  EXPECT_EQ(merged({{20, 30}, {0, 10}, {10, 12}, {25, 26}, {7, 7}}),
            (std::vector<MinuteSpan>{{0, 12}, {20, 30}}));
}

}  // namespace
}  // namespace sealbook::scheduling
