// Instant is a point in time: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
//
// Text is RFC 3339. Wall clock times live in domain/scheduling/time_zone.hpp and never mix with
// instants without naming a zone.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sealbook {

using Micros = std::chrono::microseconds;

class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_micros(std::int64_t micros) { return Instant(micros); }
  static constexpr Instant from_seconds(std::int64_t seconds) { return Instant(seconds * 1'000'000); }
  // RFC 3339 with offset ("2026-11-22T10:00:00Z", "…+01:00"); nothing else is accepted.
  // Years 1970 to 9999.
  static std::optional<Instant> parse(std::string_view text);

  constexpr std::int64_t micros() const { return micros_; }
  constexpr std::int64_t seconds() const { return floor_div(micros_, 1'000'000); }
  constexpr std::int64_t minutes() const { return floor_div(micros_, 60'000'000); }
  std::string text() const;                  // "2026-11-22T10:00:00Z", fraction only when there is one
  void append_to(std::string& out) const;

  constexpr auto operator<=>(const Instant&) const = default;
  constexpr Instant operator+(Micros d) const { return Instant(micros_ + d.count()); }
  constexpr Instant operator-(Micros d) const { return Instant(micros_ - d.count()); }
  constexpr Micros operator-(Instant other) const { return Micros(micros_ - other.micros_); }

 private:
  constexpr explicit Instant(std::int64_t micros) : micros_(micros) {}
  static constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && a < 0 ? 1 : 0);
  }
  std::int64_t micros_ = 0;
};

// Half-open: `starts` belongs to it, `ends` does not.
struct Interval {
  Instant starts;
  Instant ends;
  constexpr bool overlaps(const Interval& other) const { return starts < other.ends && other.starts < ends; }
  constexpr bool contains(const Interval& other) const { return starts <= other.starts && other.ends <= ends; }
  constexpr auto operator<=>(const Interval&) const = default;
};

// A civil date (proleptic Gregorian), as in birth dates and opening days: "2026-11-22".
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);
std::string date_text(std::chrono::year_month_day date);

}  // namespace sealbook
