#include "domain/calendar/imported_events.hpp"

#include <array>

#include "domain/calendar/zone_names.hpp"

namespace sealbook::calendar {
namespace {

constexpr std::int64_t a_day_s = 86'400;

// The rule that an event breaks, and where.
struct Refusal {
  std::size_t line;
  std::string_view property;
  std::string_view rule;
};
template <class T>
using Read = std::expected<T, Refusal>;

std::unexpected<Refusal> refuse(const ReadProperty& property, std::string_view rule) {
  return std::unexpected(Refusal{property.line, property.name, rule});
}

struct EventTime {
  Instant instant;
  LocalDateTime wall;
  TimeZone zone = TimeZone::utc();
  LocalKind kind = LocalKind::once;
  EventLength length = EventLength::timed;
  EventClock clock = EventClock::zoned;
};

std::optional<LocalDay> day_of(std::string_view digits) {
  const auto number = digits.size() == 8 ? number_of(digits) : std::nullopt;
  if (!number) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(static_cast<int>(*number / 10'000)),
      std::chrono::month(static_cast<unsigned>(*number / 100 % 100)),
      std::chrono::day(static_cast<unsigned>(*number % 100))};
  if (!date.ok() || *number < 1970'01'01) return std::nullopt;
  return local_day(date);
}

// Seconds since midnight of "HHMMSS"; a leap second is the one before it (3.3.12).
std::optional<std::int64_t> seconds_of(std::string_view digits) {
  const auto number = digits.size() == 6 ? number_of(digits) : std::nullopt;
  if (!number) return std::nullopt;
  const std::int64_t hour = *number / 10'000;
  const std::int64_t minute = *number / 100 % 100;
  const std::int64_t second = *number % 100;
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return hour * 3600 + minute * 60 + std::min<std::int64_t>(second, 59);
}

Read<EventTime> time_of(const ReadProperty& property, const TimeZone& floating) {
  std::string_view value = property.value;
  EventTime out;
  const auto day = day_of(value.substr(0, std::min<std::size_t>(8, value.size())));
  if (!day) return refuse(property, "date_time");
  const bool utc = value.size() == 16 && value.back() == 'Z';
  if (utc) value.remove_suffix(1);
  std::optional<std::int64_t> seconds = 0;
  if (value.size() == 8) {
    out.length = EventLength::whole_days;
  } else if (value.size() == 15 && value[8] == 'T') {
    seconds = seconds_of(value.substr(9));
  } else {
    seconds.reset();
  }
  if (!seconds) return refuse(property, "date_time");
  const std::string_view tzid = property.parameter("TZID");
  const auto zone = utc || tzid.empty() ? std::optional(utc ? TimeZone::utc() : floating)
                                        : zone_of_calendar(tzid);
  if (!zone) return refuse(property, "time_zone");
  if (!utc && tzid.empty()) out.clock = EventClock::floating;
  out.zone = *zone;
  out.wall = {*day, static_cast<std::int32_t>(*seconds / 60)};
  const Resolved resolved = resolve(out.wall, *zone);
  out.instant = resolved.instant + std::chrono::seconds(*seconds % 60);
  out.kind = resolved.kind;
  return out;
}

struct Duration {
  std::int64_t days = 0;  // of the clock
  std::int64_t seconds = 0;
};

// "P1D", "PT45M", "P1DT2H30M", "P2W" (3.3.6), not negative.
std::optional<Duration> duration_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() < 3) return std::nullopt;
  text.remove_prefix(1);
  Duration out;
  bool in_time = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !in_time && text.size() > 1) {
      in_time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto digits = text.find_first_not_of("0123456789");
    if (digits == std::string_view::npos || digits == 0 || digits > 6) return std::nullopt;
    const std::int64_t number = *number_of(text.substr(0, digits));
    switch (text[digits]) {
      case 'W': out.days += number * 7; break;
      case 'D': out.days += number; break;
      case 'H': out.seconds += number * 3600; break;
      case 'M': out.seconds += number * 60; break;
      case 'S': out.seconds += number; break;
      default: return std::nullopt;
    }
    const bool of_time = std::string_view("HMS").contains(text[digits]);
    if (of_time != in_time) return std::nullopt;
    text.remove_prefix(digits + 1);
  }
  return out;
}

// The end: DTEND, or DTSTART and DURATION, or a whole day for a date alone (3.6.1).
Read<Instant> end_of(const ReadComponent& event, const EventTime& starts,
                     const TimeZone& floating) {
  if (const ReadProperty* end = event.find("DTEND")) {
    const auto ends = time_of(*end, floating);
    if (!ends) return std::unexpected(ends.error());
    if (ends->length != starts.length) return refuse(*end, "date_time");
    return ends->instant;
  }
  const ReadProperty* property = event.find("DURATION");
  if (property == nullptr && starts.length == EventLength::timed)
    return std::unexpected(Refusal{event.line, "DTEND", "required"});
  const auto duration = property == nullptr ? Duration{1, 0} : duration_of(property->value);
  if (!duration || duration->days > 366) return refuse(*property, "duration");
  if (duration->days == 0) return starts.instant + std::chrono::seconds(duration->seconds);
  const LocalDateTime wall{starts.wall.day + std::chrono::days(duration->days), starts.wall.minute};
  return resolve(wall, starts.zone).instant + std::chrono::seconds(duration->seconds);
}

Read<EventStatus> status_of(const ReadComponent& event) {
  const ReadProperty* status = event.find("STATUS");
  if (status == nullptr || status->value == "CONFIRMED") return EventStatus::confirmed;
  if (status->value == "TENTATIVE") return EventStatus::tentative;
  if (status->value == "CANCELLED") return EventStatus::cancelled;
  return refuse(*status, "status");
}

SensitiveText text_in(const ReadComponent& event, std::string_view name) {
  const ReadProperty* property = event.find(name);
  return SensitiveText(property == nullptr ? std::string() : text_of(property->value));
}

Read<void> check_structure(const ReadComponent& event) {
  for (const std::string_view once :
       {"UID", "DTSTART", "DTEND", "DURATION", "SEQUENCE", "STATUS", "SUMMARY"})
    if (event.count(once) > 1) return std::unexpected(Refusal{event.line, once, "once"});
  for (const std::string_view needed : {"UID", "DTSTART"})
    if (event.count(needed) == 0) return std::unexpected(Refusal{event.line, needed, "required"});
  for (const std::string_view repeats : {"RRULE", "RDATE", "EXRULE", "RECURRENCE-ID"})
    if (const ReadProperty* property = event.find(repeats)) return refuse(*property, "recurrence");
  const ReadProperty& uid = *event.find("UID");
  if (uid.value.empty() || uid.value.size() > 255) return refuse(uid, "length");
  return {};
}

Read<ImportedEvent> event_of(const ReadComponent& component, const TimeZone& floating) {
  if (const auto sound = check_structure(component); !sound) return std::unexpected(sound.error());
  ImportedEvent event;
  event.uid = component.find("UID")->value;
  if (const ReadProperty* sequence = component.find("SEQUENCE")) {
    const auto number = number_of(sequence->value);
    if (!number) return refuse(*sequence, "number");
    event.sequence = *number;
  }
  const auto status = status_of(component);
  if (!status) return std::unexpected(status.error());
  event.status = *status;
  const ReadProperty& start = *component.find("DTSTART");
  const auto starts = time_of(start, floating);
  if (!starts) return std::unexpected(starts.error());
  const auto ends = end_of(component, *starts, floating);
  if (!ends) return std::unexpected(ends.error());
  if (*ends <= starts->instant) return refuse(start, "order");
  if (*ends - starts->instant > std::chrono::seconds(366 * a_day_s)) return refuse(start, "length");
  event.length = starts->length;
  event.clock = starts->clock;
  event.starts = starts->instant;
  event.ends = *ends;
  event.wall = starts->wall;
  event.zone = starts->zone;
  event.kind = starts->kind;
  event.summary = text_in(component, "SUMMARY");
  event.description = text_in(component, "DESCRIPTION");
  event.location = text_in(component, "LOCATION");
  if (const ReadProperty* organizer = component.find("ORGANIZER"))
    event.organizer = SensitiveText(address_of(organizer->value));
  for (const ReadProperty& property : component.properties)
    if (property.name == "ATTENDEE") event.attendees.emplace_back(address_of(property.value));
  return event;
}

}  // namespace

Result<std::vector<EventReading>> read_events(std::string_view file, const TimeZone& floating,
                                              const ReadLimits& limits) {
  TRY(calendar, read_calendar(file, limits));
  std::vector<EventReading> readings;
  for (const ReadComponent& component : calendar.components) {
    if (component.name != "VEVENT") continue;
    EventReading reading{component.line, std::nullopt, {}, {}};
    auto event = event_of(component, floating);
    if (event) {
      reading.event = std::move(*event);
    } else {
      reading.line = event.error().line;
      reading.property = event.error().property;
      reading.rule = event.error().rule;
    }
    readings.push_back(std::move(reading));
  }
  return readings;
}

}  // namespace sealbook::calendar
