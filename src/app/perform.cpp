#include "app/perform.hpp"

namespace sealbook::app {

std::vector<std::shared_ptr<const audit::PreparedEntry>> seal_entries(const CallContext& ctx) {
  std::vector<std::shared_ptr<const audit::PreparedEntry>> sealed;
  const TenantId log = ctx.tenant ? ctx.tenant->id() : TenantId();
  const auto keys = ctx.tenant ? ctx.tenant->keys() : nullptr;
  const crypto::DataKey& key = keys ? keys->audit().current() : ctx.app.keyring.instance().audit().current();
  sealed.reserve(ctx.entries.size());
  for (const audit::AuditEntry& entry : ctx.entries)
    sealed.push_back(std::make_shared<const audit::PreparedEntry>(audit::prepare(entry, key, {ctx.app.environment, log})));
  return sealed;
}

Result<CallContext> context_for(App& app, std::shared_ptr<Tenant> tenant, const Principal& principal,
                                Permission permission) {
  TRY(decision, decide(principal, permission));
  return CallContext{.app = app, .tenant = std::move(tenant), .principal = principal, .decision = decision,
                     .now = app.store.now(), .request = {}, .if_match = {}, .endpoint_id = {}, .entries = {}, .explain = {}};
}

CallContext operator_context(App& app) {
  Principal principal;
  principal.role = Role::super_admin;
  const auto decision = decide(principal, Permission::tenant_manage);
  return CallContext{.app = app, .tenant = nullptr, .principal = principal, .decision = *decision,
                     .now = app.store.now(), .request = {}, .if_match = {}, .endpoint_id = {}, .entries = {}, .explain = {}};
}

}  // namespace sealbook::app
