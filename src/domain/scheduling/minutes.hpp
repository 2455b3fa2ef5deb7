// UtcMinute is what the availability engine counts in: whole minutes since 1970-01-01T00:00Z.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "base/instant.hpp"

namespace sealbook::scheduling {

using UtcMinute = std::int32_t;
inline constexpr UtcMinute never = std::numeric_limits<UtcMinute>::max();

// Half-open.
struct MinuteSpan {
  UtcMinute starts = 0;
  UtcMinute ends = 0;
  constexpr bool overlaps(const MinuteSpan& other) const {
    return starts < other.ends && other.starts < ends;
  }
  constexpr bool contains(const MinuteSpan& other) const {
    return starts <= other.starts && other.ends <= ends;
  }
  constexpr bool empty() const { return ends <= starts; }
  constexpr auto operator<=>(const MinuteSpan&) const = default;
};

// Instants far outside any calendar are cut to these, so that arithmetic on minutes cannot
// overflow.
inline constexpr UtcMinute latest_minute = 1 << 30;  // the year 4011
inline constexpr UtcMinute earliest_minute = -latest_minute;

constexpr Instant instant_of(UtcMinute minute) {
  return Instant::from_micros(std::int64_t{minute} * 60'000'000);
}
constexpr UtcMinute floor_minute(Instant instant) {
  return static_cast<UtcMinute>(
      std::clamp<std::int64_t>(instant.minutes(), earliest_minute, latest_minute));
}
constexpr UtcMinute ceil_minute(Instant instant) {
  const std::int64_t whole = instant.minutes();
  const bool exact = whole * 60'000'000 == instant.micros();
  return static_cast<UtcMinute>(
      std::clamp<std::int64_t>(whole + (exact ? 0 : 1), earliest_minute, latest_minute));
}
// Rounded outward: busy time may only grow.
constexpr MinuteSpan covering(const Interval& interval) {
  return {floor_minute(interval.starts), ceil_minute(interval.ends)};
}
constexpr Interval interval_of(const MinuteSpan& span) {
  return {instant_of(span.starts), instant_of(span.ends)};
}

}  // namespace sealbook::scheduling
