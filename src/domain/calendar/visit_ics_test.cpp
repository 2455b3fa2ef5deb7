#include "domain/calendar/visit_ics.hpp"

#include <gtest/gtest.h>

#include "domain/calendar/content_lines.hpp"
#include "domain/calendar/feed_ics.hpp"
#include "domain/calendar/imported_events.hpp"
#include "domain/calendar/reader.hpp"
#include "domain/scheduling/dice.hpp"

namespace sealbook::calendar {
namespace {

TimeZone zone(const char* id) { return TimeZone::named(id).value(); }
Instant at(const char* text) { return Instant::parse(text).value(); }

VisitEvent a_visit() {
  return {.uid = "9d3c1c1e-0000-8000-8000-000000000001",
          .sequence = 3,
          .starts = at("2026-12-01T14:00:00Z"),
          .ends = at("2026-12-01T14:30:00Z"),
          .zone = zone("America/New_York"),
          .summary = std::string(neutral_summary(messages::Locale::en)),
          .location = "Harbour Street 1, 2nd floor",
          .organizer_name = "Harbour Clinic",
          .organizer_address = "reply+abc123@example.test",
          .attendee_address = "ana@example.test",
          .stamp = at("2026-11-24T10:00:00Z")};
}

const ReadComponent& event_of(const ReadComponent& calendar) {
  for (const ReadComponent& component : calendar.components)
    if (component.name == "VEVENT") return component;
  throw std::logic_error("no event");
}
ReadComponent read(const Result<std::string>& text) { return read_calendar(text.value()).value(); }

TEST(VisitIcs, says_when_and_where_and_nothing_about_the_person) {
  const ReadComponent calendar = read(visit_ics(a_visit(), Method::request));
  const ReadComponent& event = event_of(calendar);
  EXPECT_EQ(calendar.find("METHOD")->value, "REQUEST");
  EXPECT_EQ(event.find("DTSTART")->value, "20261201T090000");
  EXPECT_EQ(event.find("DTSTART")->parameter("TZID"), "America/New_York");
  EXPECT_EQ(event.find("DTEND")->value, "20261201T093000");
  EXPECT_EQ(event.find("SUMMARY")->value, "Appointment");
  EXPECT_EQ(text_of(event.find("LOCATION")->value), "Harbour Street 1, 2nd floor");
  EXPECT_EQ(event.find("CLASS")->value, "PRIVATE");
  EXPECT_EQ(event.find("ATTENDEE")->value, "mailto:ana@example.test");
  EXPECT_EQ(event.find("ATTENDEE")->parameter("RSVP"), "TRUE");
  EXPECT_EQ(event.find("ORGANIZER")->value, "mailto:reply+abc123@example.test");
  EXPECT_EQ(event.find("DESCRIPTION"), nullptr);
}

TEST(VisitIcs, cancels_the_same_visit_with_a_higher_sequence) {
  VisitEvent visit = a_visit();
  const ReadComponent invited = read(visit_ics(visit, Method::request));
  ++visit.sequence;
  const ReadComponent cancelled = read(visit_ics(visit, Method::cancel));
  EXPECT_EQ(cancelled.find("METHOD")->value, "CANCEL");
  EXPECT_EQ(event_of(cancelled).find("UID")->value, event_of(invited).find("UID")->value);
  EXPECT_EQ(event_of(invited).find("SEQUENCE")->value, "3");
  EXPECT_EQ(event_of(cancelled).find("SEQUENCE")->value, "4");
  EXPECT_EQ(event_of(invited).find("STATUS")->value, "CONFIRMED");
  EXPECT_EQ(event_of(cancelled).find("STATUS")->value, "CANCELLED");
}

TEST(VisitIcs, has_a_neutral_title_in_every_language) {
  EXPECT_EQ(neutral_summary(messages::Locale::en), "Appointment");
  EXPECT_EQ(neutral_summary(messages::Locale::es), "Cita");
  EXPECT_EQ(visit_file_name, "appointment.ics");
  EXPECT_EQ(content_type(Method::request), "text/calendar; charset=utf-8; method=REQUEST");
  EXPECT_EQ(content_type(Method::cancel), "text/calendar; charset=utf-8; method=CANCEL");
}

TEST(VisitIcs, is_in_utc_where_the_clock_shows_a_time_twice) {
  VisitEvent visit = a_visit();
  for (const auto& [starts, ends] : {std::pair("2026-11-01T05:30:00Z", "2026-11-01T05:45:00Z"),
                                     std::pair("2026-11-01T06:30:00Z", "2026-11-01T06:45:00Z"),
                                     std::pair("2026-11-01T04:45:00Z", "2026-11-01T05:15:00Z")}) {
    visit.starts = at(starts);  // New York, 2026-11-01: 01:30, 01:30 again, 00:45 to 01:15
    visit.ends = at(ends);
    const ReadComponent calendar = read(visit_ics(visit, Method::request));
    EXPECT_TRUE(event_of(calendar).find("DTSTART")->value.ends_with("00Z"));
    EXPECT_TRUE(event_of(calendar).find("DTEND")->value.ends_with("00Z"));
    EXPECT_EQ(calendar.components.size(), 1u);  // no VTIMEZONE that nothing uses
  }
  visit.starts = at("2026-11-01T07:00:00Z");  // 02:00, once
  visit.ends = at("2026-11-01T07:30:00Z");
  EXPECT_EQ(event_of(read(visit_ics(visit, Method::request))).find("DTSTART")->value,
            "20261101T020000");
}

TEST(VisitIcs, brings_the_offsets_around_the_visit) {
  const ReadComponent calendar = read(visit_ics(a_visit(), Method::request));
  const ReadComponent& rules = calendar.components.at(0);
  EXPECT_EQ(rules.name, "VTIMEZONE");
  EXPECT_EQ(rules.find("TZID")->value, "America/New_York");
  std::vector<std::string> lines;
  for (const ReadComponent& part : rules.components)
    lines.push_back(part.name + " " + part.find("DTSTART")->value + " " +
                    part.find("TZOFFSETFROM")->value + " " + part.find("TZOFFSETTO")->value);
  EXPECT_EQ(lines,
            (std::vector<std::string>{
                "STANDARD 20251102T020000 -0400 -0500", "DAYLIGHT 20260308T020000 -0500 -0400",
                "STANDARD 20261101T020000 -0400 -0500", "DAYLIGHT 20270314T020000 -0500 -0400",
                "STANDARD 20271107T020000 -0400 -0500"}));
}

TEST(VisitIcs, refuses_what_cannot_stand_in_a_uid_or_an_address) {
  for (const std::string_view uid :
       {"", "a b", "a\r\nATTENDEE:mailto:x@example.test", "a\n", "é"}) {
    VisitEvent visit = a_visit();
    visit.uid = uid;
    EXPECT_EQ(visit_ics(visit, Method::request).error().fields.at(0).pointer, "/uid") << uid;
  }
  for (const std::string_view address :
       {"", "ana", "@example.test", "ana@", "a@b@c", "ana@example.test\r\nX:y", "a b@example.test",
        "ana@example.test\xE2\x80\xA8X:y", "ana@\xFF"}) {
    VisitEvent visit = a_visit();
    visit.attendee_address = address;
    EXPECT_FALSE(visit_ics(visit, Method::request)) << address;
    visit = a_visit();
    visit.organizer_address = address;
    EXPECT_FALSE(visit_ics(visit, Method::cancel)) << address;
  }
}

TEST(ContentLines, folds_at_75_octets_and_never_inside_a_character) {
  for (std::size_t shift = 0; shift < 4; ++shift) {
    ContentLines lines;
    std::string text(shift, 'x');
    for (int i = 0; i < 60; ++i) text += "é€😀";
    lines.text("SUMMARY", text);
    std::string whole = lines.take();
    EXPECT_TRUE(whole.ends_with("\r\n"));
    std::string unfolded;
    for (std::size_t from = 0; from < whole.size();) {
      const std::size_t end = whole.find("\r\n", from);
      const std::string line = whole.substr(from, end - from);
      EXPECT_LE(line.size(), 75u);
      EXPECT_EQ(clean_text(line), line) << "cut inside a character";
      unfolded += from == 0 ? line : line.substr(1);
      from = end + 2;
    }
    EXPECT_EQ(unfolded, "SUMMARY:" + text);
  }
}

TEST(ContentLines, escapes_text_and_turns_every_line_break_into_one) {
  ContentLines lines;
  lines.text("X", "a\\b;c,d\ne\r\nf\rg\xE2\x80\xA8h\xC2\x85i\x01\x7Fj\xE2\x80\xAEk\xFFl");
  EXPECT_EQ(lines.take(), "X:a\\\\b\\;c\\,d\\ne\\nf\\ng\\nh\\nijk\xEF\xBF\xBDl\r\n");
}

TEST(ContentLines, quotes_parameters_and_encodes_what_quotes_cannot_hold) {
  ContentLines lines;
  lines.value("ORGANIZER", "mailto:a@example.test", {{"CN", "A \"B\";C:D,^E\r\nF"}});
  EXPECT_EQ(lines.take(), "ORGANIZER;CN=\"A ^'B^';C:D,^^E F\":mailto:a@example.test\r\n");
}

// Any text at all: what is read back is what clean_text() says was written, and nothing else is
// there.
TEST(ContentLines, are_read_back_as_they_were_written) {
  scheduling::testing::Dice dice(20261124);
  const char* const pieces[] = {"\r\n",
                                "\n",
                                "\r",
                                ":",
                                ";",
                                ",",
                                "\\",
                                "\\n",
                                "\"",
                                "^",
                                "^n",
                                "'",
                                "BEGIN:VALARM",
                                "END:VEVENT",
                                "\xE2\x80\xA8",
                                "\xC2\x85",
                                "\t",
                                " ",
                                "é",
                                "€",
                                "😀",
                                "\xF0\x9F",
                                "\x01",
                                "word",
                                "ATTENDEE:mailto:x@example.test"};
  for (int round = 0; round < 3'000; ++round) {
    VisitEvent visit = a_visit();
    for (std::string* text : {&visit.summary, &visit.location, &visit.organizer_name}) {
      text->clear();
      for (std::int64_t n = dice.between(0, 30); n > 0; --n) *text += dice.one_of(pieces);
    }
    const auto written = visit_ics(visit, dice.chance(50) ? Method::request : Method::cancel);
    ASSERT_TRUE(written);
    const auto calendar = read_calendar(*written);
    ASSERT_TRUE(calendar) << calendar.error().detail;
    ASSERT_EQ(calendar->components.size(), 2u);
    const ReadComponent& event = event_of(*calendar);
    EXPECT_EQ(event.properties.size(), visit.location.empty() ? 11u : 12u);
    EXPECT_EQ(text_of(event.find("SUMMARY")->value), clean_text(visit.summary));
    if (!visit.location.empty())
      EXPECT_EQ(text_of(event.find("LOCATION")->value), clean_text(visit.location));
    EXPECT_EQ(event.find("ORGANIZER")->parameter("CN"), clean_parameter(visit.organizer_name));
    EXPECT_TRUE(event.components.empty());
  }
}

// Starts and ends come back as the same instants, in every zone, at every hour around its changes.
TEST(VisitIcs, is_read_back_as_the_same_instants) {
  for (const char* id :
       {"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin",
        "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "Etc/GMT+5", "Pacific/Chatham"}) {
    VisitEvent visit = a_visit();
    visit.zone = zone(id);
    for (const ZoneSegment& segment : visit.zone.segments()) {
      if (segment.begins_s < 1'704'067'200 || segment.begins_s > 1'924'992'000)
        continue;  // 2024 to 2030
      for (std::int64_t minutes = -180; minutes <= 180; minutes += 15) {
        visit.starts = Instant::from_seconds(segment.begins_s + minutes * 60);
        visit.ends = visit.starts + std::chrono::minutes(45);
        const auto readings =
            read_events(visit_ics(visit, Method::request).value(), TimeZone::utc()).value();
        ASSERT_EQ(readings.size(), 1u);
        ASSERT_TRUE(readings[0].event) << readings[0].property << readings[0].rule;
        EXPECT_EQ(readings[0].event->starts, visit.starts) << id;
        EXPECT_EQ(readings[0].event->ends, visit.ends) << id;
        EXPECT_EQ(readings[0].event->uid, visit.uid);
        EXPECT_EQ(readings[0].event->sequence, visit.sequence);
      }
    }
  }
}

TEST(FeedIcs, says_busy_and_nothing_else) {
  const FeedEntry entries[] = {{"uid-1",
                                2,
                                {at("2026-12-01T14:00:00Z"), at("2026-12-01T14:30:00Z")},
                                at("2026-11-01T00:00:00Z")}};
  const std::string text = feed_ics(entries, FeedWording::busy, messages::Locale::es);
  const ReadComponent calendar = read_calendar(text).value();
  EXPECT_EQ(calendar.find("METHOD"), nullptr);  // a feed is published, it asks nobody
  ASSERT_EQ(calendar.components.size(), 1u);
  std::vector<std::string> names;
  for (const ReadProperty& property : calendar.components[0].properties)
    names.push_back(property.name);
  EXPECT_EQ(names, (std::vector<std::string>{"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND",
                                             "SUMMARY", "CLASS", "TRANSP"}));
  EXPECT_EQ(calendar.components[0].find("SUMMARY")->value, "Ocupado");
  EXPECT_EQ(calendar.components[0].find("DTSTART")->value, "20261201T140000Z");
  EXPECT_EQ(feed_ics(entries, FeedWording::neutral, messages::Locale::en).find("SUMMARY:Busy"),
            std::string::npos);
}

}  // namespace
}  // namespace sealbook::calendar
