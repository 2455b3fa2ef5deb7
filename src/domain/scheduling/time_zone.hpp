// TimeZone names the rules that turn wall-clock time into instants; resolve() and to_local() are
// the only two doors between the two.
//
// One policy, for everything in this program (docs/time.md, RFC 5545 section 3.3.5):
//   - a local time that a clock skips is read with the offset before the gap, so 02:30 in a gap of
//     one hour is 03:30 on the new clock;
//   - a local time that a clock shows twice means the first of the two.
// Rules come from the system's tzdata through date-tz, from 1970 to the end of 2037 (what the
// compiled files list one by one); beyond, the last offset stays.
// Threads: everything here is immutable after the first use of a zone and safe to share.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace sealbook {

using Minutes = std::chrono::minutes;
using LocalDay = std::chrono::local_days;  // a civil date without a zone

// A reading of a wall clock, to the minute. `minute` may be 1440 or more: "24:00" and "26:00" are
// times of the following day.
struct LocalDateTime {
  LocalDay day;
  std::int32_t minute = 0;  // since local midnight

  // "2026-03-08T02:30", nothing else.
  static std::optional<LocalDateTime> parse(std::string_view text);
  std::string text() const;
  // Minutes since 1970-01-01T00:00 on the same wall clock.
  constexpr std::int64_t minutes() const {
    return day.time_since_epoch().count() * std::int64_t{1440} + minute;
  }
  constexpr bool operator==(const LocalDateTime& other) const {
    return minutes() == other.minutes();
  }
  constexpr auto operator<=>(const LocalDateTime& other) const {
    return minutes() <=> other.minutes();
  }
};

// Civil date to LocalDay and back; `date` must be a real one.
constexpr LocalDay local_day(std::chrono::year_month_day date) { return LocalDay(date); }
constexpr std::chrono::year_month_day civil_date(LocalDay day) {
  return std::chrono::year_month_day(day);
}

// One stretch of constant offset.
struct ZoneSegment {
  std::int64_t begins_s;  // seconds since 1970, UTC
  std::int32_t offset_s;  // local minus UTC
};
struct ZoneRules;  // time_zone.cpp; one per canonical zone, never freed

class TimeZone {
 public:
  // Fails with `invalid` when the name is not an IANA id of the installed tzdata. Aliases
  // ("US/Eastern") are accepted and kept as they were written.
  static Result<TimeZone> named(std::string_view iana_id);
  static TimeZone utc();

  std::string_view id() const;            // as it was written
  std::string_view canonical_id() const;  // what tzdata links it to, else id()
  bool operator==(const TimeZone& other) const { return id() == other.id(); }

  // The stretches since 1970, in order; the first begins at or before 1970. For the engine.
  std::span<const ZoneSegment> segments() const;

 private:
  explicit TimeZone(const ZoneRules* rules) : rules_(rules) {}
  const ZoneRules* rules_;
};

enum class LocalKind : std::uint8_t { once, skipped, doubled };
struct Resolved {
  Instant instant;
  LocalKind kind;
};

// The policy above. Never fails.
Resolved resolve(LocalDateTime local, const TimeZone& zone);
LocalDateTime to_local(Instant instant, const TimeZone& zone);
// Local minus UTC at that instant.
std::chrono::seconds offset_at(Instant instant, const TimeZone& zone);
// False for a date that no clock of the zone ever showed (Apia, 2011-12-30).
bool day_exists(LocalDay day, const TimeZone& zone);
// RFC 3339 with the zone's offset: "2026-03-08T03:30:00-04:00".
std::string local_text(Instant instant, const TimeZone& zone);

// "2026f"; "unknown" when the system does not say. A visit stores it (DECISIONS 6).
std::string_view tzdata_version();

}  // namespace sealbook
