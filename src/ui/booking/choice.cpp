#include "ui/booking/choice.hpp"

#include <algorithm>
#include <map>

#include "ui/form.hpp"

namespace sealbook::ui {
namespace {

constexpr std::string_view zone_cookie = "__Host-zone";
constexpr std::int64_t zone_life_s = 90 * 86'400;

template <class IdType>
std::optional<IdType> id_in(const Fields& query, std::string_view name) {
  return IdType::parse(query.get(name));
}

std::optional<TimeZone> zone_named(std::string_view name) {
  if (name.empty() || name.size() > 64) return std::nullopt;
  auto zone = TimeZone::named(name);
  return zone ? std::optional(*zone) : std::nullopt;
}

void put(std::string& query, std::string_view name, std::string_view value) {
  query += query.empty() ? "?" : "&";
  query.append(name).append("=").append(percent_encoded(value));
}

}  // namespace

std::optional<TimeZone> known_zone(const PageCall& call) {
  if (auto zone = zone_named(call.query.get("zone"))) return zone;
  const auto kept = from_base64url(call.cookie(zone_cookie));
  return kept ? zone_named(as_text(*kept)) : std::nullopt;
}

Choice read_choice(const PageCall& call, const TimeZone& fallback) {
  Choice choice;
  choice.service = id_in<ServiceId>(call.query, "service");
  choice.place = id_in<LocationId>(call.query, "place");
  choice.who = id_in<ResourceId>(call.query, "who");
  choice.visit = id_in<AppointmentId>(call.query, "visit");
  choice.at = Instant::parse(call.query.get("at"));
  if (const auto date = parse_date(call.query.get("day"))) choice.day = local_day(*date);
  if (const auto date = parse_date(std::string(call.query.get("month")) + "-01"))
    choice.month = date->year() / date->month();
  const auto zone = known_zone(call);
  choice.zone = zone.value_or(fallback);
  choice.zone_known = zone.has_value();
  return choice;
}

void remember_zone(const PageCall& call, net::HttpResponse& response) {
  if (const auto zone = zone_named(call.query.get("zone")))
    response.headers.emplace_back(
        "Set-Cookie", cookie(zone_cookie, to_base64url(as_bytes(zone->id())), zone_life_s));
}

std::string Choice::query() const {
  std::string query;
  if (service) put(query, "service", service->text());
  if (place) put(query, "place", place->text());
  if (who) put(query, "who", who->text());
  if (visit) put(query, "visit", visit->text());
  if (zone_known) put(query, "zone", zone.id());
  return query;
}

std::string Choice::with_month(std::chrono::year_month wanted) const {
  std::string out = query();
  put(out, "month", date_text(wanted / std::chrono::day(1)).substr(0, 7));
  return out;
}

std::string Choice::with_day(LocalDay wanted) const {
  std::string out = query();
  put(out, "day", date_text(civil_date(wanted)));
  return out;
}

std::string Choice::with_time(Instant starts, const LocationId& where) const {
  Choice there = *this;
  there.place = where;
  std::string out = there.query();
  put(out, "at", starts.text());
  return out;
}

FreeDays by_day(const app::FoundOpenings& found, const TimeZone& zone) {
  FreeDays days;
  for (const auto& opening : found.openings) {
    auto& times = days[to_local(opening.when.starts, zone).day];
    // Openings come by start: those of the same time stand together.
    bool seen = false;
    for (auto it = times.rbegin(); it != times.rend() && it->starts == opening.when.starts; ++it) {
      if (it->place != opening.location) continue;
      ++it->ways;
      seen = true;
      break;
    }
    if (!seen) times.push_back({opening.when.starts, opening.location, 1});
  }
  return days;
}

std::vector<std::pair<ResourceId, std::string>> people_of(const app::Organisation& organisation,
                                                          const ServiceId& service, Instant now) {
  std::map<ResourceId, std::string> known;
  const auto compiled = organisation.compiled(service, now);
  if (compiled == nullptr) return {};
  for (const auto& at : compiled->locations())
    for (const auto& [resource, need] : at.candidates) {
      const auto* who = organisation.find_resource(resource.id);
      if (resource.kind == ResourceKind::practitioner && !resource.hours->open().empty() &&
          who != nullptr)
        known.emplace(resource.id, who->name);
    }
  std::vector<std::pair<ResourceId, std::string>> people(known.begin(), known.end());
  std::ranges::sort(people, {}, [](const auto& person) { return person.second; });
  return people;
}

std::chrono::year_month month_to_show(const Choice& choice, std::optional<Instant> first,
                                      Instant now) {
  if (choice.month) return *choice.month;
  const LocalDay day = choice.day.value_or(to_local(first.value_or(now), choice.zone).day);
  const auto date = civil_date(day);
  return date.year() / date.month();
}

Interval interval_of(std::chrono::year_month month, const TimeZone& zone) {
  const auto starts = resolve({local_day(month / std::chrono::day(1)), 0}, zone).instant;
  const auto ends =
      resolve({local_day((month + std::chrono::months(1)) / std::chrono::day(1)), 0}, zone).instant;
  return {starts, ends};
}

}  // namespace sealbook::ui
