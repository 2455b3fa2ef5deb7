// Resource is whatever a claim can occupy: a practitioner, a room, a device.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace sealbook {

enum class ResourceKind : std::uint8_t { practitioner, room, device };
std::string_view to_text(ResourceKind kind);  // "practitioner", "room", "device"
std::optional<ResourceKind> parse_resource_kind(std::string_view text);

enum class ActiveState : std::uint8_t {
  active,
  inactive
};  // inactive: kept for the past, not bookable

struct Resource {
  ResourceId id;
  std::uint32_t version = 1;
  ResourceKind kind = ResourceKind::practitioner;
  std::string name;
  std::vector<LocationId> locations;  // where it can be booked, at least one
  std::optional<DepartmentId> department;
  std::optional<AccountId> account;  // a practitioner's own sign-in
  std::uint8_t lanes = 1;            // ordinary capacity, 1..64 (DECISIONS 2)
  ActiveState state = ActiveState::active;
  bool operator==(const Resource&) const = default;
};

}  // namespace sealbook
