// Organisation is one tenant's directory in memory: places, people, rooms, services and hours.
//
// A value that never changes once it is shared: a change makes a new one (see Tenant::change).
// Names are opened (their sealed form lies in the store). Compiled services are made when first
// asked for and kept with the value. Threads: any.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "storage/tables/directory.hpp"

namespace sealbook::app {

struct ServiceEntry {
  scheduling::Service rules;   // with its name
  std::string description;
  bool active = true;
  bool for_patients = true;
  std::int64_t position = 0;
  bool for_everyone = false;   // on the public page too; implies for_patients
};

struct ClosureEntry {
  scheduling::Closure closure;
  std::string reason;
  bool active = true;
};

struct ScheduleEntry {
  scheduling::Schedule schedule;
  bool active = true;
};

class Organisation {
 public:
  std::map<LocationId, Location> locations;
  std::map<DepartmentId, Department> departments;
  std::map<ResourceId, Resource> resources;
  std::map<ServiceId, ServiceEntry> services;
  std::map<ScheduleId, ScheduleEntry> schedules;
  std::map<ClosureId, ClosureEntry> closures;

  Organisation() = default;
  // Copies the rows, not what was compiled from them.
  Organisation(const Organisation& other);
  Organisation& operator=(const Organisation&) = delete;

  // The service expanded around `now`, ready for searching; null when there is no such service or
  // nobody can give it. Recompiled when `now` has moved a day.
  std::shared_ptr<const scheduling::CompiledService> compiled(const ServiceId& id, Instant now) const;
  // The same with another duration, for changing one visit.
  std::shared_ptr<const scheduling::CompiledService> compiled_with(const scheduling::Service& rules, Instant now) const;

  const Location* find_location(const LocationId& id) const;
  const Resource* find_resource(const ResourceId& id) const;
  const ServiceEntry* find_service(const ServiceId& id) const;

 private:
  std::vector<scheduling::LocationResources> expand(Instant now) const;

  mutable std::mutex mutex_;
  mutable std::vector<scheduling::LocationResources> expanded_;
  mutable std::int64_t expanded_day_ = -1;
  mutable std::unordered_map<ServiceId, std::shared_ptr<const scheduling::CompiledService>> compiled_;
};

}  // namespace sealbook::app
