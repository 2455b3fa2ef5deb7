#include "ui/booking/choice.hpp"

#include <gtest/gtest.h>

namespace sealbook::ui {
namespace {

PageCall call_for(const std::string& target) {
  auto call = read_call(net::make_request("GET", target));
  if (!call) throw std::logic_error("malformed");
  return std::move(*call);
}

const TimeZone madrid = *TimeZone::named("Europe/Madrid");

TEST(Choice, what_cannot_be_read_counts_as_not_chosen) {
  const Choice choice = read_choice(
      call_for("/t/x/times?service=svc_bad&place=any&day=2026-02-30&month=13&zone=Mars/Base&at=x"),
      madrid);
  EXPECT_FALSE(choice.service);
  EXPECT_FALSE(choice.place);
  EXPECT_FALSE(choice.day);
  EXPECT_FALSE(choice.month);
  EXPECT_FALSE(choice.at);
  EXPECT_FALSE(choice.zone_known);
  EXPECT_EQ(choice.zone.id(), "Europe/Madrid");
  EXPECT_EQ(choice.query(), "");
}

TEST(Choice, a_query_that_it_makes_is_read_as_the_same) {
  Choice choice;
  choice.service = ServiceId::from_raw({1});
  choice.zone = *TimeZone::named("Asia/Tokyo");
  choice.zone_known = true;
  const Instant at = *Instant::parse("2026-11-24T14:05:00Z");
  const Choice read = read_choice(
      call_for("/t/x/details" + choice.with_time(at, LocationId::from_raw({2}))), madrid);
  EXPECT_EQ(read.service, choice.service);
  EXPECT_EQ(read.place, LocationId::from_raw({2}));
  EXPECT_EQ(read.at, at);
  EXPECT_EQ(read.zone.id(), "Asia/Tokyo");
}

TEST(Choice, openings_of_one_time_and_place_are_one_time) {
  app::FoundOpenings found;
  const auto add = [&](const char* at, LocationId place) {
    app::FoundOpening opening;
    opening.when.starts = *Instant::parse(at);
    opening.location = place;
    found.openings.push_back(opening);
  };
  const auto here = LocationId::from_raw({1}), there = LocationId::from_raw({2});
  add("2026-11-24T22:30:00Z", here);
  add("2026-11-24T22:30:00Z", there);
  add("2026-11-24T22:30:00Z", here);
  add("2026-11-24T23:30:00Z", here);  // the next day in Madrid

  const FreeDays days = by_day(found, madrid);

  ASSERT_EQ(days.size(), 2U);
  ASSERT_EQ(days.begin()->second.size(), 2U);
  EXPECT_EQ(days.begin()->second[0].ways, 2U);
  EXPECT_EQ(days.rbegin()->second.size(), 1U);
}

TEST(Choice, Europe_Madrid_a_month_with_a_change_of_clocks_has_its_own_length) {
  const Interval october = interval_of(std::chrono::year(2026) / std::chrono::October, madrid);
  EXPECT_EQ((october.ends - october.starts) / std::chrono::hours(1), 31 * 24 + 1);
}

}  // namespace
}  // namespace sealbook::ui
