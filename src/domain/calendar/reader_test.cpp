#include "domain/calendar/reader.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace sealbook::calendar {
namespace {

std::string calendar(std::string_view body) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + std::string(body) + "END:VCALENDAR\r\n";
}
// "line rule" of a refusal.
std::string refusal(std::string_view file, const ReadLimits& limits = {}) {
  const auto read = read_calendar(file, limits);
  if (read) return "read";
  const FieldError& field = read.error().fields.at(0);
  return field.pointer.substr(7) + " " + field.rule;
}

TEST(ReadCalendar, unfolds_lines_and_takes_parameters_apart) {
  const auto read =
      read_calendar(calendar("BEGIN:VEVENT\r\nattendee;CN=\"Doe; \r\n "
                             "Jane\";Role=CHAIR;MEMBER=\"mailto:a@b\",\"mailto:c@d\":mail\r\n\tto:"
                             "j@example.test\r\nEND:vevent\r\n"));
  ASSERT_TRUE(read);
  const ReadProperty& attendee = *read->components.at(0).find("ATTENDEE");
  EXPECT_EQ(attendee.parameter("CN"), "Doe; Jane");
  EXPECT_EQ(attendee.parameter("ROLE"), "CHAIR");
  EXPECT_EQ(attendee.parameter("MEMBER"), "mailto:a@b,mailto:c@d");
  EXPECT_EQ(attendee.parameter("X"), "");
  EXPECT_EQ(attendee.value, "mailto:j@example.test");
  EXPECT_EQ(attendee.line, 4u);
}

TEST(ReadCalendar, takes_line_feeds_alone_a_byte_order_mark_and_a_last_line_without_an_end) {
  EXPECT_EQ(refusal("\xEF\xBB\xBF"
                    "BEGIN:VCALENDAR\nX-A:1\n\nEND:VCALENDAR"),
            "read");
}

TEST(ReadCalendar, refuses_what_is_no_calendar_and_says_where) {
  EXPECT_EQ(refusal(""), "1 calendar");
  EXPECT_EQ(refusal("BEGIN:VEVENT\r\nEND:VEVENT\r\n"), "1 calendar");
  EXPECT_EQ(refusal("BEGIN:VCALENDAR\r\n"), "1 nesting");
  EXPECT_EQ(refusal("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n"), "3 nesting");
  EXPECT_EQ(refusal(calendar("") + calendar("")), "4 nesting");
  EXPECT_EQ(refusal(calendar("no colon\r\n")), "3 property");
  EXPECT_EQ(refusal(calendar("A;B:1\r\n")), "3 property");
  EXPECT_EQ(refusal(calendar("A;B=\"1:2\r\n")), "3 property");
  EXPECT_EQ(refusal(calendar("A;B=1\"2\":3\r\n")), "3 property");
  EXPECT_EQ(refusal(calendar("A B:3\r\n")), "3 property");
  EXPECT_EQ(refusal(calendar("X:a\rb\r\n")), "3 characters");
  EXPECT_EQ(refusal(calendar("X:a\x01\r\n")), "3 characters");
  EXPECT_EQ(refusal(calendar(std::string_view("X:a\0b\r\n", 7))), "3 characters");
  EXPECT_EQ(refusal(calendar("X:a\xFF\r\n")), "3 characters");
}

TEST(ReadCalendar, keeps_within_its_limits) {
  EXPECT_EQ(refusal(calendar("X:" + std::string(256 * 1024, 'a') + "\r\n")), "1 size");
  EXPECT_EQ(refusal(calendar("X:" + std::string(16'384, 'a') + "\r\n")), "3 length");
  EXPECT_EQ(refusal(calendar("X:a\r\nX:b\r\n"), {.lines = 4}), "5 lines");
  EXPECT_EQ(refusal(calendar("BEGIN:A\r\nBEGIN:B\r\nBEGIN:C\r\nBEGIN:D\r\n")), "6 depth");
  std::string many = "X";
  for (int i = 0; i < 33; ++i) many += ";P=1";
  EXPECT_EQ(refusal(calendar(many + ":v\r\n")), "3 property");
}

TEST(ReadCalendar, takes_no_more_than_50_ms_for_the_worst_file_of_the_permitted_size) {
  std::string folds = "BEGIN:VCALENDAR\r\nX:";
  while (folds.size() < 250'000) folds += "\r\n a";
  std::string opened = "BEGIN:VCALENDAR\r\n";
  while (opened.size() < 250'000) opened += "BEGIN:A\r\nEND:A\r\n";
  std::string quoted = "BEGIN:VCALENDAR\r\n";
  while (quoted.size() < 250'000) quoted += "X;A=\"\",\"\",\"\",\"\",\"\":\r\n";
  for (const std::string& file : {folds, opened, quoted}) {
    const auto begin = std::chrono::steady_clock::now();
    (void)read_calendar(file);
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took, std::chrono::milliseconds(500));  // sanitized and shared; 50 ms in a release
  }
}

TEST(TextOf, takes_the_escapes_away_and_leaves_what_is_none) {
  EXPECT_EQ(text_of("a\\,b\\;c\\\\d\\ne\\Nf\\x\\"), "a,b;c\\d\ne\nf\\x\\");
}

TEST(AddressOf, gives_one_address_in_lower_case_or_nothing) {
  EXPECT_EQ(address_of("mailto:Ana@Example.test"), "ana@example.test");
  EXPECT_EQ(address_of("MAILTO:reply%2Bx@example.test?subject=no"), "reply+x@example.test");
  EXPECT_EQ(address_of("mailto:a%0D%0Ab@example.test"), "");
  EXPECT_EQ(address_of("mailto:a%00@example.test"), "");
  EXPECT_EQ(address_of("mailto:"), "");
  EXPECT_EQ(address_of("https://example.test/a@b"), "");
}

}  // namespace
}  // namespace sealbook::calendar
