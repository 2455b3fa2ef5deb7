#include "app/organisation.hpp"

#include <algorithm>

namespace sealbook::app {
namespace {

using scheduling::CompiledHours;
using scheduling::CompiledService;

constexpr std::int64_t minutes_of_day = 1440;
constexpr Micros behind = std::chrono::days(31);
constexpr Micros ahead = std::chrono::days(400);

template <class Map, class Key>
const auto* find_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

Organisation::Organisation(const Organisation& other)
    : locations(other.locations),
      departments(other.departments),
      resources(other.resources),
      services(other.services),
      schedules(other.schedules),
      closures(other.closures) {}

const Location* Organisation::find_location(const LocationId& id) const { return find_in(locations, id); }
const Resource* Organisation::find_resource(const ResourceId& id) const { return find_in(resources, id); }
const ServiceEntry* Organisation::find_service(const ServiceId& id) const { return find_in(services, id); }

std::vector<scheduling::LocationResources> Organisation::expand(Instant now) const {
  std::vector<scheduling::LocationResources> out;
  const Interval range{now - behind, now + ahead};
  for (const auto& [location_id, location] : locations) {
    if (location.state != ActiveState::active) continue;
    scheduling::LocationResources at{location_id, location.zone, {}};
    scheduling::HoursRules base;
    base.zone = location.zone;
    std::unordered_map<ResourceId, std::vector<scheduling::Schedule>> own;
    for (const auto& [id, entry] : schedules) {
      if (!entry.active || entry.schedule.location != location_id) continue;
      if (entry.schedule.resource.is_nil()) base.location.push_back(entry.schedule);
      else own[entry.schedule.resource].push_back(entry.schedule);
    }
    for (const auto& [id, resource] : resources) {
      if (resource.state != ActiveState::active) continue;
      const bool here = std::ranges::find(resource.locations, location_id) != resource.locations.end();
      if (!here && !own.contains(id)) continue;
      scheduling::HoursRules rules = base;
      rules.kind = resource.kind;
      if (const auto found = own.find(id); found != own.end()) rules.own = found->second;
      for (const auto& [closure_id, closure] : closures)
        if (closure.active && scheduling::closes(closure.closure, location_id, id))
          rules.closures.push_back(closure.closure);
      at.resources.push_back({id, resource.kind, resource.lanes, CompiledHours::make(std::move(rules), range)});
    }
    out.push_back(std::move(at));
  }
  return out;
}

std::shared_ptr<const CompiledService> Organisation::compiled(const ServiceId& id, Instant now) const {
  const ServiceEntry* service = find_service(id);
  if (service == nullptr || !service->active) return nullptr;
  const std::int64_t day = now.minutes() / minutes_of_day;
  const std::lock_guard lock(mutex_);
  if (expanded_day_ != day) {
    expanded_ = expand(now);
    compiled_.clear();
    expanded_day_ = day;
  }
  auto& kept = compiled_[id];
  if (!kept) kept = CompiledService::make(service->rules, expanded_);
  return kept;
}

std::shared_ptr<const CompiledService> Organisation::compiled_with(const scheduling::Service& rules,
                                                                   Instant now) const {
  if (!compiled(rules.id, now)) return nullptr;
  const std::lock_guard lock(mutex_);
  return CompiledService::make(rules, expanded_);
}

}  // namespace sealbook::app
