// Tenants: made by the instance's own administrators, each with keys, a first administrator and
// that person's token.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct CreateTenant {
  std::string slug;
  std::string name;
  std::string message_name;
  std::string phone;  // may be empty
  std::vector<Regime> regime;
};

struct CreatedTenant {
  TenantId id;
  TenantProfile profile;
  AccountId admin;
  std::string admin_token;  // shown once
  std::string enrol_url;    // the same person's link to get a passkey; good once, for a day
};

// The tenant's keys are made durable first; a tenant that is then refused leaves keys that no row
// names. Fails with state_conflict, naming /slug, when another tenant has that slug.
Result<Work<CreatedTenant>> create_tenant(CallContext& ctx, const CreateTenant& command);

struct TenantView {
  TenantId id;
  TenantProfile profile;
};
std::vector<TenantView> list_tenants(const CallContext& ctx);  // in the order in which they were made
// The caller's own.
TenantView read_tenant(const CallContext& ctx);

// The set as single profiles, in the order of the enum.
std::vector<Regime> regimes_of(std::int64_t set);

}  // namespace sealbook::app
