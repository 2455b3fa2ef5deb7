// Invitations to an event, reminders to those who have not answered, and the end of links.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

// "all" (nothing here), or a list of people.
struct Recipients {
  std::optional<std::vector<PatientId>> people;
};
template <>
struct CodecFor<Recipients> {
  static constexpr Codec make() {
    Codec codec = CodecFor<std::vector<PatientId>>::make();
    codec.or_word = "all";
    codec.decode = [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
      auto& to = *static_cast<Recipients*>(member);
      if (const std::string* word = value.as_string(); word != nullptr && *word == "all") return;
      to.people.emplace();
      codec_of<std::vector<PatientId>>().decode(context, field, value, &*to.people);
    };
    codec.encode = [](const void* member, JsonWriter& json) {
      const auto& to = *static_cast<const Recipients*>(member);
      if (to.people) codec_of<std::vector<PatientId>>().encode(&*to.people, json);
      else json.string("all");
    };
    return codec;
  }
};

struct CreateInvitationRequest {
  EventId event_id;
  Recipients to;
  static constexpr Field fields[] = {
      field<&CreateInvitationRequest::event_id>("event_id", DataClass::operational, "The event."),
      field<&CreateInvitationRequest::to>("to", DataClass::operational, "\"all\": everybody on the list who was not invited yet; or the people.", {.min = 1, .max = 5000}),
  };
};
struct InvitationIdResponse {
  InvitationId id;
  std::int64_t total = 0;
  static constexpr Field fields[] = {
      field<&InvitationIdResponse::id>("id", DataClass::operational, "The invitation."),
      field<&InvitationIdResponse::total>("total", DataClass::operational, "To how many people it goes."),
  };
};
struct CreateInvitation {
  using Request = CreateInvitationRequest;
  using Response = InvitationIdResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "createInvitation", .method = Method::post, .path = "/v1/invitations", .summary = "Makes a personal link for each person and queues a mail with it.",
      .access = needs(Permission::invitation_send), .audit = AuditAction::invitation_sent, .success = 202,
      .errors = {ErrorCode::not_found, ErrorCode::state_conflict}, .idempotency = Idempotency::optional, .slow = true});
};

struct InvitationIdRequest {
  InvitationId id;
  static constexpr Field fields[] = {field<&InvitationIdRequest::id>("id", DataClass::operational, "The invitation.", {.where = Where::path})};
};
struct InvitationView {
  InvitationId id;
  EventId event_id;
  bool again = false;
  Instant created_at;
  std::int64_t total = 0, queued = 0, sent = 0, opened = 0, booked = 0, declined = 0, bounced = 0, silent = 0;
  static constexpr Field fields[] = {
      field<&InvitationView::id>("id", DataClass::operational, "Its public name."),
      field<&InvitationView::event_id>("event_id", DataClass::operational, "To what."),
      field<&InvitationView::again>("again", DataClass::operational, "A reminder to those who had not answered."),
      field<&InvitationView::created_at>("created_at", DataClass::operational, "When it was queued."),
      field<&InvitationView::total>("total", DataClass::operational, "To how many people it goes."),
      field<&InvitationView::queued>("queued", DataClass::operational, "Mails that wait."),
      field<&InvitationView::sent>("sent", DataClass::operational, "Mails that were handed over."),
      field<&InvitationView::opened>("opened", DataClass::operational, "Of these people: who went on from the link's first page."),
      field<&InvitationView::booked>("booked", DataClass::operational, "Who has a visit."),
      field<&InvitationView::declined>("declined", DataClass::operational, "Who said no."),
      field<&InvitationView::bounced>("bounced", DataClass::operational, "Mails that came back."),
      field<&InvitationView::silent>("silent", DataClass::operational, "Who has not answered: no visit booked or given back, nor declined."),
  };
};
struct GetInvitation {
  using Request = InvitationIdRequest;
  using Response = InvitationView;
  static constexpr EndpointSpec spec = checked({
      .id = "getInvitation", .method = Method::get, .path = "/v1/invitations/{id}", .summary = "Shows how far an invitation has come.",
      .access = needs(Permission::invitation_send), .audit = AuditAction::invitation_viewed});
};
struct RemindInvitation {
  using Request = InvitationIdRequest;
  using Response = InvitationIdResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "remindInvitation", .method = Method::post, .path = "/v1/invitations/{id}/remind", .summary = "Writes again to those who have neither booked nor declined.",
      .access = needs(Permission::invitation_send), .audit = AuditAction::invitation_sent, .success = 202,
      .errors = {ErrorCode::state_conflict}, .idempotency = Idempotency::optional, .slow = true});
};

struct RevokeLinksRequest {
  std::optional<PatientId> patient_id;
  std::optional<EventId> event_id;
  std::optional<Instant> issued_before;
  static constexpr Field fields[] = {
      field<&RevokeLinksRequest::patient_id>("patient_id", DataClass::operational, "All links of this person, with sessions and remembered devices."),
      field<&RevokeLinksRequest::event_id>("event_id", DataClass::operational, "Or all links of this event."),
      field<&RevokeLinksRequest::issued_before>("issued_before", DataClass::operational, "Or all links of the organisation that were made before this."),
  };
};
struct RevokeLinksResponse {
  std::int64_t revoked = 0;
  static constexpr Field fields[] = {field<&RevokeLinksResponse::revoked>("revoked", DataClass::operational, "Links that stood until now.")};
};
struct RevokeLinks {
  using Request = RevokeLinksRequest;
  using Response = RevokeLinksResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "revokeLinks", .method = Method::post, .path = "/v1/links/revoke", .summary = "Revokes personal links, at once and for good.",
      .access = needs(Permission::invitation_send), .audit = AuditAction::link_revoked, .errors = {ErrorCode::not_found}});
};

std::span<const Endpoint> invitation_endpoints();

}  // namespace sealbook::api
