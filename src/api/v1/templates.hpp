// Templates of messages: what the organisation says in its mails, and what it may not.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/message_enums.hpp"

namespace sealbook::api {

struct TemplateView {
  TemplateId id;
  std::int64_t version = 1;
  messages::Channel channel = messages::Channel::email;
  messages::Locale locale = messages::Locale::en;
  messages::Purpose purpose = messages::Purpose::reminder;
  std::optional<std::string> subject;
  std::string body;
  bool active = true;
  std::optional<bool> in_use;
  Instant created_at;
  static constexpr Field fields[] = {
      field<&TemplateView::id>("id", DataClass::operational, "Its public name."),
      field<&TemplateView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&TemplateView::channel>("channel", DataClass::operational, "By which way its messages go."),
      field<&TemplateView::locale>("locale", DataClass::operational, "Its language."),
      field<&TemplateView::purpose>("purpose", DataClass::operational, "What its messages are for."),
      field<&TemplateView::subject>("subject", DataClass::operational, "Absent: the shipped one."),
      field<&TemplateView::body>("body", DataClass::operational, "The text with its fields."),
      field<&TemplateView::active>("active", DataClass::operational, "False: closed."),
      field<&TemplateView::in_use>("in_use", DataClass::operational, "True: the next such message is made from it. Absent in the answer of a change."),
      field<&TemplateView::created_at>("created_at", DataClass::operational, "When it was written."),
  };
};

struct CreateTemplateRequest {
  messages::Channel channel = messages::Channel::email;
  messages::Locale locale = messages::Locale::en;
  messages::Purpose purpose = messages::Purpose::reminder;
  std::optional<std::string> subject;
  std::string body;
  static constexpr Field fields[] = {
      field<&CreateTemplateRequest::channel>("channel", DataClass::operational, "By which way its messages go."),
      field<&CreateTemplateRequest::locale>("locale", DataClass::operational, "Its language."),
      field<&CreateTemplateRequest::purpose>("purpose", DataClass::operational, "What its messages are for."),
      field<&CreateTemplateRequest::subject>("subject", DataClass::operational, "One line of neutral words; absent: the shipped one.", {.max = 120}),
      field<&CreateTemplateRequest::body>("body", DataClass::operational, "Plain text with fields such as {{appointment.starts_at}}; see getTemplateFields.", {.max = 5000, .text = TextRule::multiline}),
  };
};
struct CreateTemplate {
  using Request = CreateTemplateRequest;
  using Response = TemplateView;
  static constexpr EndpointSpec spec = checked({
      .id = "createTemplate", .method = Method::post, .path = "/v1/templates", .summary = "Writes a template; one that says more than its channel may carry is refused.",
      .access = needs(Permission::template_manage), .audit = AuditAction::template_created, .rate = RateClass::directory,
      .success = 201, .idempotency = Idempotency::optional, .location = "/v1/templates/{id}"});
};

struct ListTemplatesResponse {
  std::vector<TemplateView> templates;
  static constexpr Field fields[] = {
      field<&ListTemplatesResponse::templates>("templates", DataClass::operational, "The newest first; shipped ones are not listed."),
  };
};
struct ListTemplates {
  using Request = NoRequest;
  using Response = ListTemplatesResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listTemplates", .method = Method::get, .path = "/v1/templates", .summary = "Lists the organisation's own templates.",
      .access = needs(Permission::template_manage), .rate = RateClass::directory});
};

struct TemplateIdRequest {
  TemplateId id;
  static constexpr Field fields[] = {
      field<&TemplateIdRequest::id>("id", DataClass::operational, "The template.", {.where = Where::path}),
  };
};
struct GetTemplate {
  using Request = TemplateIdRequest;
  using Response = TemplateView;
  static constexpr EndpointSpec spec = checked({
      .id = "getTemplate", .method = Method::get, .path = "/v1/templates/{id}", .summary = "Shows one template.",
      .access = needs(Permission::template_manage), .rate = RateClass::directory});
};

struct ChangeTemplateRequest {
  TemplateId id;
  std::optional<std::string> subject, body;
  std::optional<bool> active;
  static constexpr Field fields[] = {
      field<&ChangeTemplateRequest::id>("id", DataClass::operational, "The template.", {.where = Where::path}),
      field<&ChangeTemplateRequest::subject>("subject", DataClass::operational, "One line of neutral words.", {.max = 120}),
      field<&ChangeTemplateRequest::body>("body", DataClass::operational, "Plain text with fields.", {.max = 5000, .text = TextRule::multiline}),
      field<&ChangeTemplateRequest::active>("active", DataClass::operational, "False closes it, true brings it back."),
  };
};
struct ChangeTemplate {
  using Request = ChangeTemplateRequest;
  using Response = TemplateView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeTemplate", .method = Method::patch, .path = "/v1/templates/{id}", .summary = "Changes a template, closes it or brings it back.",
      .access = needs(Permission::template_manage), .audit = AuditAction::template_changed, .rate = RateClass::directory,
      .if_match = IfMatch::required});
};

struct CloseTemplate {
  using Request = TemplateIdRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "closeTemplate", .method = Method::delete_, .path = "/v1/templates/{id}", .summary = "Closes a template; the one before it, or the shipped one, is used again.",
      .access = needs(Permission::template_manage), .audit = AuditAction::template_closed, .rate = RateClass::directory,
      .success = 204});
};

struct PreviewTemplateRequest {
  messages::Channel channel = messages::Channel::email;
  messages::Locale locale = messages::Locale::en;
  messages::Purpose purpose = messages::Purpose::reminder;
  std::optional<std::string> subject, body;
  static constexpr Field fields[] = {
      field<&PreviewTemplateRequest::channel>("channel", DataClass::operational, "By which way its messages go."),
      field<&PreviewTemplateRequest::locale>("locale", DataClass::operational, "Its language."),
      field<&PreviewTemplateRequest::purpose>("purpose", DataClass::operational, "What its messages are for."),
      field<&PreviewTemplateRequest::subject>("subject", DataClass::operational, "Absent: the shipped one.", {.max = 120}),
      field<&PreviewTemplateRequest::body>("body", DataClass::operational, "Absent: the template in use is shown.", {.max = 5000, .text = TextRule::multiline}),
  };
};
struct RenderingView {
  messages::DetailLevel level = messages::DetailLevel::neutral;
  SensitiveText subject, text;
  static constexpr Field fields[] = {
      field<&RenderingView::level>("level", DataClass::operational, "How much the person lets messages say."),
      field<&RenderingView::subject>("subject", DataClass::operational, "Empty where the channel has none."),
      field<&RenderingView::text>("text", DataClass::operational, "As it would arrive; the person and the visit are invented."),
  };
};
struct PreviewTemplateResponse {
  std::optional<std::string> subject;
  std::string body;
  std::vector<RenderingView> renderings;
  static constexpr Field fields[] = {
      field<&PreviewTemplateResponse::subject>("subject", DataClass::operational, "Of the template that was rendered; absent: the shipped one."),
      field<&PreviewTemplateResponse::body>("body", DataClass::operational, "Of the template that was rendered."),
      field<&PreviewTemplateResponse::renderings>("renderings", DataClass::operational, "One per detail level."),
  };
};
struct PreviewTemplate {
  using Request = PreviewTemplateRequest;
  using Response = PreviewTemplateResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "previewTemplate", .method = Method::post, .path = "/v1/templates/preview", .summary = "Renders a template with an invented person and visit; saves nothing.",
      .access = needs(Permission::template_manage), .rate = RateClass::directory, .effect = Effect::reads});
};

struct TemplateFieldView {
  std::string name, data_class;
  messages::DetailLevel level = messages::DetailLevel::neutral;
  bool in_subject = false;
  std::vector<messages::Channel> channels;
  std::string sentence;
  static constexpr Field fields[] = {
      field<&TemplateFieldView::name>("name", DataClass::public_, "As written between {{ and }}."),
      field<&TemplateFieldView::data_class>("data_class", DataClass::public_, "What kind of data it is."),
      field<&TemplateFieldView::level>("level", DataClass::public_, "Below this level a neutral phrase stands in its place."),
      field<&TemplateFieldView::in_subject>("in_subject", DataClass::public_, "Whether a subject may name it."),
      field<&TemplateFieldView::channels>("channels", DataClass::public_, "The channels whose templates may name it."),
      field<&TemplateFieldView::sentence>("sentence", DataClass::public_, "What it is."),
  };
};
struct TemplateFieldsResponse {
  std::vector<TemplateFieldView> template_fields;
  static constexpr Field fields[] = {
      field<&TemplateFieldsResponse::template_fields>("fields", DataClass::public_, "Every field there is."),
  };
};
struct GetTemplateFields {
  using Request = NoRequest;
  using Response = TemplateFieldsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "getTemplateFields", .method = Method::get, .path = "/v1/templates/fields", .summary = "Lists the fields that a template may name, with class, level and channels.",
      .access = needs(Permission::template_manage), .rate = RateClass::directory});
};

std::span<const Endpoint> template_endpoints();

}  // namespace sealbook::api
