// A hold keeps an offered time for the caller for some minutes, so that nobody takes it while a
// form is filled in. It occupies like a visit does, until it expires.
#pragma once

#include "app/booking/openings.hpp"
#include "app/call_context.hpp"
#include "storage/tables/appointments.hpp"

namespace sealbook::app {

inline constexpr Micros hold_life = std::chrono::minutes(5);
inline constexpr Micros longest_hold = std::chrono::minutes(15);
// Of one account at one time; above, 429.
inline constexpr std::size_t most_holds_of_patient = 2;
inline constexpr std::size_t most_holds_of_staff = 20;

struct PlacedHold {
  HoldId id;
  Instant expires;
  Interval when;
  LocationId location;
  std::optional<ResourceId> practitioner;
};
// Fails as booking does. `life` is at most longest_hold.
Result<Work<PlacedHold>> place_hold(CallContext& ctx, const std::string& offer, std::optional<Micros> life);
// Lets it go; one that is gone already is not an error. Fails with not_found for somebody else's.
Result<Work<HoldId>> release_hold(CallContext& ctx, const HoldId& id);

}  // namespace sealbook::app
