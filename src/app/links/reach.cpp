#include "app/links/reach.hpp"

#include <algorithm>

#include "app/events/events.hpp"

namespace sealbook::app::links {
namespace {

constexpr Micros far = std::chrono::days(400);

// Visits booked through this link, that are not over.
void add_visits(storage::Snapshot& s, const std::vector<AppointmentId>& ids, Reach& into) {
  into.taken = static_cast<std::int32_t>(ids.size());
  for (const AppointmentId& id : ids)
    if (auto row = storage::appointments::find(s, id); row && s.now() < row->when.ends)
      into.visits.push_back(std::move(*row));
}

Result<Reach> of_event(App& app, const Passed& passed) {
  Reach reach;
  reach.group = *passed.link.event;
  std::optional<storage::EventRow> row;
  std::optional<storage::ParticipantRow> person;
  app.store.read(passed.tenant->ref(), [&](storage::Snapshot& s) {
    row = storage::event_table::find(s, reach.group);
    person = storage::event_people::find(s, reach.group, passed.link.patient);
    add_visits(s, storage::event_visits::live(s, reach.group, passed.link.patient), reach);
  });
  if (!row || !person) return refused();
  TRY(event, app::events::open_event(app, *passed.tenant, *row));
  const Instant now = app.store.now();
  reach.services = person->services.empty() ? event.services : person->services;
  reach.locations = event.locations;
  reach.dates = {std::max(event.dates.starts, now), event.dates.ends};
  const bool may_book =
      event.audience == sealbook::events::Audience::participants || person->invited;
  reach.visits_per_person = may_book ? event.visits_per_person : 0;
  reach.change_hours = event.change_hours;
  reach.declined = person->declined.has_value();
  reach.event = std::move(event);
  return reach;
}

// A visit that was booked through an event keeps to its rules, whatever link it is reached by; when
// the event is over, it stays where it is.
void keep_to_event(const sealbook::events::Event& event, Instant now, Reach& reach) {
  reach.locations = event.locations;
  reach.change_hours = event.change_hours;
  reach.dates = {std::max(event.dates.starts, now), event.dates.ends};
  if (!sealbook::events::is_open(event, now)) reach.dates = {now, now};
}

Result<Reach> of_visit(App& app, const Passed& passed) {
  Reach reach;
  std::optional<storage::AppointmentRow> visit;
  std::optional<storage::EventRow> row;
  app.store.read(passed.tenant->ref(), [&](storage::Snapshot& s) {
    visit = storage::appointments::find(s, *passed.link.appointment);
    const auto event =
        storage::event_visits::event_of(s, passed.link.patient, *passed.link.appointment);
    if (event) row = storage::event_table::find(s, *event);
  });
  const Instant now = app.store.now();
  if (!visit || visit->patient != passed.link.patient || visit->when.ends <= now) return refused();
  reach.services = {visit->service};
  reach.dates = {now, now + far};
  if (row) keep_to_event(row->value, now, reach);
  // Of a visit that is cancelled, the page says that there is none.
  if (scheduling::occupies(visit->status)) reach.visits.push_back(std::move(*visit));
  return reach;
}

// A visitor's link counts like an event of its own.
Result<Reach> of_visitor(App& app, const Passed& passed) {
  Reach reach;
  reach.group = EventId::from_raw(passed.link.id.raw());
  app.store.read(passed.tenant->ref(), [&](storage::Snapshot& s) {
    add_visits(s, storage::event_visits::live(s, reach.group, passed.link.patient), reach);
  });
  const Instant now = app.store.now();
  reach.services = {passed.link.service.value_or(ServiceId())};
  reach.dates = {now, now + far};
  reach.visits_per_person = 1;
  return reach;
}

}  // namespace

Result<Reach> reach_of(App& app, const Passed& passed) {
  switch (passed.link.kind) {
    case LinkKind::event: return of_event(app, passed);
    case LinkKind::appointment: return of_visit(app, passed);
    case LinkKind::visitor: return of_visitor(app, passed);
  }
  return refused();
}

bool allows(const Reach& reach, const ServiceId& service, const LocationId& location,
            Instant starts) {
  const bool place = reach.locations.empty() ||
                     std::ranges::find(reach.locations, location) != reach.locations.end();
  return place && std::ranges::find(reach.services, service) != reach.services.end() &&
         reach.dates.starts <= starts && starts < reach.dates.ends;
}

const storage::AppointmentRow* find_visit(const Reach& reach, const AppointmentId& id) {
  const auto found = std::ranges::find(reach.visits, id, &storage::AppointmentRow::id);
  return found == reach.visits.end() ? nullptr : &*found;
}

bool may_change(const Reach& reach, const storage::AppointmentRow& visit, Instant now) {
  using scheduling::Status;
  if (visit.status != Status::booked && visit.status != Status::pending) return false;
  return now <= sealbook::events::change_until(visit.when.starts, reach.change_hours);
}

}  // namespace sealbook::app::links
