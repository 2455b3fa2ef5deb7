// What somebody who looks for a time has chosen so far: all of it stands in the query, none of it
// is about a person. And what is free, by the days of the clock that they read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/links/visit_pages.hpp"
#include "ui/page.hpp"

namespace sealbook::ui {

struct Choice {
  std::optional<ServiceId> service;
  std::optional<LocationId> place;
  std::optional<ResourceId> who;
  std::optional<AppointmentId> visit;  // the one that moves
  std::optional<std::chrono::year_month> month;
  std::optional<LocalDay> day;
  std::optional<Instant> at;
  TimeZone zone = TimeZone::utc();
  bool zone_known = false;  // chosen here or earlier; else it is the place's

  // The query for another page: "?service=…&place=…" with what is set but day, month and time.
  std::string query() const;
  std::string with_month(std::chrono::year_month month) const;
  std::string with_day(LocalDay day) const;
  std::string with_time(Instant at, const LocationId& place) const;
};

// Reads the query; what cannot be read counts as not chosen. The zone is that of the query, else of
// this browser's cookie, else `fallback`.
Choice read_choice(const PageCall& call, const TimeZone& fallback);
// Keeps a zone that was chosen for the next pages.
void remember_zone(const PageCall& call, net::HttpResponse& response);
// The browser's zone, when it has told one.
std::optional<TimeZone> known_zone(const PageCall& call);

// A month of a large clinic has fewer.
inline constexpr std::size_t most_openings_of_a_month = 20'000;

struct FreeTime {
  Instant starts;
  LocationId place;
  std::size_t ways = 1;  // how many openings begin then, at that place
};
using FreeDays = std::map<LocalDay, std::vector<FreeTime>>;
FreeDays by_day(const app::FoundOpenings& found, const TimeZone& zone);

// The practitioners who give a service and have hours for it, by name.
std::vector<std::pair<ResourceId, std::string>> people_of(const app::Organisation& organisation,
                                                          const ServiceId& service, Instant now);

// The month to show: the one that was chosen, of the day, or of the first opening.
std::chrono::year_month month_to_show(const Choice& choice, std::optional<Instant> first,
                                      Instant now);
Interval interval_of(std::chrono::year_month month, const TimeZone& zone);

}  // namespace sealbook::ui
