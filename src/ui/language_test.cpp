#include "ui/language.hpp"

#include <gtest/gtest.h>

#include "ui/times.hpp"

namespace sealbook::ui {
namespace {

TEST(Language, the_reader_gets_the_best_that_there_is) {
  EXPECT_EQ(best_language(""), Locale::en);
  EXPECT_EQ(best_language("es-MX,es;q=0.9,en;q=0.8"), Locale::es);
  EXPECT_EQ(best_language("en;q=0.4, es;q=0.5"), Locale::es);
  EXPECT_EQ(best_language("de, fr;q=0.9, es;q=0.1"), Locale::es);
  EXPECT_EQ(best_language("ES"), Locale::es);
  EXPECT_EQ(best_language("est"), Locale::en);
  EXPECT_EQ(best_language("es;q=0, en"), Locale::en);
  EXPECT_EQ(best_language("en,es"), Locale::en);
  EXPECT_EQ(best_language(",,;q=,=es"), Locale::en);
}

TEST(Language, what_is_filled_in_is_not_read_again) {
  const Words words{"{} has {} for {}", "{} tiene {} para {}"};
  EXPECT_EQ(Speaker(Locale::en)(words, {"{}", "one", "you"}), "{} has one for you");
  EXPECT_EQ(Speaker(Locale::es)(words, {"Ana", "algo"}), "Ana tiene algo para {}");
}

TEST(Times, are_written_as_each_language_writes_them) {
  const TimeZone new_york = *TimeZone::named("America/New_York");
  const Instant at = *Instant::parse("2026-11-24T14:05:00Z");
  EXPECT_EQ(whole_text(at, new_york, Locale::en),
            "Tuesday, November 24, 9:05 AM, New York time (UTC−5)");
  EXPECT_EQ(whole_text(at, new_york, Locale::es),
            "martes, 24 de noviembre, 9:05, hora de Nueva York (UTC−5)");
  EXPECT_EQ(month_text(std::chrono::year(2026) / std::chrono::May, Locale::es), "mayo de 2026");
}

TEST(Times, noon_and_midnight_are_twelve) {
  EXPECT_EQ(clock_text({LocalDay{}, 0}, Locale::en), "12:00 AM");
  EXPECT_EQ(clock_text({LocalDay{}, 12 * 60}, Locale::en), "12:00 PM");
  EXPECT_EQ(clock_text({LocalDay{}, 13 * 60 + 5}, Locale::es), "13:05");
}

TEST(Times, Asia_Kolkata_shows_its_half_hour_and_Madrid_its_summer) {
  EXPECT_EQ(zone_text(*TimeZone::named("Asia/Kolkata"), *Instant::parse("2026-01-01T00:00:00Z"),
                      Locale::en),
            "Kolkata time (UTC+5:30)");
  const TimeZone madrid = *TimeZone::named("Europe/Madrid");
  EXPECT_EQ(zone_text(madrid, *Instant::parse("2026-03-29T00:59:00Z"), Locale::en),
            "Madrid time (UTC+1)");
  EXPECT_EQ(zone_text(madrid, *Instant::parse("2026-03-29T01:00:00Z"), Locale::en),
            "Madrid time (UTC+2)");
}

TEST(Times, every_common_zone_exists) {
  for (const std::string_view id : common_zones()) EXPECT_TRUE(TimeZone::named(id)) << id;
}

}  // namespace
}  // namespace sealbook::ui
