// Reach is what a link's person may book and change: the rules of the event, of the visit that a
// link is about, or of the service that a visitor picked.
#pragma once

#include <optional>

#include "app/links/gate.hpp"
#include "app/links/visit_pages.hpp"
#include "domain/events/event.hpp"
#include "storage/tables/appointments.hpp"

namespace sealbook::app::links {

struct Reach {
  std::optional<sealbook::events::Event> event;  // with its texts
  std::vector<ServiceId> services;
  std::vector<LocationId> locations;   // empty: everywhere
  Interval dates;                      // visits start in [starts, ends)
  std::int32_t visits_per_person = 0;  // 0: nothing new is booked here
  std::int32_t change_hours = sealbook::events::default_change_hours;
  bool declined = false;
  std::int32_t taken = 0;              // of visits_per_person: also by visits that are over
  EventId group;                       // what the allowance is counted under; nil: nothing is booked
  std::vector<storage::AppointmentRow> visits;  // theirs through this link, not cancelled and not over
};
Result<Reach> reach_of(App& app, const Passed& passed);

bool allows(const Reach& reach, const ServiceId& service, const LocationId& location, Instant starts);
const storage::AppointmentRow* find_visit(const Reach& reach, const AppointmentId& id);
// Whether the visit can still be moved or cancelled by its person.
bool may_change(const Reach& reach, const storage::AppointmentRow& visit, Instant now);

// Openings within the reach. `ctx` is a patient's; its invited_to is set.
Result<FoundOpenings> find_within(CallContext& ctx, const Reach& reach, const WantedOpenings& wanted);
std::vector<ServiceOnPage> services_of(const Organisation& organisation, const std::vector<ServiceId>& services);
std::vector<PlaceOnPage> places_of(const Organisation& organisation, const std::vector<ServiceId>& services,
                                   const std::vector<LocationId>& locations, Instant now);

}  // namespace sealbook::app::links
