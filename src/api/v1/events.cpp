#include "api/v1/events.hpp"

#include "api/endpoint/cursor.hpp"
#include "api/v1/answering.hpp"
#include "app/events/events.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
using events::Event;

EventView view(const Event& e) {
  EventView v;
  v.id = e.id;
  v.version = e.version;
  v.state = e.state;
  v.name = e.name;
  if (!e.description.empty()) v.description = e.description;
  v.service_ids = e.services;
  v.location_ids = e.locations;
  v.from = e.dates.starts;
  v.until = e.dates.ends;
  v.closes_at = e.closes;
  v.visits_per_person = e.visits_per_person;
  v.change_hours = e.change_hours;
  v.audience = e.audience;
  return v;
}

Result<Work<EventView>> create(CallContext& ctx, const CreateEventRequest& r) {
  app::events::CreateEvent command;
  Event& e = command.event;
  e.name = r.name;
  e.description = r.description.value_or("");
  e.services = r.service_ids;
  e.locations = r.location_ids;
  e.dates = {r.from, r.until};
  e.visits_per_person = r.visits_per_person;
  e.change_hours = r.change_hours;
  e.audience = r.audience;
  command.closes = r.closes_at;
  return answering(app::events::create_event(ctx, command), view);
}

Result<Work<EventView>> change(CallContext& ctx, const ChangeEventRequest& r) {
  const app::events::ChangeEvent command{r.id, r.name, r.description, r.service_ids, r.location_ids, r.from, r.until,
                                         r.closes_at, r.visits_per_person, r.change_hours, r.audience};
  return answering(app::events::change_event(ctx, command), view);
}

Result<Work<EventView>> close(CallContext& ctx, const EventIdRequest& r) {
  return answering(app::events::close_event(ctx, r.id), view);
}

Result<EventView> get(CallContext& ctx, const EventIdRequest& r) {
  TRY(seen, app::events::read_event(ctx, r.id));
  const auto& c = seen.counts;
  EventView v = view(seen.event);
  v.people = PeopleCounts{c.total, c.invited, c.opened, c.booked, c.declined, c.silent};
  return v;
}

Result<ListEventsResponse> list(CallContext& ctx, const ListEventsRequest& r) {
  const CursorScope scope{ctx.endpoint_id, ctx.tenant->id(), {}};
  const auto keys = ctx.tenant->keys();
  app::events::EventPage page{std::nullopt, r.limit};
  if (r.cursor) {
    TRY(at, open_cursor(keys->cursor_mac(), scope, *r.cursor));
    page.after.emplace(Instant::from_micros(at.order), EventId::from_raw(at.id));
  }
  TRY(found, app::events::list_events(ctx, page));
  ListEventsResponse response;
  for (const Event& event : found) response.events.push_back(view(event));
  if (std::cmp_equal(found.size(), r.limit))
    response.next = seal_cursor(keys->cursor_mac(), scope, {found.back().created.micros(), found.back().id.raw()});
  return response;
}

constexpr Endpoint rows[] = {bind_write<CreateEvent, create>(), bind_read<ListEvents, list>(), bind_read<GetEvent, get>(),
                             bind_write<ChangeEvent, change>(), bind_write<CloseEvent, close>()};

}  // namespace

std::span<const Endpoint> event_endpoints() { return rows; }

}  // namespace sealbook::api
