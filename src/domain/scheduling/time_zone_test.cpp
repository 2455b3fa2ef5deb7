#include "domain/scheduling/time_zone.hpp"

#include <gtest/gtest.h>

namespace sealbook {
namespace {

TimeZone zone(const char* id) { return TimeZone::named(id).value(); }
std::string instant_of(const char* local, const char* id) {
  return resolve(LocalDateTime::parse(local).value(), zone(id)).instant.text();
}
LocalKind kind_of(const char* local, const char* id) {
  return resolve(LocalDateTime::parse(local).value(), zone(id)).kind;
}
std::string local_of(const char* instant, const char* id) {
  return to_local(Instant::parse(instant).value(), zone(id)).text();
}

TEST(TimeZone, is_named_by_an_iana_id_and_nothing_else) {
  for (const char* id :
       {"Europe/Paris", "America/Argentina/Buenos_Aires", "Etc/UTC", "US/Eastern", "UTC"})
    EXPECT_TRUE(TimeZone::named(id)) << id;
  for (const char* id :
       {"", "Paris", "europe/paris", "GMT+1", "localtime", "posixrules", "tzdata.zi",
        "../etc/passwd", "Europe/Paris ", "/usr/share/zoneinfo/UTC", "EST "}) {
    const auto refused = TimeZone::named(id);
    ASSERT_FALSE(refused) << id;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
    EXPECT_EQ(refused.error().fields.at(0).rule, "time_zone");
  }
}

TEST(TimeZone, keeps_an_alias_as_it_was_written_and_knows_what_it_links_to) {
  EXPECT_EQ(zone("US/Eastern").id(), "US/Eastern");
  EXPECT_EQ(zone("US/Eastern").canonical_id(), "America/New_York");
  EXPECT_EQ(zone("America/New_York").canonical_id(), "America/New_York");
}

TEST(TimeZone, says_which_tzdata_it_uses) {
  ASSERT_GE(tzdata_version().size(), 5U);
  EXPECT_EQ(tzdata_version().substr(0, 2), "20");
}

TEST(Resolve, reads_a_skipped_time_with_the_offset_before_the_gap) {
  EXPECT_EQ(instant_of("2026-03-08T01:59", "America/New_York"), "2026-03-08T06:59:00Z");
  EXPECT_EQ(instant_of("2026-03-08T02:30", "America/New_York"), "2026-03-08T07:30:00Z");
  EXPECT_EQ(instant_of("2026-03-08T03:00", "America/New_York"), "2026-03-08T07:00:00Z");
  EXPECT_EQ(kind_of("2026-03-08T02:30", "America/New_York"), LocalKind::skipped);
  EXPECT_EQ(kind_of("2026-03-08T03:00", "America/New_York"), LocalKind::once);
}

TEST(Resolve, reads_a_doubled_time_as_its_first) {
  EXPECT_EQ(instant_of("2026-11-01T01:30", "America/New_York"), "2026-11-01T05:30:00Z");
  EXPECT_EQ(instant_of("2026-11-01T02:00", "America/New_York"), "2026-11-01T07:00:00Z");
  EXPECT_EQ(kind_of("2026-11-01T01:30", "America/New_York"), LocalKind::doubled);
  EXPECT_EQ(kind_of("2026-11-01T02:00", "America/New_York"), LocalKind::once);
}

TEST(Resolve, follows_the_half_hour_of_lord_howe) {
  EXPECT_EQ(instant_of("2026-10-04T02:15", "Australia/Lord_Howe"),
            "2026-10-03T15:45:00Z");  // skipped by 30 minutes
  EXPECT_EQ(local_of("2026-10-03T15:45:00Z", "Australia/Lord_Howe"), "2026-10-04T02:45");
  EXPECT_EQ(kind_of("2026-04-05T01:45", "Australia/Lord_Howe"), LocalKind::doubled);
  EXPECT_EQ(instant_of("2026-04-05T01:45", "Australia/Lord_Howe"), "2026-04-04T14:45:00Z");
}

TEST(Resolve, knows_a_midnight_that_does_not_exist) {
  // Sao Paulo, 2018-11-04: 00:00 became 01:00.
  EXPECT_EQ(kind_of("2018-11-04T00:00", "America/Sao_Paulo"), LocalKind::skipped);
  EXPECT_EQ(instant_of("2018-11-04T00:00", "America/Sao_Paulo"), "2018-11-04T03:00:00Z");
  EXPECT_TRUE(day_exists(local_day(*parse_date("2018-11-04")), zone("America/Sao_Paulo")));
}

TEST(Resolve, knows_a_date_that_no_clock_showed) {
  EXPECT_FALSE(day_exists(local_day(*parse_date("2011-12-30")), zone("Pacific/Apia")));
  EXPECT_TRUE(day_exists(local_day(*parse_date("2011-12-29")), zone("Pacific/Apia")));
  EXPECT_TRUE(day_exists(local_day(*parse_date("2011-12-31")), zone("Pacific/Apia")));
  EXPECT_FALSE(day_exists(local_day(*parse_date("1993-08-21")), zone("Pacific/Kwajalein")));
  EXPECT_EQ(local_of("2011-12-30T09:59:00Z", "Pacific/Apia"), "2011-12-29T23:59");
  EXPECT_EQ(local_of("2011-12-30T10:00:00Z", "Pacific/Apia"), "2011-12-31T00:00");
}

TEST(Resolve, takes_times_of_the_following_day) {
  const LocalDateTime late{local_day(*parse_date("2026-06-01")), 26 * 60};
  EXPECT_EQ(resolve(late, zone("Europe/Berlin")).instant.text(), "2026-06-02T00:00:00Z");
}

TEST(Resolve, undoes_to_local_at_every_hour_of_ten_years) {
  for (const char* id :
       {"America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "Antarctica/Troll",
        "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Tehran", "Pacific/Apia"}) {
    const TimeZone z = zone(id);
    for (std::int64_t hour = 350'000; hour < 438'000; ++hour) {
      const Instant instant = Instant::from_seconds(hour * 3600 + 900);
      const Resolved back = resolve(to_local(instant, z), z);
      ASSERT_NE(back.kind, LocalKind::skipped) << id << instant.text();
      if (back.kind == LocalKind::once) {
        ASSERT_EQ(back.instant, instant) << id << instant.text();
      } else {
        ASSERT_LE(back.instant, instant) << id << instant.text();
      }
    }
  }
}

TEST(LocalDateTime, reads_and_writes_one_form) {
  EXPECT_EQ(LocalDateTime::parse("2026-03-08T02:30")->text(), "2026-03-08T02:30");
  for (const char* text : {"2026-03-08", "2026-03-08 02:30", "2026-03-08T24:00", "2026-03-08T02:60",
                           "2026-02-30T02:30", "2026-03-08T02:30:00", "2026-03-08T+2:30"})
    EXPECT_FALSE(LocalDateTime::parse(text)) << text;
}

TEST(LocalText, carries_the_offset) {
  EXPECT_EQ(local_text(*Instant::parse("2026-03-08T07:30:00Z"), zone("America/New_York")),
            "2026-03-08T03:30:00-04:00");
  EXPECT_EQ(local_text(*Instant::parse("2026-03-08T07:30:00Z"), zone("Asia/Kathmandu")),
            "2026-03-08T13:15:00+05:45");
  EXPECT_EQ(local_text(*Instant::parse("2026-03-08T07:30:00Z"), zone("Pacific/Marquesas")),
            "2026-03-07T22:00:00-09:30");
}

}  // namespace
}  // namespace sealbook
