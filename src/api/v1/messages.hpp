// Messages: what was sent, the rules for sending, and who wants none.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/ledger_enums.hpp"
#include "base/sensitive.hpp"

namespace sealbook::api {

struct MessageView {
  MessageId id;
  messages::Purpose purpose = messages::Purpose::reminder;
  messages::Channel channel = messages::Channel::email;
  messages::MessageState state = messages::MessageState::claimed;
  std::optional<messages::Refusal> reason;
  PatientId patient_id;
  std::optional<AppointmentId> appointment_id;
  std::optional<messages::DetailLevel> detail;
  std::optional<messages::Locale> locale;
  Instant due_at, changed_at;
  std::optional<Instant> handed_over_at;
  std::int64_t attempts = 0;
  static constexpr Field fields[] = {
      field<&MessageView::id>("id", DataClass::operational, "Its public name; also in the mail's Message-ID."),
      field<&MessageView::purpose>("purpose", DataClass::phi, "What it is for."),
      field<&MessageView::channel>("channel", DataClass::operational, "By which way."),
      field<&MessageView::state>("state", DataClass::operational, "How far it has come."),
      field<&MessageView::reason>("reason", DataClass::operational, "Why it went no further."),
      field<&MessageView::patient_id>("patient_id", DataClass::phi, "To whom."),
      field<&MessageView::appointment_id>("appointment_id", DataClass::phi, "About which visit."),
      field<&MessageView::detail>("detail", DataClass::operational, "How much it said."),
      field<&MessageView::locale>("locale", DataClass::operational, "In which language."),
      field<&MessageView::due_at>("due_at", DataClass::operational, "From when on it was to be sent."),
      field<&MessageView::changed_at>("changed_at", DataClass::operational, "When it last came further."),
      field<&MessageView::handed_over_at>("handed_over_at", DataClass::operational, "When the carrier took it."),
      field<&MessageView::attempts>("attempts", DataClass::operational, "How often it was tried."),
  };
};
struct ListMessagesRequest {
  std::optional<PatientId> patient_id;
  std::optional<AppointmentId> appointment_id;
  std::int64_t limit = 100;
  static constexpr Field fields[] = {
      field<&ListMessagesRequest::patient_id>("patient_id", DataClass::phi, "To this person.", {.where = Where::query}),
      field<&ListMessagesRequest::appointment_id>("appointment_id", DataClass::phi, "About this visit.", {.where = Where::query}),
      field<&ListMessagesRequest::limit>("limit", DataClass::operational, "At most so many.", {.where = Where::query, .presence = Presence::optional, .min = 1, .max = 200}),
  };
};
struct ListMessagesResponse {
  std::vector<MessageView> messages;
  static constexpr Field fields[] = {
      field<&ListMessagesResponse::messages>("messages", DataClass::phi, "Newest first."),
  };
};
struct ListMessages {
  using Request = ListMessagesRequest;
  using Response = ListMessagesResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listMessages", .method = Method::get, .path = "/v1/messages", .summary = "Lists what was sent to a person or about a visit, and when; to patients, their own.",
      .access = needs(Permission::message_view), .audit = AuditAction::message_viewed});
};

struct OptOutRequest {
  PatientId id;
  SensitiveText contact;
  std::optional<storage::BlockReason> reason;
  static constexpr Field fields[] = {
      field<&OptOutRequest::id>("id", DataClass::operational, "The person.", {.where = Where::path}),
      field<&OptOutRequest::contact>("contact", DataClass::pii, "An address or number of the record.", {.max = 254}),
      field<&OptOutRequest::reason>("reason", DataClass::operational, "opted_out when absent."),
  };
};
struct OptOutView {
  PatientId patient_id;
  storage::BlockReason reason = storage::BlockReason::opted_out;
  bool blocked = true;
  Instant at;
  static constexpr Field fields[] = {
      field<&OptOutView::patient_id>("patient_id", DataClass::phi, "Whose wish it is."),
      field<&OptOutView::reason>("reason", DataClass::operational, "Why."),
      field<&OptOutView::blocked>("blocked", DataClass::operational, "Whether messages are stopped."),
      field<&OptOutView::at>("at", DataClass::operational, "From when on."),
  };
};
struct OptOut {
  using Request = OptOutRequest;
  using Response = OptOutView;
  static constexpr EndpointSpec spec = checked({
      .id = "optOut", .method = Method::post, .path = "/v1/patients/{id}/opt-out", .summary = "Stops messages to one contact of a person, those that are queued included.",
      .access = needs(Permission::patient_change), .audit = AuditAction::contact_opted_out});
};
struct OptIn {
  using Request = OptOutRequest;
  using Response = OptOutView;
  static constexpr EndpointSpec spec = checked({
      .id = "optIn", .method = Method::post, .path = "/v1/patients/{id}/opt-in", .summary = "Takes back an opt-out or a suspension of one contact.",
      .access = needs(Permission::patient_change), .audit = AuditAction::contact_opted_in});
};

struct ChooseDetailRequest {
  PatientId id;
  messages::DetailLevel detail = messages::DetailLevel::neutral;
  static constexpr Field fields[] = {
      field<&ChooseDetailRequest::id>("id", DataClass::operational, "The person.", {.where = Where::path}),
      field<&ChooseDetailRequest::detail>("detail", DataClass::operational, "How much messages may say to this person."),
  };
};
struct ChosenDetail {
  messages::DetailLevel detail = messages::DetailLevel::neutral;
  static constexpr Field fields[] = {
      field<&ChosenDetail::detail>("detail", DataClass::operational, "How much messages say."),
  };
};
struct ChooseDetail {
  using Request = ChooseDetailRequest;
  using Response = ChosenDetail;
  static constexpr EndpointSpec spec = checked({
      .id = "chooseMessageDetail", .method = Method::put, .path = "/v1/patients/{id}/message-detail", .summary = "Records how much messages may say to a person, as that person wishes.",
      .access = needs(Permission::patient_change), .audit = AuditAction::patient_changed});
};

std::span<const Endpoint> message_endpoints();

}  // namespace sealbook::api
