// The rules that search and judgement share. Private to this folder.
#pragma once

#include "domain/scheduling/planted.hpp"
#include "domain/scheduling/service.hpp"

namespace sealbook::scheduling {

// No visit starts later: tzdata's compiled files end there (time_zone.hpp).
inline constexpr UtcMinute bookable_until =
    floor_minute(Instant::from_seconds(2'145'916'800));  // 2038-01-01

inline UtcMinute minutes_of(Minutes minutes) { return static_cast<UtcMinute>(minutes.count()); }

inline UtcMinute before_of(const Service& service, const Requirement& need) {
  if (planted(PlantedBug::buffer_before_forgotten)) return 0;
  return need.buffers == Buffers::bind ? minutes_of(service.buffer_before) : 0;
}
inline UtcMinute after_of(const Service& service, const Requirement& need) {
  if (planted(PlantedBug::buffer_after_forgotten)) return 0;
  return need.buffers == Buffers::bind ? minutes_of(service.buffer_after) : 0;
}
// What a resource that meets `need` is taken for.
inline MinuteSpan claim_span(const Service& service, const Requirement& need, MinuteSpan visit) {
  return {visit.starts - before_of(service, need), visit.ends + after_of(service, need)};
}

// A patient's visit starts at or after the first and before the second.
UtcMinute earliest_start(const Service& service, Instant now);
UtcMinute horizon_end(const Service& service, const TimeZone& zone, Instant now);

// The wall-clock grid of one zone. Keeps the stretch of constant offset it was last in, so asking
// for rising times costs two divisions. Not shared between threads.
class Grid {
 public:
  Grid(const TimeZone& zone, Minutes step);
  // The first minute at or after `minute` that is on the grid.
  UtcMinute at_or_after(UtcMinute minute);

 private:
  void enter(UtcMinute minute);
  std::span<const ZoneSegment> segments_;
  UtcMinute step_;
  UtcMinute begins_ = 0;  // of the present stretch
  UtcMinute ends_ = 0;
  UtcMinute offset_ = 0;  // local minus UTC
};

}  // namespace sealbook::scheduling
