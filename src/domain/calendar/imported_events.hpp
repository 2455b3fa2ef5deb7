// read_events() reads the appointments in another scheduler's iCalendar export.
//
// Each VEVENT gives one reading: an event, or the property and rule for which it was refused; the
// others are read all the same. Zone names are understood by zone_of_calendar() and always mean our
// zone data, never the file's VTIMEZONE; a time without a zone is read in `floating`; both go
// through resolve() (docs/time.md). Recurring events are refused one by one, not expanded: an
// export for a move lists single appointments. Pure; any thread. Fails with `invalid` when the file
// itself cannot be read (reader.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/sensitive.hpp"
#include "domain/calendar/reader.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::calendar {

enum class EventStatus : std::uint8_t { confirmed, tentative, cancelled };
// Whether the start was written with a zone. Without one (RFC 5545 3.3.5, form 1), `wall` is what counts.
enum class EventClock : std::uint8_t { zoned, floating };
enum class EventLength : std::uint8_t { timed, whole_days };

struct ImportedEvent {
  std::string uid;  // the old id; with it an import is done again without doubles
  std::int64_t sequence = 0;
  EventStatus status = EventStatus::confirmed;
  EventLength length = EventLength::timed;
  EventClock clock = EventClock::zoned;
  Instant starts;
  Instant ends;        // after starts
  LocalDateTime wall;  // starts, on the clock of `zone`
  TimeZone zone = TimeZone::utc();
  LocalKind kind = LocalKind::once;  // how the zone's clock showed the start as it was written
  SensitiveText summary;             // whatever the old system wrote: often a name
  SensitiveText description;
  SensitiveText location;
  SensitiveText organizer;  // address, lower case; empty: none
  std::vector<SensitiveText> attendees;
};

struct EventReading {
  std::size_t line = 0;  // of BEGIN:VEVENT, or of the property that broke a rule
  std::optional<ImportedEvent> event;
  std::string property;  // "DTSTART"; empty when there is an event
  std::string rule;      // "required", "date_time", "time_zone", "recurrence", "order", "length"
};

// Enough for 50,000 appointments.
inline constexpr ReadLimits export_limits{.octets = 32 * 1024 * 1024,
                                          .lines = 2'000'000,
                                          .line_octets = 65'536,
                                          .depth = 4,
                                          .parameters = 32};

Result<std::vector<EventReading>> read_events(std::string_view file, const TimeZone& floating,
                                              const ReadLimits& limits = export_limits);

}  // namespace sealbook::calendar
