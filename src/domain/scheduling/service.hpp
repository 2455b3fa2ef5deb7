// Service is what is booked: how long, how early, on which grid, and what it needs.
//
// Each requirement is met by one resource; the resources of one visit are all different and all at
// one location. Every chosen resource gets a claim: the visit, widened by the buffers where the
// requirement binds them. Hours must hold the visit itself, not its buffers.
// Notice counts minutes from now. Horizon counts local days of the location: with 30, a visit may
// start on the thirtieth day after today. The grid is the wall clock's: a start is on it when its
// local minutes since midnight are a multiple of `grid`, so neither a change of clocks nor an
// offset of half an hour shifts it, and a step that does not divide the day begins anew at
// midnight.
#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "domain/directory/resource.hpp"
#include "domain/scheduling/minutes.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::scheduling {

enum class Buffers : std::uint8_t { bind, ignore };
// named: each member of the pool is listed by name and an opening binds it.
// pooled: one opening per time; the member is chosen at commit.
// A search that names practitioners lists by name in any case.
enum class Listing : std::uint8_t { named, pooled };

struct Requirement {
  ResourceKind kind = ResourceKind::practitioner;
  std::vector<ResourceId> pool;  // empty: any of that kind at the location
  Buffers buffers = Buffers::bind;
  Listing listing = Listing::named;  // looked at on the first practitioner requirement only
  bool operator==(const Requirement&) const = default;
};

struct Service {
  ServiceId id;
  std::uint32_t version = 1;
  std::string name;
  Minutes duration{30};               // 1 minute .. 7 days
  Minutes buffer_before{0};           // 0 .. 24 h
  Minutes buffer_after{0};            // 0 .. 24 h
  Minutes min_notice{0};              // 0 .. 366 days
  std::int32_t horizon_days = 90;     // 0 .. 1096
  Minutes grid{15};                   // 1 .. 1440
  std::vector<Requirement> needs;     // 1 .. 8; the order is the order of choosing
  std::vector<LocationId> locations;  // where it is given; empty: everywhere
  bool operator==(const Service&) const = default;
};
// Fails with `invalid`, naming each broken rule by pointer ("/duration", "/needs/2/pool", …).
Result<void> validate(const Service& service);

}  // namespace sealbook::scheduling
