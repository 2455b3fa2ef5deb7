// Writes calendar files for readers that are not ours: with SEALBOOK_CALENDARS_OUT, one JSON line
// per file, with what must be read back. tests/calendar/run gives them to Python's icalendar and to
// ical.js. Payloads (payloads.json) stand in every field that holds somebody's text.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/json.hpp"
#include "domain/calendar/content_lines.hpp"
#include "domain/calendar/feed_ics.hpp"
#include "domain/calendar/visit_ics.hpp"

namespace sealbook::calendar {
namespace {

Instant at(const char* text) { return Instant::parse(text).value(); }

std::vector<std::string> payloads() {
  const char* const source = std::getenv("SEALBOOK_SOURCE");
  std::ifstream file(std::string(source == nullptr ? "." : source) +
                     "/tests/calendar/payloads.json");
  std::stringstream text;
  text << file.rdbuf();
  const auto json = parse_json(text.str());
  std::vector<std::string> all{"\xFF\xFE", "a\xC3", "\xED\xA0\x80",
                               "\xC0\x8A"
                               "ATTENDEE:mailto:eve@example.test"};
  if (json && json->as_array() != nullptr)
    for (const JsonValue& value : *json->as_array()) all.push_back(*value.as_string());
  return all;
}

VisitEvent a_visit() {
  return {.uid = "9d3c1c1e-0000-8000-8000-000000000001",
          .sequence = 3,
          .starts = at("2026-12-01T14:00:00Z"),
          .ends = at("2026-12-01T14:30:00Z"),
          .zone = TimeZone::named("America/New_York").value(),
          .summary = "Appointment",
          .location = "Harbour Street 1",
          .organizer_name = "Harbour Clinic",
          .organizer_address = "reply+abc123@example.test",
          .attendee_address = "ana@example.test",
          .stamp = at("2026-11-24T10:00:00Z")};
}

std::string line(std::string_view kind, std::string_view field, const VisitEvent& visit,
                 std::string_view payload, const std::string& ics) {
  std::string text;
  JsonWriter json(text);
  json.begin_object()
      .member("kind", kind)
      .member("field", field)
      .member("payload", clean_text(payload));
  json.member("summary", clean_text(visit.summary)).member("location", clean_text(visit.location));
  json.member("organizer_name", clean_parameter(visit.organizer_name));
  json.member("starts", visit.starts.seconds()).member("ends", visit.ends.seconds());
  json.member("sequence", visit.sequence).member("ics", ics).end_object();
  return text;
}

class Calendars : public ::testing::Test {
 protected:
  static std::ofstream& out() {
    static const char* const path = std::getenv("SEALBOOK_CALENDARS_OUT");
    static std::ofstream file(path == nullptr ? "/dev/null" : path);
    return file;
  }
};

TEST_F(Calendars, are_written_for_invitations_and_their_cancellation) {
  for (const char* zone :
       {"America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Africa/Casablanca",
        "Asia/Kathmandu", "Europe/Dublin", "Pacific/Apia", "America/Phoenix", "Etc/UTC"})
    for (const char* starts :
         {"2026-03-08T06:30:00Z", "2026-03-29T00:30:00Z", "2026-07-01T14:15:00Z",
          "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2037-06-01T10:00:00Z"}) {
      VisitEvent visit = a_visit();
      visit.zone = TimeZone::named(zone).value();
      visit.starts = at(starts);
      visit.ends = visit.starts + std::chrono::minutes(50);
      const auto request = visit_ics(visit, Method::request);
      ASSERT_TRUE(request);
      out() << line("request", "", visit, "", *request) << "\n";
      ++visit.sequence;
      const auto cancel = visit_ics(visit, Method::cancel);
      ASSERT_TRUE(cancel);
      out() << line("cancel", "", visit, "", *cancel) << "\n";
    }
}

TEST_F(Calendars, are_written_with_every_payload_in_every_text) {
  const auto all = payloads();
  ASSERT_GE(all.size(), 120u);
  for (const std::string& payload : all) {
    for (const auto& [field, member] :
         {std::pair("summary", &VisitEvent::summary), std::pair("location", &VisitEvent::location),
          std::pair("organizer_name", &VisitEvent::organizer_name)}) {
      VisitEvent visit = a_visit();
      visit.*member = payload;
      const auto ics = visit_ics(visit, Method::request);
      ASSERT_TRUE(ics);
      out() << line("payload", field, visit, payload, *ics) << "\n";
    }
    // What is no text but an address or a name is refused, or harmless as it stands.
    for (const auto& member :
         {&VisitEvent::uid, &VisitEvent::attendee_address, &VisitEvent::organizer_address}) {
      VisitEvent visit = a_visit();
      visit.*member = member == &VisitEvent::uid ? payload : "a" + payload + "@example.test";
      if (const auto ics = visit_ics(visit, Method::request))
        out() << line("payload", "address", visit, payload, *ics) << "\n";
    }
  }
}

TEST_F(Calendars, are_written_as_feeds) {
  std::vector<FeedEntry> entries;
  for (std::int64_t i = 0; i < 50; ++i) {
    const Instant starts = at("2026-12-01T14:00:00Z") + std::chrono::hours(i * 7);
    entries.push_back({"uid-" + std::to_string(i),
                       i,
                       {starts, starts + std::chrono::minutes(30)},
                       at("2026-11-24T10:00:00Z")});
  }
  VisitEvent none = a_visit();
  none.summary = "Busy";
  none.location = "";
  none.ends = none.starts + std::chrono::minutes(30);
  out() << line("feed", "", none, "", feed_ics(entries, FeedWording::busy, messages::Locale::en))
        << "\n";
  out().flush();
  EXPECT_TRUE(out());
}

}  // namespace
}  // namespace sealbook::calendar
