#include "domain/calendar/imported_events.hpp"

#include <gtest/gtest.h>

#include "domain/calendar/zone_names.hpp"

namespace sealbook::calendar {
namespace {

TimeZone zone(const char* id) { return TimeZone::named(id).value(); }
Instant at(const char* text) { return Instant::parse(text).value(); }

std::vector<EventReading> read(const std::string& events) {
  const auto readings = read_events(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + "END:VCALENDAR\r\n", zone("Europe/Paris"));
  EXPECT_TRUE(readings);
  return readings.value_or(std::vector<EventReading>());
}
EventReading one(const std::string& body) {
  return read("BEGIN:VEVENT\r\nUID:u\r\n" + body + "END:VEVENT\r\n").at(0);
}
std::string refusal(const std::string& body) {
  const EventReading reading = one(body);
  return reading.event ? "read" : reading.property + " " + reading.rule;
}

TEST(ReadEvents, reads_what_a_move_needs) {
  const EventReading reading =
      one("SEQUENCE:7\r\nSTATUS:TENTATIVE\r\nDTSTART;TZID=America/Chicago:20261201T090000\r\n"
          "DTEND;TZID=America/Chicago:20261201T093000\r\nSUMMARY:Ana Example\\, "
          "check-up\r\nLOCATION:Room 2\r\n"
          "DESCRIPTION:line\\nline\r\nORGANIZER;CN=X:mailto:Desk@example.test\r\n"
          "ATTENDEE;CN=Ana:mailto:ana@example.test\r\nATTENDEE:mailto:bo@example.test\r\n"
          "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n");
  ASSERT_TRUE(reading.event);
  const ImportedEvent& event = *reading.event;
  EXPECT_EQ(event.uid, "u");
  EXPECT_EQ(event.sequence, 7);
  EXPECT_EQ(event.status, EventStatus::tentative);
  EXPECT_EQ(event.starts, at("2026-12-01T15:00:00Z"));
  EXPECT_EQ(event.ends, at("2026-12-01T15:30:00Z"));
  EXPECT_EQ(event.wall.text(), "2026-12-01T09:00");
  EXPECT_EQ(event.zone.id(), "America/Chicago");
  EXPECT_TRUE(event.summary == SensitiveText("Ana Example, check-up"));
  EXPECT_TRUE(event.description == SensitiveText("line\nline"));
  EXPECT_TRUE(event.organizer == SensitiveText("desk@example.test"));
  EXPECT_TRUE(event.attendees ==
              (std::vector{SensitiveText("ana@example.test"), SensitiveText("bo@example.test")}));
}

TEST(ReadEvents, reads_utc_floating_and_whole_day_times_and_durations) {
  EXPECT_EQ(one("DTSTART:20260601T080000Z\r\nDURATION:PT1H30M\r\n").event->ends,
            at("2026-06-01T09:30:00Z"));
  EXPECT_EQ(one("DTSTART:20260601T080000\r\nDTEND:20260601T083000\r\n").event->starts,
            at("2026-06-01T06:00:00Z"));
  EXPECT_EQ(one("DTSTART:20260601T080000\r\nDTEND:20260601T083000\r\n").event->clock, EventClock::floating);
  EXPECT_EQ(one("DTSTART:20260601T080000Z\r\nDURATION:PT1H30M\r\n").event->clock, EventClock::zoned);
  const auto day = one("DTSTART;VALUE=DATE:20261025\r\n").event;  // 25 hours in Paris
  EXPECT_EQ(day->length, EventLength::whole_days);
  EXPECT_EQ(day->ends - day->starts, std::chrono::hours(25));
  EXPECT_EQ(one("DTSTART:20260601T080000Z\r\nDURATION:P1W\r\n").event->ends,
            at("2026-06-08T08:00:00Z"));
}

TEST(ReadEvents, resolves_skipped_and_doubled_times_by_the_one_policy) {
  const auto skipped =
      one("DTSTART;TZID=America/New_York:20260308T023000\r\nDURATION:PT15M\r\n").event;
  EXPECT_EQ(skipped->starts, at("2026-03-08T07:30:00Z"));
  EXPECT_EQ(skipped->kind, LocalKind::skipped);
  const auto doubled =
      one("DTSTART;TZID=America/New_York:20261101T013000\r\nDURATION:PT15M\r\n").event;
  EXPECT_EQ(doubled->starts, at("2026-11-01T05:30:00Z"));
  EXPECT_EQ(doubled->kind, LocalKind::doubled);
}

TEST(ReadEvents, refuses_one_event_by_property_and_rule_and_reads_the_others) {
  const std::string start = "DTSTART:20260601T080000Z\r\n";
  const std::string end = "DTEND:20260601T090000Z\r\n";
  EXPECT_EQ(refusal(end), "DTSTART required");
  EXPECT_EQ(refusal(start), "DTEND required");
  EXPECT_EQ(refusal(start + start + end), "DTSTART once");
  EXPECT_EQ(refusal(start + "DTEND:20260601T080000Z\r\n"), "DTSTART order");
  EXPECT_EQ(refusal(start + "DTEND:20290601T080000Z\r\n"), "DTSTART length");
  EXPECT_EQ(refusal(start + "DTEND;VALUE=DATE:20260602\r\n"), "DTEND date_time");
  EXPECT_EQ(refusal("DTSTART:20260230T080000Z\r\n" + end), "DTSTART date_time");
  EXPECT_EQ(refusal("DTSTART:20260601T250000Z\r\n" + end), "DTSTART date_time");
  EXPECT_EQ(refusal("DTSTART:2026-06-01T08:00:00Z\r\n" + end), "DTSTART date_time");
  EXPECT_EQ(refusal("DTSTART;TZID=Mars/Olympus:20260601T080000\r\n" + end), "DTSTART time_zone");
  EXPECT_EQ(refusal(start + end + "RRULE:FREQ=SECONDLY;COUNT=1000000000\r\n"), "RRULE recurrence");
  EXPECT_EQ(refusal(start + end + "RDATE:20260602T080000Z\r\n"), "RDATE recurrence");
  EXPECT_EQ(refusal(start + end + "RECURRENCE-ID:20260602T080000Z\r\n"),
            "RECURRENCE-ID recurrence");
  EXPECT_EQ(refusal(start + end + "SEQUENCE:x\r\n"), "SEQUENCE number");
  EXPECT_EQ(refusal(start + end + "STATUS:MAYBE\r\n"), "STATUS status");
  for (const char* bad :
       {"PT", "P", "-PT1H", "PT1D", "P1H", "PT1H1", "PTT1H", "P99999999D", "P400D"})
    EXPECT_EQ(refusal(start + "DURATION:" + bad + "\r\n"), "DURATION duration") << bad;
  const auto readings = read(
      "BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO\r\nBEGIN:VEVENT\r\nUID:"
      "b\r\n" +
      start + end + "END:VEVENT\r\n");
  ASSERT_EQ(readings.size(), 2u);
  EXPECT_EQ(readings[0].line, 3u);
  EXPECT_FALSE(readings[0].event);
  EXPECT_EQ(readings[1].event->uid, "b");
}

TEST(ReadEvents, believes_our_zone_data_and_not_the_files) {
  const auto readings = read(
      "BEGIN:VTIMEZONE\r\nTZID:Europe/"
      "Paris\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+1200\r\n"
      "TZOFFSETTO:+1200\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID="
      "Europe/Paris:20260601T080000\r\n"
      "DURATION:PT30M\r\nEND:VEVENT\r\n");
  EXPECT_EQ(readings.at(0).event->starts, at("2026-06-01T06:00:00Z"));
}

TEST(ZoneOfCalendar, knows_the_names_of_windows_and_of_vendors) {
  EXPECT_EQ(zone_of_calendar("Europe/Vienna")->id(), "Europe/Vienna");
  EXPECT_EQ(zone_of_calendar("W. Europe Standard Time")->id(), "Europe/Berlin");
  EXPECT_EQ(zone_of_calendar("eastern standard time")->id(), "America/New_York");
  EXPECT_EQ(zone_of_calendar("Lord Howe Standard Time")->id(), "Australia/Lord_Howe");
  EXPECT_EQ(zone_of_calendar("/example.org/20010626_1/America/New_York")->id(), "America/New_York");
  EXPECT_EQ(zone_of_calendar("/example.org/x/America/Argentina/Salta")->id(),
            "America/Argentina/Salta");
  EXPECT_EQ(zone_of_calendar("UTC")->id(), "UTC");
  for (const char* unknown : {"", "Mars/Olympus", "/", "//", "Berlin", "/x/y", "../../etc/passwd",
                              "Europe/", "localtime"})
    EXPECT_FALSE(zone_of_calendar(unknown)) << unknown;
}

TEST(IanaOfWindows, names_only_zones_that_we_have) {
  for (const char* name :
       {"Dateline Standard Time", "Morocco Standard Time", "Greenwich Standard Time",
        "GMT Standard Time", "Samoa Standard Time", "Chatham Islands Standard Time",
        "Nepal Standard Time", "UTC+13", "UTC-02"}) {
    const auto iana = iana_of_windows(name);
    EXPECT_FALSE(iana.empty()) << name;
    EXPECT_TRUE(TimeZone::named(iana)) << iana;
  }
  EXPECT_EQ(iana_of_windows("Nowhere Standard Time"), "");
}

}  // namespace
}  // namespace sealbook::calendar
