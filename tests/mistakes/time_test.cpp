// Mistakes that other schedulers made with time, as tests: the rule holds here, and a naive double
// breaks it.
#include <gtest/gtest.h>

#include "domain/scheduling/hours.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::mistakes {
namespace {

using namespace std::chrono_literals;
using scheduling::Schedule;

Schedule nine_to_five() {
  Schedule schedule;
  for (auto& day : schedule.weekly) day.push_back({9 * 60, 17 * 60});
  return schedule;
}

TimeZone zone(std::string_view name) { return *TimeZone::named(name); }
Instant instant(std::string_view text) { return *Instant::parse(text); }

// Policy: hours are a local rule and a zone, resolved day by day; offsets are never added.
TEST(TimeMistakes, line_12_the_hours_shift_when_the_clocks_change) {
  for (const std::string_view name : {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago",
                                      "Africa/Casablanca", "Europe/Dublin"}) {
    const TimeZone here = zone(name);
    const Instant year = instant("2027-01-01T00:00:00Z");
    const auto open = scheduling::open_intervals(nine_to_five(), here, year, year + 365 * 24h);

    int shifted = 0, naive_shifted = 0;
    for (std::size_t i = 1; i + 1 < open.size(); ++i) {
      shifted += to_local(open[i].starts, here).minutes() % 1440 != 9 * 60;
      const Instant naive = open[1].starts + static_cast<int>(i - 1) * 24h;  // the first day's offset for all
      naive_shifted += to_local(naive, here).minutes() % 1440 != 9 * 60;
    }
    EXPECT_EQ(shifted, 0) << name;
    EXPECT_GT(naive_shifted, 0) << name;
    EXPECT_GE(open.size(), 364U) << name;
  }
}

// Policy: the grid is laid on the wall clock, so an offset of half or three quarters of an hour does
// not break it.
TEST(TimeMistakes, line_13_half_hour_offsets_break_the_grid) {
  for (const std::string_view name : {"Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide"}) {
    const TimeZone here = zone(name);
    const Instant starts = resolve({LocalDay(std::chrono::days(20'700)), 9 * 60}, here).instant;

    EXPECT_EQ(to_local(starts, here).minute % 60, 0) << name;
    const Instant naive = Instant::from_seconds((starts.seconds() / 3600) * 3600);  // a grid of UTC hours
    EXPECT_NE(to_local(naive, here).minute % 60, 0) << name;
  }
}

// Policy: two visits at the same wall time in two zones are two instants; a time is kept with its zone.
TEST(TimeMistakes, line_14_a_time_loses_its_zone) {
  const LocalDateTime nine{LocalDay(std::chrono::days(20'700)), 9 * 60};

  EXPECT_NE(resolve(nine, zone("America/New_York")).instant, resolve(nine, zone("America/Denver")).instant);
  const auto naive = [](const LocalDateTime& local) { return local.text(); };  // the zone is left out
  EXPECT_EQ(naive(nine), naive(nine));
  EXPECT_EQ(naive(nine).find("America"), std::string::npos);
}

}  // namespace
}  // namespace sealbook::mistakes
