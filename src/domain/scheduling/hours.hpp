// Schedule says when a resource or a location is open, in local time.
//
// Weekly hours are replaced on single dates by overrides (an override without hours closes the
// day). Hours may run past midnight: "22:00 to 06:00" belongs to the day on which it starts, and
// an override of the following day does not cut it. Both ends go through resolve(); hours whose
// resolved end is not after their start do not exist that day, and a date that no clock showed has
// no hours. Closures are instants and are taken off last.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/id.hpp"
#include "domain/scheduling/minutes.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::scheduling {

// Minutes since local midnight of the day it starts on.
struct LocalHours {
  std::int32_t starts = 0;  // 0..1439
  std::int32_t ends = 0;    // starts+1 .. 2880; above 1440 it runs into the next day
  auto operator<=>(const LocalHours&) const = default;
};
// "09:00", "17:00" → hours; an end at or before the start means the next day; "24:00" is allowed
// as an end. Fails with `invalid`; pointers are "/starts" and "/ends".
Result<LocalHours> parse_hours(std::string_view starts, std::string_view ends);

struct DayOverride {
  LocalDay day;
  std::vector<LocalHours> hours;  // empty: closed
  bool operator==(const DayOverride&) const = default;
};

struct Schedule {
  ScheduleId id;
  std::uint32_t version = 1;
  ResourceId resource;                            // nil: the hours of the location itself
  LocationId location;                            // its zone is the zone of these hours
  std::array<std::vector<LocalHours>, 7> weekly;  // Monday first
  std::vector<DayOverride> overrides;             // at most one per day, any order
  std::optional<LocalDay> valid_from;             // first day
  std::optional<LocalDay> valid_to;               // last day
  bool operator==(const Schedule&) const = default;
};
// Fails with `invalid`, naming each broken rule: "/weekly/0/1/ends", "/overrides/3/day", …
Result<void> validate(const Schedule& schedule);

struct Closure {
  ClosureId id;
  Interval when;
  LocationId location;  // nil: all of the tenant's
  ResourceId resource;  // nil: all of the location's
  bool operator==(const Closure&) const = default;
};
// True when it closes that resource at that location.
bool closes(const Closure& closure, const LocationId& location, const ResourceId& resource);

// Sorted, disjoint, not touching, cut to [from, to). Without closures.
std::vector<MinuteSpan> open_minutes(const Schedule& schedule, const TimeZone& zone,
                                     MinuteSpan range);
// The same as instants.
std::vector<Interval> open_intervals(const Schedule& schedule, const TimeZone& zone, Instant from,
                                     Instant to);

// Set operations on sorted, disjoint spans; the results are sorted, disjoint and not touching.
std::vector<MinuteSpan> merged(std::vector<MinuteSpan> spans);  // takes any order and overlap
std::vector<MinuteSpan> intersection(std::span<const MinuteSpan> a, std::span<const MinuteSpan> b);
std::vector<MinuteSpan> difference(std::span<const MinuteSpan> a, std::span<const MinuteSpan> b);

}  // namespace sealbook::scheduling
