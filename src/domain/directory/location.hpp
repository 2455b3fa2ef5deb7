// Location is a site with one wall clock; Department is a part of the organisation at a site.
#pragma once

#include <string>

#include "base/id.hpp"
#include "domain/directory/resource.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook {

struct Location {
  LocationId id;
  std::uint32_t version = 1;
  std::string name;
  TimeZone zone = TimeZone::utc();
  ActiveState state = ActiveState::active;
  bool operator==(const Location&) const = default;
};

struct Department {
  DepartmentId id;
  std::uint32_t version = 1;
  std::string name;
  LocationId location;
  ActiveState state = ActiveState::active;
  bool operator==(const Department&) const = default;
};

}  // namespace sealbook
