#include "api/v1/tenants.hpp"

#include "api/v1/answering.hpp"
#include "app/accounts/tenants.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

// Both answers show the same profile; one adds the first account.
template <class View>
View profile_view(const TenantId& id, const app::TenantProfile& profile) {
  View v;
  v.id = id;
  v.version = profile.version;
  v.slug = profile.slug;
  v.name = profile.name;
  v.message_name = profile.message_name;
  if (!profile.phone.empty()) v.phone = profile.phone;
  v.regime = app::regimes_of(profile.regime);
  return v;
}

CreateTenantResponse created_view(const app::CreatedTenant& created) {
  auto v = profile_view<CreateTenantResponse>(created.id, created.profile);
  v.admin = {created.admin, created.admin_token, created.enrol_url};
  return v;
}

Result<Work<CreateTenantResponse>> create(CallContext& ctx, const CreateTenantRequest& r) {
  return answering(app::create_tenant(ctx, {r.slug, r.name, r.message_name, r.phone.value_or(""), r.regime}), created_view);
}

Result<ListTenantsResponse> list(CallContext& ctx, const NoRequest&) {
  ListTenantsResponse response;
  for (const app::TenantView& t : app::list_tenants(ctx))
    response.tenants.push_back(profile_view<TenantResponse>(t.id, t.profile));
  return response;
}

Result<TenantResponse> get(CallContext& ctx, const NoRequest&) {
  const app::TenantView t = app::read_tenant(ctx);
  return profile_view<TenantResponse>(t.id, t.profile);
}

constexpr Endpoint rows[] = {bind_write<CreateTenant, create>(), bind_read<ListTenants, list>(), bind_read<GetTenant, get>()};

}  // namespace

std::span<const Endpoint> tenant_endpoints() { return rows; }

}  // namespace sealbook::api
