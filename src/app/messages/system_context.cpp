#include "app/messages/system_context.hpp"

namespace sealbook::app {

CallContext system_context(App& app, std::shared_ptr<Tenant> tenant) {
  Principal nobody;
  nobody.tenant = tenant->id();
  return CallContext{.app = app, .tenant = std::move(tenant), .principal = nobody, .decision = {},
                     .now = app.store.now(), .request = {}, .if_match = {}, .endpoint_id = {}, .entries = {}, .explain = {}};
}

audit::AuditEntry& note_system(CallContext& ctx, AuditAction action, audit::ResourceKind kind, const RawId& id,
                               std::vector<PatientId> subjects) {
  auto& entry = ctx.note(action, kind, id);
  entry.actor = {};
  entry.role.reset();
  entry.rows = static_cast<std::uint32_t>(subjects.size());
  entry.subjects = std::move(subjects);
  return entry;
}

}  // namespace sealbook::app
