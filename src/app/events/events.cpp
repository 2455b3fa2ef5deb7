#include "app/events/events.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/sealing.hpp"
#include "base/random.hpp"

namespace sealbook::app::events {
namespace {

using sealbook::events::State;

storage::EventRow sealed_row(const CallContext& ctx, const Event& event) {
  RowTexts texts{{{text_name, event.name}}};
  if (!event.description.empty()) texts.fields.emplace(text_description, event.description);
  storage::EventRow row{event, {}, Instant()};
  row.sealed = seal_texts(ctx.app, *ctx.tenant->keys(), "events", event.id.bytes(), event.version, texts);
  return row;
}

// The rules hold, and services and places are the tenant's and still given.
Result<void> ensure_rules(const CallContext& ctx, const Event& event) {
  ENSURE(sealbook::events::validate(event));
  const auto organisation = ctx.tenant->organisation();
  for (std::size_t i = 0; i < event.services.size(); ++i) {
    const ServiceEntry* service = organisation->find_service(event.services[i]);
    if (service == nullptr) return unknown_member("/service_ids/" + std::to_string(i), "service");
    if (!service->active)
      return fail(invalid_field("/service_ids/" + std::to_string(i), "active", "That service is not given any more."));
  }
  for (std::size_t i = 0; i < event.locations.size(); ++i)
    if (organisation->find_location(event.locations[i]) == nullptr)
      return unknown_member("/location_ids/" + std::to_string(i), "location");
  return {};
}

Result<Event> load_event(CallContext& ctx, const EventId& id) {
  const auto row = ctx.read([&](storage::Snapshot& s) { return storage::event_table::find(s, id); });
  if (!row) return unknown_row("event");
  return open_event(ctx.app, *ctx.tenant, *row);
}

void apply(const ChangeEvent& change, Event& event) {
  const auto set = [](const auto& from, auto& to) {
    if (from) to = *from;
  };
  set(change.name, event.name);
  set(change.description, event.description);
  set(change.services, event.services);
  set(change.locations, event.locations);
  // Links that ended with the event go on ending with it.
  const bool ends_with_it = event.closes == event.dates.ends;
  set(change.from, event.dates.starts);
  set(change.until, event.dates.ends);
  if (ends_with_it) event.closes = event.dates.ends;
  set(change.closes, event.closes);
  set(change.visits_per_person, event.visits_per_person);
  set(change.change_hours, event.change_hours);
  set(change.audience, event.audience);
}

Work<Event> write_next(CallContext& ctx, Event event) {
  return [event, row = sealed_row(ctx, event), named = ctx.if_match.has_value()](storage::Transaction& tx) -> Result<Event> {
    if (!storage::event_table::replace(tx, row)) return moved_on(named);
    return event;
  };
}

}  // namespace

Result<Event> open_event(const App& app, const Tenant& tenant, const storage::EventRow& row) {
  TRY(texts, open_texts(app, *tenant.keys(), "events", row.value.id.bytes(), row.value.version, row.sealed));
  Event event = row.value;
  event.name = texts.get(text_name);
  event.description = texts.get(text_description);
  return event;
}

Result<Work<Event>> create_event(CallContext& ctx, const CreateEvent& command) {
  Event event = command.event;
  event.id = new_id<EventId>();
  event.version = 1;
  event.state = State::open;
  event.created = ctx.now;
  event.closes = command.closes.value_or(event.dates.ends);
  ENSURE(ensure_rules(ctx, event));
  if (event.dates.ends <= ctx.now) return fail(invalid_field("/until", "range", "The event is over already."));
  note_change(ctx, AuditAction::event_created, audit::ResourceKind::event, event.id.raw(), 0, 1);
  return Work<Event>([event, row = sealed_row(ctx, event)](storage::Transaction& tx) {
    storage::event_table::insert(tx, row);
    return Result<Event>(event);
  });
}

Result<Work<Event>> change_event(CallContext& ctx, const ChangeEvent& change) {
  TRY(event, load_event(ctx, change.id));
  ENSURE(check_if_match(ctx, event.version));
  if (event.state == State::closed) return fail(ErrorCode::state_conflict, "A closed event is not changed any more.");
  ENSURE(ensure_changes_something({change.name || change.description, change.services || change.locations,
                                   change.from || change.until || change.closes,
                                   change.visits_per_person || change.change_hours || change.audience}));
  const std::int64_t before = event.version++;
  apply(change, event);
  ENSURE(ensure_rules(ctx, event));
  note_change(ctx, AuditAction::event_changed, audit::ResourceKind::event, event.id.raw(), before, event.version);
  return write_next(ctx, std::move(event));
}

Result<Work<Event>> close_event(CallContext& ctx, const EventId& id) {
  TRY(event, load_event(ctx, id));
  ENSURE(check_if_match(ctx, event.version));
  if (event.state == State::closed) return fail(ErrorCode::state_conflict, "The event is closed already.");
  const std::int64_t before = event.version++;
  event.state = State::closed;
  note_change(ctx, AuditAction::event_closed, audit::ResourceKind::event, event.id.raw(), before, event.version);
  return write_next(ctx, std::move(event));
}

Result<SeenEvent> read_event(CallContext& ctx, const EventId& id) {
  TRY(event, load_event(ctx, id));
  SeenEvent seen{std::move(event), {}};
  seen.counts = ctx.read([&](storage::Snapshot& s) { return storage::event_people::count(s, id, std::nullopt); });
  return seen;
}

Result<std::vector<Event>> list_events(CallContext& ctx, const EventPage& page) {
  const auto rows = ctx.read([&](storage::Snapshot& s) { return storage::event_table::list(s, page.after, page.limit); });
  std::vector<Event> out;
  for (const auto& row : rows) {
    TRY(event, open_event(ctx.app, *ctx.tenant, row));
    out.push_back(std::move(event));
  }
  return out;
}

}  // namespace sealbook::app::events
