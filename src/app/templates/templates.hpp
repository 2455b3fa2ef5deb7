// The templates of a tenant's messages: written, changed, closed, tried out, and chosen.
//
// What was shipped is never changed; a tenant's own template takes its place as long as it is
// active. Of several for one channel, purpose and language the newest is used. Every text is
// checked when it is saved (domain/messages/template.hpp); the errors are that check's.
#pragma once

#include <vector>

#include "app/call_context.hpp"
#include "domain/messages/render.hpp"

namespace sealbook::app::templates {

// Fails with `invalid`, pointers "/subject" and "/body".
Result<Work<Entry>> create(CallContext& ctx, const messages::TemplateText& text);

struct Change {
  TemplateId id;
  std::optional<std::string> subject, body;
  std::optional<bool> active;  // true brings a closed one back
};
// Fails with not_found, precondition_failed, `invalid`.
Result<Work<Entry>> change(CallContext& ctx, const Change& command);

// Fails with not_found for one that is closed already.
Result<Work<TemplateId>> close(CallContext& ctx, const TemplateId& id);

Result<Entry> read(const CallContext& ctx, const TemplateId& id);
// The newest first, closed ones too.
std::vector<Entry> list(const CallContext& ctx);

struct Rendering {
  messages::DetailLevel level;
  messages::RenderedMessage message;
};
struct Preview {
  messages::TemplateText text;
  std::vector<Rendering> renderings;  // one per level
};
// Renders with an invented person and visit; nothing is saved. An empty body: the template in use.
Result<Preview> preview(const CallContext& ctx, messages::TemplateText text);

// What a message of the tenant is made from: the tenant's own template, else the shipped one. Null
// where there is neither (voice). For the sender; threads: any.
std::shared_ptr<const messages::Template> choose(const Tenant& tenant, messages::Channel channel,
                                                 messages::Purpose purpose,
                                                 messages::Locale locale);

// Reads a tenant's templates from the store. At start.
Result<void> load(App& app, Tenant& tenant);

}  // namespace sealbook::app::templates
