#include "domain/calendar/vtimezone.hpp"

#include <algorithm>
#include <cstdlib>

namespace sealbook::calendar {
namespace {

constexpr std::int64_t a_year_s = 366 * std::int64_t{86'400};

std::string offset_text(std::int32_t seconds) {
  std::string out = seconds < 0 ? "-" : "+";
  const auto two = [&](std::int32_t value) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
  };
  const std::int32_t size = std::abs(seconds);
  two(size / 3600);
  two(size / 60 % 60);
  if (size % 60 != 0) two(size % 60);
  return out;
}

std::string clock_text(std::int64_t local_s) {
  std::string out = utc_text(Instant::from_seconds(local_s));
  out.pop_back();  // the Z
  return out;
}

// tzdata's own flag is not kept; readers go by the offsets, and the word only has to be there.
bool is_summer(std::span<const ZoneSegment> segments, std::size_t i) {
  return i > 0 && i + 1 < segments.size() && segments[i - 1].offset_s < segments[i].offset_s &&
         segments[i + 1].offset_s < segments[i].offset_s;
}

}  // namespace

void append_vtimezone(ContentLines& out, const TimeZone& zone, const Interval& when) {
  const auto segments = zone.segments();
  out.begin("VTIMEZONE");
  out.text("TZID", zone.id());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool over =
        i + 1 < segments.size() && segments[i + 1].begins_s <= when.starts.seconds() - a_year_s;
    if (over) continue;
    if (segments[i].begins_s > when.ends.seconds() + a_year_s) break;
    const std::int32_t before = i == 0 ? segments[i].offset_s : segments[i - 1].offset_s;
    const std::string_view kind = is_summer(segments, i) ? "DAYLIGHT" : "STANDARD";
    out.begin(kind);
    out.value("DTSTART", clock_text(std::max<std::int64_t>(0, segments[i].begins_s + before)));
    out.value("TZOFFSETFROM", offset_text(before));
    out.value("TZOFFSETTO", offset_text(segments[i].offset_s));
    out.end(kind);
  }
  out.end("VTIMEZONE");
}

std::string local_clock_text(Instant instant, const TimeZone& zone) {
  return clock_text(instant.seconds() + offset_at(instant, zone).count());
}

bool reads_back(Instant instant, const TimeZone& zone) {
  return instant.micros() % 60'000'000 == 0 &&
         resolve(to_local(instant, zone), zone).kind == LocalKind::once;
}

}  // namespace sealbook::calendar
