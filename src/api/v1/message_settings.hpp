// An organisation's rules for messages, and the reminders of its services.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/message_enums.hpp"

namespace sealbook::api {

struct MessageSettingsView {
  std::int64_t version = 0;
  messages::DetailLevel detail = messages::DetailLevel::neutral;
  std::string quiet_from, quiet_until;
  std::optional<Instant> silent_until;
  std::string from_address, reply_to;
  std::int64_t undo_seconds = 30;
  static constexpr Field fields[] = {
      field<&MessageSettingsView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&MessageSettingsView::detail>("detail", DataClass::operational, "How much messages say to who has not chosen."),
      field<&MessageSettingsView::quiet_from>("quiet_from", DataClass::operational, "No reminder or invitation from then on, by the clock of the place."),
      field<&MessageSettingsView::quiet_until>("quiet_until", DataClass::operational, "Until then; the same as quiet_from: never quiet."),
      field<&MessageSettingsView::silent_until>("silent_until", DataClass::operational, "Nothing but codes is sent before."),
      field<&MessageSettingsView::from_address>("from_address", DataClass::operational, "The sender; empty: the installation's."),
      field<&MessageSettingsView::reply_to>("reply_to", DataClass::operational, "Where answers go; empty: nowhere."),
      field<&MessageSettingsView::undo_seconds>("undo_seconds", DataClass::operational, "How long a message that staff cause waits."),
  };
};
struct GetMessageSettings {
  using Request = NoRequest;
  using Response = MessageSettingsView;
  static constexpr EndpointSpec spec = checked({
      .id = "getMessageSettings", .method = Method::get, .path = "/v1/settings/messages", .summary = "Shows the organisation's rules for messages.",
      .access = needs(Permission::policy_change), .rate = RateClass::admin});
};
struct ChangeMessageSettingsRequest {
  std::optional<messages::DetailLevel> detail;
  std::optional<std::string> quiet_from, quiet_until;
  std::optional<Instant> silent_until;
  std::optional<std::string> from_address, reply_to;
  static constexpr Field fields[] = {
      field<&ChangeMessageSettingsRequest::detail>("detail", DataClass::operational, "Not above what the regime starts with."),
      field<&ChangeMessageSettingsRequest::quiet_from>("quiet_from", DataClass::operational, "HH:MM.", {.max = 5, .text = TextRule::time_of_day}),
      field<&ChangeMessageSettingsRequest::quiet_until>("quiet_until", DataClass::operational, "HH:MM.", {.max = 5, .text = TextRule::time_of_day}),
      field<&ChangeMessageSettingsRequest::silent_until>("silent_until", DataClass::operational, "A moment that has passed ends the silence."),
      field<&ChangeMessageSettingsRequest::from_address>("from_address", DataClass::operational, "An address of the organisation.", {.max = 254, .text = TextRule::email}),
      field<&ChangeMessageSettingsRequest::reply_to>("reply_to", DataClass::operational, "An address of the organisation.", {.max = 254, .text = TextRule::email}),
  };
};
struct ChangeMessageSettings {
  using Request = ChangeMessageSettingsRequest;
  using Response = MessageSettingsView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeMessageSettings", .method = Method::patch, .path = "/v1/settings/messages", .summary = "Changes the organisation's rules for messages.",
      .access = needs(Permission::policy_change), .audit = AuditAction::settings_changed, .rate = RateClass::admin,
      .errors = {ErrorCode::stale_version}, .if_match = IfMatch::required});
};

struct ReminderRuleView {
  std::int64_t days = 0, minutes = 0;
  static constexpr Field fields[] = {
      field<&ReminderRuleView::days>("days", DataClass::operational, "So many days before the visit, at the same time of day.", {.presence = Presence::optional, .min = 0, .max = 60}),
      field<&ReminderRuleView::minutes>("minutes", DataClass::operational, "And so many minutes before that.", {.presence = Presence::optional, .min = 0, .max = 1439}),
  };
};
struct ReminderPlanView {
  std::int64_t version = 0;
  std::vector<ReminderRuleView> rules;
  static constexpr Field fields[] = {
      field<&ReminderPlanView::version>("version", DataClass::operational, "0: none of its own; also the ETag."),
      field<&ReminderPlanView::rules>("rules", DataClass::operational, "When reminders are sent."),
  };
};
struct ServiceRemindersRequest {
  ServiceId id;
  static constexpr Field fields[] = {
      field<&ServiceRemindersRequest::id>("id", DataClass::operational, "The service.", {.where = Where::path}),
  };
};
struct GetServiceReminders {
  using Request = ServiceRemindersRequest;
  using Response = ReminderPlanView;
  static constexpr EndpointSpec spec = checked({
      .id = "getServiceReminders", .method = Method::get, .path = "/v1/services/{id}/reminders", .summary = "Shows when people are reminded of visits of a service.",
      .access = needs(Permission::policy_change), .rate = RateClass::admin});
};
struct ChangeServiceRemindersRequest {
  ServiceId id;
  std::vector<ReminderRuleView> rules;
  static constexpr Field fields[] = {
      field<&ChangeServiceRemindersRequest::id>("id", DataClass::operational, "The service.", {.where = Where::path}),
      field<&ChangeServiceRemindersRequest::rules>("rules", DataClass::operational, "None: nobody is reminded.", {.min = 0, .max = 6}),
  };
};
struct ChangeServiceReminders {
  using Request = ChangeServiceRemindersRequest;
  using Response = ReminderPlanView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeServiceReminders", .method = Method::put, .path = "/v1/services/{id}/reminders", .summary = "Says when people are reminded of visits of a service.",
      .access = needs(Permission::policy_change), .audit = AuditAction::reminders_changed, .rate = RateClass::admin,
      .errors = {ErrorCode::stale_version}, .if_match = IfMatch::optional});
};
struct GetReminders {
  using Request = NoRequest;
  using Response = ReminderPlanView;
  static constexpr EndpointSpec spec = checked({
      .id = "getReminders", .method = Method::get, .path = "/v1/settings/reminders", .summary = "Shows when people are reminded, unless a service says otherwise.",
      .access = needs(Permission::policy_change), .rate = RateClass::admin});
};
struct ChangeRemindersRequest {
  std::vector<ReminderRuleView> rules;
  static constexpr Field fields[] = {
      field<&ChangeRemindersRequest::rules>("rules", DataClass::operational, "None: nobody is reminded.", {.min = 0, .max = 6}),
  };
};
struct ChangeReminders {
  using Request = ChangeRemindersRequest;
  using Response = ReminderPlanView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeReminders", .method = Method::put, .path = "/v1/settings/reminders", .summary = "Says when people are reminded, unless a service says otherwise.",
      .access = needs(Permission::policy_change), .audit = AuditAction::reminders_changed, .rate = RateClass::admin,
      .errors = {ErrorCode::stale_version}, .if_match = IfMatch::optional});
};

std::span<const Endpoint> message_settings_endpoints();

}  // namespace sealbook::api
