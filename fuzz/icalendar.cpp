// Fuzzes what is read from calendar files, and what is written into them. The first byte chooses:
//   'r'  a file as it may come by mail: the reader and the reply; what is read keeps its limits;
//   'i'  an export of another scheduler: every event ends after it starts, in a zone of ours;
//   'w'  any text at all, written as title, place and organizer: reading gives it back as
//   clean_text()
//        says, with the same properties as always;
//   'z'  the name of a zone.
#include <cstdint>
#include <cstdlib>

#include "domain/calendar/content_lines.hpp"
#include "domain/calendar/imip_reply.hpp"
#include "domain/calendar/imported_events.hpp"
#include "domain/calendar/reader.hpp"
#include "domain/calendar/visit_ics.hpp"
#include "domain/calendar/zone_names.hpp"

using namespace sealbook;
using namespace sealbook::calendar;

namespace {

const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

void require(bool held) {
  if (!held) std::abort();
}

std::size_t depth_of(const ReadComponent& component) {
  std::size_t deepest = 0;
  for (const ReadComponent& inner : component.components)
    deepest = std::max(deepest, depth_of(inner));
  return deepest + 1;
}

void check_reply(std::string_view file) {
  const auto calendar = read_calendar(file);
  if (calendar) require(depth_of(*calendar) <= ReadLimits{}.depth);
  const auto reply = read_reply(file);
  if (!reply) return;
  require(calendar && reply->sequence >= 0 && reply->attendee != SensitiveText());
  const SentInvitation sent{"uid-1", 3, SensitiveText("ana@example.test")};
  require(judge(*reply, sent, SensitiveText()) != ReplyVerdict::counts);
  // Behind every check but the last: a version that was never sent.
  if (planted &&
      judge(*reply, sent, SensitiveText("ana@example.test")) == ReplyVerdict::unknown_version)
    __builtin_trap();
}

void check_events(std::string_view file) {
  const auto readings = read_events(file, TimeZone::utc());
  if (!readings) return;
  for (const EventReading& reading : *readings) {
    require(reading.event.has_value() != !reading.rule.empty());
    // Behind every check but the last: both times are read, and the end is not after the start.
    if (planted && reading.rule == "order") __builtin_trap();
    if (!reading.event) continue;
    require(reading.event->starts < reading.event->ends && !reading.event->uid.empty());
    require(TimeZone::named(reading.event->zone.id()).has_value());
  }
}

void check_written(std::string_view text) {
  VisitEvent visit{.uid = "u",
                   .sequence = 1,
                   .starts = Instant::from_seconds(1'800'000'000),
                   .ends = Instant::from_seconds(1'800'001'800),
                   .zone = TimeZone::utc(),
                   .summary = std::string(text),
                   .location = std::string(text),
                   .organizer_name = std::string(text),
                   .organizer_address = "reply@example.test",
                   .attendee_address = "ana@example.test",
                   .stamp = {}};
  if (visit.location.empty()) return;
  const auto written = visit_ics(visit, Method::request);
  require(written.has_value());
  const auto calendar = read_calendar(*written, {.line_octets = 4'000'000});
  require(calendar && calendar->components.size() == 2);
  const ReadComponent& event = calendar->components[1];
  require(event.components.empty() && event.properties.size() == 12);
  require(text_of(event.find("SUMMARY")->value) == clean_text(text));
  require(text_of(event.find("LOCATION")->value) == clean_text(text));
  require(event.find("ORGANIZER")->parameter("CN") == clean_parameter(text));
  visit.uid = text;
  visit.attendee_address = text;
  if (const auto with_it = visit_ics(visit, Method::cancel))
    require(read_calendar(*with_it).has_value());
}

void check_zone(std::string_view name) {
  if (const auto zone = zone_of_calendar(name)) require(!zone->segments().empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'r': check_reply(rest); break;
    case 'i': check_events(rest); break;
    case 'w': check_written(rest); break;
    case 'z': check_zone(rest); break;
    default: break;
  }
  return 0;
}
