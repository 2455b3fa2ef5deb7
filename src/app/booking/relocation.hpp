// A change that needs time and place anew: another time, another practitioner, another length, or a
// cancelled visit that comes back. The old claims go and the new ones come as one step.
//
// Whatever the verb, the result is judged like a new booking: hours, closures and overlap need a
// permission and a coded reason (DECISIONS 4), either in the offer or beside the verb.
#pragma once

#include "app/booking/visit.hpp"

namespace sealbook::app {

enum class Telling : std::uint8_t { person_is_told, nobody_is_told };

struct Relocation {
  AppointmentRow next;
  Offer offer;
  std::shared_ptr<const scheduling::CompiledService> service;
  Telling telling = Telling::person_is_told;
  // The member of the request that asked for it, which a refusal names; empty: the offer did.
  std::string_view member{};
};
Work<AppointmentRow> relocate(CallContext& ctx, const Visit& visit, Relocation relocation);

// An offer for the visit's present time with these resources. What it may break is what the reason
// stands for, nothing without one; fails with forbidden when the caller may not override.
Result<Offer> present_offer(const CallContext& ctx, const Visit& visit, std::vector<ResourceId> named,
                            std::optional<scheduling::OverrideReason> reason);
std::vector<ResourceId> resources_of(const AppointmentRow& row);

// Hours, closures and overlap: what a permission and a reason may override.
inline constexpr scheduling::Flags all_overridable = scheduling::Flags::from_bits(63).needing_override();

// The service as it is given now; state_conflict when it is not given any more.
Result<std::shared_ptr<const scheduling::CompiledService>> service_of(const CallContext& ctx, const ServiceId& id);

}  // namespace sealbook::app
