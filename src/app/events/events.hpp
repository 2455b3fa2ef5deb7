// Events: set up, changed, closed. Closing ends every link of the event at once.
#pragma once

#include "app/call_context.hpp"
#include "domain/events/event.hpp"
#include "storage/tables/events.hpp"

namespace sealbook::app::events {

using sealbook::events::Audience;
using sealbook::events::Event;

struct SeenEvent {
  Event event;
  storage::EventCounts counts;
};

struct CreateEvent {
  Event event;                     // id, version, state and created are given here
  std::optional<Instant> closes;   // absent: with the event's last day
};
// Fails with `invalid`, and with not_found for services and places that are not the tenant's.
Result<Work<Event>> create_event(CallContext& ctx, const CreateEvent& command);

struct ChangeEvent {
  EventId id;
  std::optional<std::string> name, description;  // an empty description removes it
  std::optional<std::vector<ServiceId>> services;
  std::optional<std::vector<LocationId>> locations;
  std::optional<Instant> from, until, closes;
  std::optional<std::int32_t> visits_per_person, change_hours;
  std::optional<Audience> audience;
};
// A closed event is not changed any more (state_conflict).
Result<Work<Event>> change_event(CallContext& ctx, const ChangeEvent& command);
Result<Work<Event>> close_event(CallContext& ctx, const EventId& id);

Result<SeenEvent> read_event(CallContext& ctx, const EventId& id);
struct EventPage {
  std::optional<std::pair<Instant, EventId>> after;
  std::int64_t limit = 50;
};
Result<std::vector<Event>> list_events(CallContext& ctx, const EventPage& page);

// The event of a row, with its texts opened. For other use cases.
Result<Event> open_event(const App& app, const Tenant& tenant, const storage::EventRow& row);

}  // namespace sealbook::app::events
