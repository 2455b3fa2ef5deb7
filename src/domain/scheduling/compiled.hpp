// CompiledHours and CompiledService are a schedule and a service expanded once, so that a search
// is arithmetic on sorted minutes.
//
// Make one per (schedule versions, closures, tzdata) and per (service version, directory) and share
// it; both are immutable. They are expanded over `range`; what is asked outside it is right as well
// but expanded on the spot, at some ten microseconds per resource and month.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "domain/scheduling/hours.hpp"
#include "domain/scheduling/service.hpp"

namespace sealbook::scheduling {

// What decides when one resource is open at one location.
struct HoursRules {
  TimeZone zone = TimeZone::utc();
  ResourceKind kind = ResourceKind::practitioner;
  // The resource's own schedules at this location; their union counts. Without any, a practitioner
  // is never open, and a room or a device is open whenever the location is.
  std::vector<Schedule> own;
  // The location's own schedules (Schedule::resource nil); without any it is always open. A
  // resource is open only while its location is.
  std::vector<Schedule> location;
  // Only those that close this resource here (see closes()).
  std::vector<Closure> closures;
};

class CompiledHours {
 public:
  // `range` in UTC; one month behind and the longest horizon ahead is a good one.
  static std::shared_ptr<const CompiledHours> make(HoursRules rules, Interval range);

  MinuteSpan range() const { return range_; }
  const TimeZone& zone() const { return rules_.zone; }
  std::span<const MinuteSpan> open() const { return open_; }  // hours less closures, within range
  // The same for another range, expanded on the spot.
  std::vector<MinuteSpan> expand(MinuteSpan range) const;
  // For one visit, anywhere in time.
  bool within_hours(MinuteSpan visit) const;  // closures left aside
  bool closed(MinuteSpan visit) const;        // a closure overlaps it

 private:
  CompiledHours(HoursRules rules, MinuteSpan range);
  HoursRules rules_;
  MinuteSpan range_;
  std::vector<MinuteSpan> hours_;   // closures left aside
  std::vector<MinuteSpan> closed_;  // everywhere, not cut to range_
  std::vector<MinuteSpan> open_;
};

struct ResourceAt {
  ResourceId id;
  ResourceKind kind = ResourceKind::practitioner;
  std::uint8_t lanes = 1;
  std::shared_ptr<const CompiledHours> hours;  // never null
};

// A location with the active resources that can be booked there.
struct LocationResources {
  LocationId id;
  TimeZone zone = TimeZone::utc();
  std::vector<ResourceAt> resources;
};

// ServiceView of one service: for each location where all requirements have somebody at all, the
// candidates of each requirement.
class CompiledService {
 public:
  struct Candidate {
    ResourceAt resource;
    std::uint32_t requirement = 0;
  };
  struct At {
    LocationId location;
    TimeZone zone = TimeZone::utc();
    // Candidates of all requirements, requirement by requirement, each sorted by resource id.
    std::vector<Candidate> candidates;
    std::vector<std::uint32_t> first;  // requirement r has candidates [first[r], first[r+1])
    bool pools_disjoint = true;        // no resource is a candidate of two requirements
    std::span<const Candidate> of(std::size_t requirement) const {
      return std::span(candidates)
          .subspan(first[requirement], first[requirement + 1] - first[requirement]);
    }
    std::vector<MinuteSpan> lead_open;  // union of open() over the candidates of the lead
  };

  static std::shared_ptr<const CompiledService> make(Service service,
                                                     std::span<const LocationResources> locations);

  const Service& service() const { return service_; }
  std::span<const At> locations() const { return locations_; }  // sorted by location id
  const At* find(const LocationId& location) const;
  // The requirement that is listed by name: the first for a practitioner, else the first.
  std::size_t lead() const { return lead_; }
  MinuteSpan range() const { return range_; }  // what all hours in it cover

 private:
  CompiledService() = default;
  Service service_;
  std::vector<At> locations_;
  std::size_t lead_ = 0;
  MinuteSpan range_;
};
using ServiceView = CompiledService;

}  // namespace sealbook::scheduling
