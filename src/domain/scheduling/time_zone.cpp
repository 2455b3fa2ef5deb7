#include "domain/scheduling/time_zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>

#include "domain/scheduling/planted.hpp"

namespace sealbook {

using scheduling::planted;
using scheduling::PlantedBug;

struct ZoneRules {
  std::string id;
  std::string canonical_id;
  std::vector<ZoneSegment> segments;
};

namespace {

// What tzdata.zi, the source that ships beside the compiled files, says of itself: its version,
// and which names are links. date-tz reads neither on a system with compiled files.
struct TzdataSource {
  std::string version = "unknown";
  std::map<std::string, std::string, std::less<>> links;  // alias → canonical
};

TzdataSource read_tzdata_source() {
  TzdataSource source;
  std::ifstream file("/usr/share/zoneinfo/tzdata.zi");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("# version ")) {
      source.version = line.substr(10);
    } else if (line.starts_with("L ")) {
      const auto space = line.find(' ', 2);
      if (space != std::string::npos)
        source.links.emplace(line.substr(space + 1), line.substr(2, space - 2));
    }
  }
  return source;
}

const TzdataSource& tzdata_source() {
  static const TzdataSource source = read_tzdata_source();
  return source;
}

// The stretches from 1970 on; neighbours with the same offset are one.
std::vector<ZoneSegment> read_segments(const date::time_zone& zone) {
  constexpr date::sys_seconds horizon{std::chrono::seconds(4'102'444'800)};  // 2100
  std::vector<ZoneSegment> segments;
  date::sys_seconds at{std::chrono::seconds(0)};
  while (at < horizon) {
    const auto stretch = zone.get_info(at);
    const auto offset = static_cast<std::int32_t>(stretch.offset.count());
    if (segments.empty())
      segments.push_back(
          {std::min<std::int64_t>(0, stretch.begin.time_since_epoch().count()), offset});
    else if (segments.back().offset_s != offset)
      segments.push_back({stretch.begin.time_since_epoch().count(), offset});
    at = stretch.end;
  }
  return segments;
}

const date::time_zone* find_zone(std::string_view id) {
  if (id == "localtime" || id == "posixrules") return nullptr;  // files, not zones
  const auto& zones = date::get_tzdb().zones;
  const auto found = std::lower_bound(
      zones.begin(), zones.end(), id,
      [](const date::time_zone& zone, std::string_view name) { return zone.name() < name; });
  return found != zones.end() && found->name() == id ? &*found : nullptr;
}

// The tz database as this program keeps it: filled on demand, entries never change or go.
const ZoneRules* rules_of(std::string_view id) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const ZoneRules>, std::less<>> known;
  const std::scoped_lock lock(mutex);
  if (const auto found = known.find(id); found != known.end()) return found->second.get();
  const date::time_zone* zone = find_zone(id);
  if (zone == nullptr) return nullptr;
  const auto link = tzdata_source().links.find(id);
  const std::string canonical =
      link == tzdata_source().links.end() ? std::string(id) : link->second;
  auto rules = std::make_unique<const ZoneRules>(std::string(id), canonical, read_segments(*zone));
  return known.emplace(std::string(id), std::move(rules)).first->second.get();
}

std::size_t segment_at(std::span<const ZoneSegment> segments, std::int64_t utc_s) {
  const auto after = std::upper_bound(
      segments.begin() + 1, segments.end(), utc_s,
      [](std::int64_t s, const ZoneSegment& segment) { return s < segment.begins_s; });
  return static_cast<std::size_t>(after - segments.begin()) - 1;
}

void append_two(std::string& out, std::int64_t value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

}  // namespace

std::optional<LocalDateTime> LocalDateTime::parse(std::string_view text) {
  if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  for (const std::size_t i : {11U, 12U, 14U, 15U})
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  const int hour = (text[11] - '0') * 10 + (text[12] - '0');
  const int minute = (text[14] - '0') * 10 + (text[15] - '0');
  if (hour > 23 || minute > 59) return std::nullopt;
  return LocalDateTime{local_day(*date), hour * 60 + minute};
}

std::string LocalDateTime::text() const {
  const std::int64_t total = minutes();
  const std::int64_t days = total / 1440 - (total % 1440 < 0 ? 1 : 0);
  const std::int64_t of_day = total - days * 1440;
  std::string out = date_text(civil_date(LocalDay(std::chrono::days(days))));
  out += 'T';
  append_two(out, of_day / 60);
  out += ':';
  append_two(out, of_day % 60);
  return out;
}

Result<TimeZone> TimeZone::named(std::string_view iana_id) {
  const ZoneRules* rules = rules_of(iana_id);
  if (rules == nullptr)
    return fail(invalid_field("/time_zone", "time_zone",
                              "time_zone must be an IANA time zone, such as Europe/Paris."));
  return TimeZone(rules);
}

TimeZone TimeZone::utc() {
  static const ZoneRules rules{"Etc/UTC", "Etc/UTC", {{0, 0}}};
  return TimeZone(&rules);
}

std::string_view TimeZone::id() const { return rules_->id; }
std::string_view TimeZone::canonical_id() const { return rules_->canonical_id; }
std::span<const ZoneSegment> TimeZone::segments() const { return rules_->segments; }

Resolved resolve(LocalDateTime local, const TimeZone& zone) {
  const auto segments = zone.segments();
  const std::int64_t local_s = local.minutes() * 60;
  // No offset exceeds a day and a half, and no zone changes twice within that time; two stretches
  // on either side hold every reading of this local time.
  const std::size_t middle = segment_at(segments, local_s);
  const std::size_t first = middle >= 2 ? middle - 2 : 0;
  const std::size_t last = std::min(middle + 3, segments.size());
  std::int64_t found = 0;
  int readings = 0;
  for (std::size_t i = first; i < last; ++i) {
    const std::int64_t utc_s = local_s - segments[i].offset_s;
    const bool begun = i == 0 || utc_s >= segments[i].begins_s;
    const bool over = i + 1 < segments.size() && utc_s >= segments[i + 1].begins_s;
    if (!begun || over) continue;
    if (readings++ == 0 || planted(PlantedBug::doubled_time_means_second)) found = utc_s;
  }
  if (readings > 0)
    return {Instant::from_seconds(found), readings == 1 ? LocalKind::once : LocalKind::doubled};
  // Skipped: between the end of one stretch and the beginning of the next, both in local time.
  for (std::size_t i = first; i + 1 < last; ++i) {
    const std::int64_t change = segments[i + 1].begins_s;
    if (local_s >= change + segments[i].offset_s && local_s < change + segments[i + 1].offset_s)
      return {
          Instant::from_seconds(
              local_s - segments[planted(PlantedBug::skipped_time_goes_back) ? i + 1 : i].offset_s),
          LocalKind::skipped};
  }
  return {Instant::from_seconds(local_s - segments[middle].offset_s), LocalKind::skipped};
}

std::chrono::seconds offset_at(Instant instant, const TimeZone& zone) {
  const auto segments = zone.segments();
  return std::chrono::seconds(segments[segment_at(segments, instant.seconds())].offset_s);
}

LocalDateTime to_local(Instant instant, const TimeZone& zone) {
  const std::int64_t local_s = instant.seconds() + offset_at(instant, zone).count();
  const std::int64_t days = local_s / 86'400 - (local_s % 86'400 < 0 ? 1 : 0);
  return {LocalDay(std::chrono::days(days)),
          static_cast<std::int32_t>((local_s - days * 86'400) / 60)};
}

bool day_exists(LocalDay day, const TimeZone& zone) {
  return resolve({day, 0}, zone).kind != LocalKind::skipped ||
         resolve({day, 1439}, zone).kind != LocalKind::skipped;
}

std::string local_text(Instant instant, const TimeZone& zone) {
  const std::chrono::seconds offset = offset_at(instant, zone);
  std::string out = (instant + offset).text();
  out.pop_back();  // the Z
  const std::int64_t minutes = offset.count() / 60;
  out += minutes < 0 ? '-' : '+';
  append_two(out, std::abs(minutes) / 60);
  out += ':';
  append_two(out, std::abs(minutes) % 60);
  return out;
}

std::string_view tzdata_version() { return tzdata_source().version; }

}  // namespace sealbook
