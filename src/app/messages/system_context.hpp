// The context of what the program does by itself for a tenant: its entries name no account.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

CallContext system_context(App& app, std::shared_ptr<Tenant> tenant);
// An entry of such a context about messages of these people.
audit::AuditEntry& note_system(CallContext& ctx, AuditAction action, audit::ResourceKind kind, const RawId& id,
                               std::vector<PatientId> subjects);

}  // namespace sealbook::app
