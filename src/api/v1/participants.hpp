// The list of an event: who is on it, and how far each has come.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/event_enums.hpp"

namespace sealbook::api {

struct AddParticipantsRequest {
  EventId id;
  std::vector<PatientId> patient_ids;
  std::vector<ServiceId> service_ids;
  static constexpr Field fields[] = {
      field<&AddParticipantsRequest::id>("id", DataClass::operational, "The event.", {.where = Where::path}),
      field<&AddParticipantsRequest::patient_ids>("patient_ids", DataClass::operational, "Who comes onto the list.", {.min = 1, .max = 5000}),
      field<&AddParticipantsRequest::service_ids>("service_ids", DataClass::operational, "What these people may book; empty: all of the event's.", {.presence = Presence::optional, .max = 50}),
  };
};
struct AddParticipantsResponse {
  std::int64_t added = 0, known = 0;
  static constexpr Field fields[] = {
      field<&AddParticipantsResponse::added>("added", DataClass::operational, "Who is new on the list."),
      field<&AddParticipantsResponse::known>("known", DataClass::operational, "Who was on it before, and stays as they were."),
  };
};
struct AddParticipants {
  using Request = AddParticipantsRequest;
  using Response = AddParticipantsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "addParticipants", .method = Method::post, .path = "/v1/events/{id}/participants", .summary = "Puts people onto an event's list.",
      .access = needs(Permission::event_manage), .audit = AuditAction::event_joined, .rate = RateClass::directory,
      .errors = {ErrorCode::state_conflict}});
};

struct ParticipantView {
  PatientId patient_id;
  storage::ParticipantState state = storage::ParticipantState::listed;
  bool silent = false;
  SensitiveText initials;
  std::optional<SensitiveText> name;
  std::vector<ServiceId> service_ids;
  std::int64_t visits = 0;
  std::optional<Instant> invited_at, opened_at, declined_at;
  static constexpr Field fields[] = {
      field<&ParticipantView::patient_id>("patient_id", DataClass::operational, "Who."),
      field<&ParticipantView::state>("state", DataClass::phi, "How far this person has come."),
      field<&ParticipantView::silent>("silent", DataClass::phi, "Invited, and has not answered: no visit booked or given back, nor declined."),
      field<&ParticipantView::initials>("initials", DataClass::pii, "Of the name."),
      field<&ParticipantView::name>("name", DataClass::pii, "Only with `names=true`."),
      field<&ParticipantView::service_ids>("service_ids", DataClass::phi, "What this person may book; empty: all of the event's."),
      field<&ParticipantView::visits>("visits", DataClass::phi, "Booked through the event and not cancelled."),
      field<&ParticipantView::invited_at>("invited_at", DataClass::operational, "When the first invitation was queued."),
      field<&ParticipantView::opened_at>("opened_at", DataClass::operational, "When the person first went on from the link's first page."),
      field<&ParticipantView::declined_at>("declined_at", DataClass::phi, "When the person said no."),
  };
};
struct ListParticipantsRequest {
  EventId id;
  std::optional<storage::ParticipantState> state;
  bool names = false;
  std::optional<std::string> cursor;
  std::int64_t limit = 50;
  static constexpr Field fields[] = {
      field<&ListParticipantsRequest::id>("id", DataClass::operational, "The event.", {.where = Where::path}),
      field<&ListParticipantsRequest::state>("state", DataClass::operational, "Only these.", {.where = Where::query}),
      field<&ListParticipantsRequest::names>("names", DataClass::operational, "true: whole names, not initials.", {.where = Where::query, .presence = Presence::optional}),
      field<&ListParticipantsRequest::cursor>("cursor", DataClass::operational, "The `next` of the page before.", {.where = Where::query, .max = 400, .text = TextRule::token}),
      field<&ListParticipantsRequest::limit>("limit", DataClass::operational, "At most so many.", {.where = Where::query, .presence = Presence::optional, .min = 1, .max = 200}),
  };
};
struct ListParticipantsResponse {
  std::vector<ParticipantView> participants;
  std::optional<std::string> next;
  static constexpr Field fields[] = {
      field<&ListParticipantsResponse::participants>("participants", DataClass::phi, "In order of id."),
      field<&ListParticipantsResponse::next>("next", DataClass::operational, "There are more: pass it as `cursor`."),
  };
};
struct ListParticipants {
  using Request = ListParticipantsRequest;
  using Response = ListParticipantsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listParticipants", .method = Method::get, .path = "/v1/events/{id}/participants", .summary = "Lists the people of an event with what they have answered.",
      .access = needs(Permission::event_manage), .audit = AuditAction::event_viewed, .rate = RateClass::directory});
};

std::span<const Endpoint> participant_endpoints();

}  // namespace sealbook::api
