// What our engine says about every zone of tzdata around its changes of 2024 to 2030. With
// SEALBOOK_ZONES_OUT it is written there, one JSON line per zone, for tests/timezones/run to
// compare with engines that we do not link.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/json.hpp"
#include "domain/calendar/vtimezone.hpp"

namespace sealbook {
namespace {

constexpr std::int64_t first_s = 1'704'067'200;  // 2024-01-01
constexpr std::int64_t last_s = 1'924'992'000;   // 2031-01-01

// Every zone that is not a link.
std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  std::ifstream file("/usr/share/zoneinfo/tzdata.zi");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("Z ")) names.push_back(line.substr(2, line.find(' ', 2) - 2));
  std::erase_if(names, [](const std::string& name) { return !TimeZone::named(name); });
  return names;
}

// Local minutes and instants worth asking about.
struct Questions {
  std::vector<std::int64_t> local_minutes;
  std::vector<std::int64_t> instants_s;
};

Questions questions_about(const TimeZone& zone) {
  Questions ask;
  const auto segments = zone.segments();
  for (std::int64_t at = first_s; at < last_s; at += 91 * std::int64_t{86'400}) {
    ask.instants_s.push_back(at);
    ask.local_minutes.push_back(at / 60);
  }
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (segments[i].begins_s < first_s || segments[i].begins_s >= last_s) continue;
    const std::int64_t before = segments[i].begins_s + segments[i - 1].offset_s;
    const std::int64_t after = segments[i].begins_s + segments[i].offset_s;
    const std::int64_t least = std::min(before, after) / 60;
    const std::int64_t most = std::max(before, after) / 60;
    for (std::int64_t minute = least - 60; minute <= most + 60; minute += 15)
      ask.local_minutes.push_back(minute);
    for (const std::int64_t edge : {least, most})
      for (const std::int64_t minute : {edge - 1, edge + 1}) ask.local_minutes.push_back(minute);
    for (const std::int64_t minutes : {-1441, -60, -1, 0, 1, 60, 1441})
      ask.instants_s.push_back(segments[i].begins_s + minutes * 60);
  }
  return ask;
}

LocalDateTime local_of(std::int64_t minutes) {
  const std::int64_t day = minutes / 1440;
  return {LocalDay(std::chrono::days(day)), static_cast<std::int32_t>(minutes - day * 1440)};
}

std::string_view word(LocalKind kind) {
  return kind == LocalKind::once ? "once" : kind == LocalKind::skipped ? "skipped" : "doubled";
}

// {"zone":…,"vtimezone":…,"locals":[[local, kind, instant]…],"instants":[[instant, offset]…],
//  "changes":[[instant, offset before, offset after]…]}
std::string answers_about(const TimeZone& zone) {
  const Questions ask = questions_about(zone);
  calendar::ContentLines lines;
  calendar::append_vtimezone(lines, zone,
                             {Instant::from_seconds(first_s), Instant::from_seconds(last_s)});
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("zone", zone.id()).member("vtimezone", lines.take());
  json.key("locals").begin_array();
  for (const std::int64_t minutes : ask.local_minutes) {
    const LocalDateTime local = local_of(minutes);
    const Resolved resolved = resolve(local, zone);
    json.begin_array()
        .string(local.text())
        .string(word(resolved.kind))
        .integer(resolved.instant.seconds())
        .end_array();
  }
  json.end_array().key("instants").begin_array();
  for (const std::int64_t at : ask.instants_s)
    json.begin_array()
        .integer(at)
        .integer(offset_at(Instant::from_seconds(at), zone).count())
        .end_array();
  json.end_array().key("changes").begin_array();
  const auto segments = zone.segments();
  for (std::size_t i = 1; i < segments.size(); ++i)
    if (segments[i].begins_s >= first_s && segments[i].begins_s < last_s)
      json.begin_array()
          .integer(segments[i].begins_s)
          .integer(segments[i - 1].offset_s)
          .integer(segments[i].offset_s)
          .end_array();
  json.end_array().end_object();
  return text;
}

TEST(TimeZones, come_back_to_the_same_wall_clock_unless_it_skipped_the_time) {
  for (const std::string& name : zone_names()) {
    const TimeZone zone = TimeZone::named(name).value();
    for (const std::int64_t minutes : questions_about(zone).local_minutes) {
      const LocalDateTime local = local_of(minutes);
      const Resolved resolved = resolve(local, zone);
      EXPECT_EQ(to_local(resolved.instant, zone) == local, resolved.kind != LocalKind::skipped)
          << name << " " << local.text();
    }
  }
}

TEST(TimeZones, are_written_for_the_comparison) {
  const auto names = zone_names();
  EXPECT_GT(names.size(), 300u);
  const char* const path = std::getenv("SEALBOOK_ZONES_OUT");
  std::ofstream out(path == nullptr ? "/dev/null" : path);
  for (const std::string& name : names) out << answers_about(TimeZone::named(name).value()) << "\n";
  out << "{\"tzdata\":\"" << tzdata_version() << "\"}\n";
  out.close();
  EXPECT_TRUE(out);
}

}  // namespace
}  // namespace sealbook
