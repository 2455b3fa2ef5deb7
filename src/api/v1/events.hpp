// Events: campaigns, trials, school evenings, and the people on their lists.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/event_enums.hpp"

namespace sealbook::api {

// How far the people of an event have come.
struct PeopleCounts {
  std::int64_t total = 0, invited = 0, opened = 0, booked = 0, declined = 0, silent = 0;
  static constexpr Field fields[] = {
      field<&PeopleCounts::total>("total", DataClass::operational, "People on its list."),
      field<&PeopleCounts::invited>("invited", DataClass::operational, "Of these, invited."),
      field<&PeopleCounts::opened>("opened", DataClass::operational, "Who went on from the link's first page."),
      field<&PeopleCounts::booked>("booked", DataClass::operational, "Who has a visit."),
      field<&PeopleCounts::declined>("declined", DataClass::operational, "Who said that they will not take part."),
      field<&PeopleCounts::silent>("silent", DataClass::operational, "Who was invited and has not answered: no visit booked or given back, nor declined."),
  };
};

struct EventView {
  EventId id;
  std::int64_t version = 1;
  events::State state = events::State::open;
  std::string name;
  std::optional<std::string> description;
  std::vector<ServiceId> service_ids;
  std::vector<LocationId> location_ids;
  Instant from, until, closes_at;
  std::int64_t visits_per_person = 1, change_hours = 24;
  events::Audience audience = events::Audience::participants;
  std::optional<PeopleCounts> people;
  static constexpr Field fields[] = {
      field<&EventView::id>("id", DataClass::operational, "Its public name."),
      field<&EventView::version>("version", DataClass::operational, "Counts its changes."),
      field<&EventView::state>("state", DataClass::operational, "closed: its links are of no use any more."),
      field<&EventView::name>("name", DataClass::operational, "What staff call it."),
      field<&EventView::description>("description", DataClass::operational, "What the people who come should know."),
      field<&EventView::service_ids>("service_ids", DataClass::operational, "What can be booked."),
      field<&EventView::location_ids>("location_ids", DataClass::operational, "Where; empty: wherever the services are given."),
      field<&EventView::from>("from", DataClass::operational, "Visits start at or after this."),
      field<&EventView::until>("until", DataClass::operational, "And before this."),
      field<&EventView::closes_at>("closes_at", DataClass::operational, "Links end here."),
      field<&EventView::visits_per_person>("visits_per_person", DataClass::operational, "How many visits one person has at a time."),
      field<&EventView::change_hours>("change_hours", DataClass::operational, "People move and cancel until so many hours before the start."),
      field<&EventView::audience>("audience", DataClass::operational, "invited: only who was invited may book."),
      field<&EventView::people>("people", DataClass::operational, "How far its people have come; when one event is asked for."),
  };
};

struct CreateEventRequest {
  std::string name;
  std::optional<std::string> description;
  std::vector<ServiceId> service_ids;
  std::vector<LocationId> location_ids;
  Instant from, until;
  std::optional<Instant> closes_at;
  std::int32_t visits_per_person = 1, change_hours = 24;
  events::Audience audience = events::Audience::participants;
  static constexpr Field fields[] = {
      field<&CreateEventRequest::name>("name", DataClass::operational, "What staff call it; never a person's name.", {.max = 120}),
      field<&CreateEventRequest::description>("description", DataClass::operational, "What the people who come should know.", {.max = 2000, .text = TextRule::multiline}),
      field<&CreateEventRequest::service_ids>("service_ids", DataClass::operational, "What can be booked, in the order in which it is shown.", {.min = 1, .max = 50}),
      field<&CreateEventRequest::location_ids>("location_ids", DataClass::operational, "Where; empty: wherever the services are given.", {.presence = Presence::optional, .max = 200}),
      field<&CreateEventRequest::from>("from", DataClass::operational, "Visits start at or after this."),
      field<&CreateEventRequest::until>("until", DataClass::operational, "And before this."),
      field<&CreateEventRequest::closes_at>("closes_at", DataClass::operational, "Links end here; absent: with the event."),
      field<&CreateEventRequest::visits_per_person>("visits_per_person", DataClass::operational, "How many visits one person has at a time.", {.presence = Presence::optional, .min = 1, .max = 20}),
      field<&CreateEventRequest::change_hours>("change_hours", DataClass::operational, "People move and cancel until so many hours before the start.", {.presence = Presence::optional, .min = 0, .max = 2160}),
      field<&CreateEventRequest::audience>("audience", DataClass::operational, "invited: only who was invited may book.", {.presence = Presence::optional}),
  };
};
struct CreateEvent {
  using Request = CreateEventRequest;
  using Response = EventView;
  static constexpr EndpointSpec spec = checked({
      .id = "createEvent", .method = Method::post, .path = "/v1/events", .summary = "Sets up an event.",
      .access = needs(Permission::event_manage), .audit = AuditAction::event_created, .rate = RateClass::directory,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional, .location = "/v1/events/{id}"});
};

struct ListEventsRequest {
  std::optional<std::string> cursor;
  std::int64_t limit = 50;
  static constexpr Field fields[] = {
      field<&ListEventsRequest::cursor>("cursor", DataClass::operational, "The `next` of the page before.", {.where = Where::query, .max = 400, .text = TextRule::token}),
      field<&ListEventsRequest::limit>("limit", DataClass::operational, "At most so many.", {.where = Where::query, .presence = Presence::optional, .min = 1, .max = 200}),
  };
};
struct ListEventsResponse {
  std::vector<EventView> events;
  std::optional<std::string> next;
  static constexpr Field fields[] = {
      field<&ListEventsResponse::events>("events", DataClass::operational, "In the order in which they were set up."),
      field<&ListEventsResponse::next>("next", DataClass::operational, "There are more: pass it as `cursor`."),
  };
};
struct ListEvents {
  using Request = ListEventsRequest;
  using Response = ListEventsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listEvents", .method = Method::get, .path = "/v1/events", .summary = "Lists the events.",
      .access = needs(Permission::event_manage), .rate = RateClass::directory});
};

struct EventIdRequest {
  EventId id;
  static constexpr Field fields[] = {field<&EventIdRequest::id>("id", DataClass::operational, "The event.", {.where = Where::path})};
};
struct GetEvent {
  using Request = EventIdRequest;
  using Response = EventView;
  static constexpr EndpointSpec spec = checked({
      .id = "getEvent", .method = Method::get, .path = "/v1/events/{id}", .summary = "Shows one event and how far its people have come.",
      .access = needs(Permission::event_manage), .rate = RateClass::directory});
};

struct ChangeEventRequest {
  EventId id;
  std::optional<std::string> name, description;
  std::optional<std::vector<ServiceId>> service_ids;
  std::optional<std::vector<LocationId>> location_ids;
  std::optional<Instant> from, until, closes_at;
  std::optional<std::int32_t> visits_per_person, change_hours;
  std::optional<events::Audience> audience;
  static constexpr Field fields[] = {
      field<&ChangeEventRequest::id>("id", DataClass::operational, "The event.", {.where = Where::path}),
      field<&ChangeEventRequest::name>("name", DataClass::operational, "What staff call it.", {.max = 120}),
      field<&ChangeEventRequest::description>("description", DataClass::operational, "What people should know; empty removes it.", {.min = 0, .max = 2000, .text = TextRule::multiline}),
      field<&ChangeEventRequest::service_ids>("service_ids", DataClass::operational, "What can be booked.", {.min = 1, .max = 50}),
      field<&ChangeEventRequest::location_ids>("location_ids", DataClass::operational, "Where; empty: wherever the services are given.", {.max = 200}),
      field<&ChangeEventRequest::from>("from", DataClass::operational, "Visits start at or after this."),
      field<&ChangeEventRequest::until>("until", DataClass::operational, "And before this."),
      field<&ChangeEventRequest::closes_at>("closes_at", DataClass::operational, "Links end here."),
      field<&ChangeEventRequest::visits_per_person>("visits_per_person", DataClass::operational, "How many visits one person has at a time.", {.min = 1, .max = 20}),
      field<&ChangeEventRequest::change_hours>("change_hours", DataClass::operational, "People move and cancel until so many hours before the start.", {.min = 0, .max = 2160}),
      field<&ChangeEventRequest::audience>("audience", DataClass::operational, "invited: only who was invited may book."),
  };
};
struct ChangeEvent {
  using Request = ChangeEventRequest;
  using Response = EventView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeEvent", .method = Method::patch, .path = "/v1/events/{id}", .summary = "Changes an event.",
      .access = needs(Permission::event_manage), .audit = AuditAction::event_changed, .rate = RateClass::directory,
      .errors = {ErrorCode::state_conflict}, .if_match = IfMatch::required});
};
struct CloseEvent {
  using Request = EventIdRequest;
  using Response = EventView;
  static constexpr EndpointSpec spec = checked({
      .id = "closeEvent", .method = Method::post, .path = "/v1/events/{id}/close", .summary = "Closes an event; its links end at once.",
      .access = needs(Permission::event_manage), .audit = AuditAction::event_closed, .rate = RateClass::directory,
      .errors = {ErrorCode::state_conflict}, .if_match = IfMatch::optional});
};

std::span<const Endpoint> event_endpoints();

}  // namespace sealbook::api
