#include "api/v1/templates.hpp"

#include "api/v1/answering.hpp"
#include "app/templates/templates.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
using app::templates::Entry;

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

TemplateView view(const Entry& entry) {
  const auto& text = entry.text;
  return {entry.id, entry.version, text.channel, text.locale, text.purpose, unless_empty(text.subject),
          text.body, entry.active, std::nullopt, entry.created};
}
TemplateView with_use(const CallContext& ctx, const Entry& entry) {
  TemplateView v = view(entry);
  const auto& text = entry.text;
  v.in_use = entry.made && app::templates::choose(*ctx.tenant, text.channel, text.purpose, text.locale) == entry.made;
  return v;
}
NoContent nothing(const TemplateId&) { return {}; }

Result<Work<TemplateView>> create(CallContext& ctx, const CreateTemplateRequest& r) {
  return answering(app::templates::create(ctx, {r.channel, r.locale, r.purpose, r.subject.value_or(""), r.body}), view);
}
Result<ListTemplatesResponse> list(CallContext& ctx, const NoRequest&) {
  ListTemplatesResponse response;
  for (const Entry& entry : app::templates::list(ctx)) response.templates.push_back(with_use(ctx, entry));
  return response;
}
Result<TemplateView> get(CallContext& ctx, const TemplateIdRequest& r) {
  TRY(entry, app::templates::read(ctx, r.id));
  return with_use(ctx, entry);
}
Result<Work<TemplateView>> change(CallContext& ctx, const ChangeTemplateRequest& r) {
  return answering(app::templates::change(ctx, {r.id, r.subject, r.body, r.active}), view);
}
Result<Work<NoContent>> close(CallContext& ctx, const TemplateIdRequest& r) {
  return answering(app::templates::close(ctx, r.id), nothing);
}

Result<PreviewTemplateResponse> preview(CallContext& ctx, const PreviewTemplateRequest& r) {
  TRY(shown, app::templates::preview(ctx, {r.channel, r.locale, r.purpose, r.subject.value_or(""), r.body.value_or("")}));
  PreviewTemplateResponse response{unless_empty(shown.text.subject), shown.text.body, {}};
  for (auto& rendering : shown.renderings)
    response.renderings.push_back(
        {rendering.level, std::move(rendering.message.subject), std::move(rendering.message.text)});
  return response;
}

Result<TemplateFieldsResponse> get_fields(CallContext&, const NoRequest&) {
  TemplateFieldsResponse response;
  for (const auto& row : messages::field_rows) {
    TemplateFieldView v{std::string(row.name), std::string(to_text(row.data_class)), row.level,
                        row.placement == messages::Placement::anywhere, {}, std::string(row.sentence)};
    for (const auto& channel : messages::channel_rows)
      if (row.data_class <= channel.limit) v.channels.push_back(channel.channel);
    response.template_fields.push_back(std::move(v));
  }
  return response;
}

constexpr Endpoint rows[] = {
    bind_write<CreateTemplate, create>(),     bind_read<ListTemplates, list>(),
    bind_read<GetTemplate, get>(),            bind_write<ChangeTemplate, change>(),
    bind_write<CloseTemplate, close>(),       bind_read<PreviewTemplate, preview>(),
    bind_read<GetTemplateFields, get_fields>(),
};

}  // namespace

std::span<const Endpoint> template_endpoints() { return rows; }

}  // namespace sealbook::api
