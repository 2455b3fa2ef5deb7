#include "domain/scheduling/rules.hpp"

#include <algorithm>

namespace sealbook::scheduling {

UtcMinute earliest_start(const Service& service, Instant now) {
  const UtcMinute first = ceil_minute(now + service.min_notice);
  return planted(PlantedBug::notice_excludes_its_minute) ? first + 1 : first;
}

UtcMinute horizon_end(const Service& service, const TimeZone& zone, Instant now) {
  if (planted(PlantedBug::horizon_in_hours))
    return floor_minute(now + std::chrono::hours(24) * (service.horizon_days + 1));
  const LocalDay last = to_local(now, zone).day + std::chrono::days(service.horizon_days);
  return floor_minute(resolve({last, 1440}, zone).instant);
}

Grid::Grid(const TimeZone& zone, Minutes step)
    : segments_(zone.segments()), step_(minutes_of(step)) {}

void Grid::enter(UtcMinute minute) {
  const std::int64_t seconds = std::int64_t{minute} * 60;
  const auto next = std::upper_bound(
      segments_.begin() + 1, segments_.end(), seconds,
      [](std::int64_t s, const ZoneSegment& segment) { return s < segment.begins_s; });
  const auto here = next - 1;
  begins_ =
      here == segments_.begin() ? earliest_minute : static_cast<UtcMinute>(here->begins_s / 60);
  ends_ = next == segments_.end() ? never : static_cast<UtcMinute>(next->begins_s / 60);
  offset_ = here->offset_s / 60;
}

UtcMinute Grid::at_or_after(UtcMinute minute) {
  for (;;) {
    if (minute < begins_ || minute >= ends_) enter(minute);
    const UtcMinute local = planted(PlantedBug::grid_anchored_in_utc) ? minute : minute + offset_;
    const UtcMinute of_day = (local % 1440 + 1440) % 1440;
    const UtcMinute past = of_day % step_;
    if (past == 0) return minute;
    const UtcMinute wait =
        std::min(of_day - past + step_, 1440) - of_day;  // midnight is always on it
    if (minute + wait < ends_ || planted(PlantedBug::grid_blind_to_clock_change))
      return minute + wait;
    minute = ends_;  // the clocks change first
  }
}

}  // namespace sealbook::scheduling
