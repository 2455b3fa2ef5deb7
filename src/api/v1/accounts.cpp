#include "api/v1/accounts.hpp"

#include "api/v1/answering.hpp"
#include "app/accounts/accounts.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

CreateAccountResponse created_view(const app::CreatedAccount& created) {
  return {created.id, created.role, created.token};
}

Result<Work<CreateAccountResponse>> create(CallContext& ctx, const CreateAccountRequest& r) {
  return answering(app::create_account(ctx, {r.role, r.practitioner_id, r.patient_id, r.expires_at}), created_view);
}

Result<ListAccountsResponse> list(CallContext& ctx, const NoRequest&) {
  ListAccountsResponse response;
  for (const auto& row : app::list_accounts(ctx))
    response.accounts.push_back({row.id, row.role, row.practitioner, row.active, row.created});
  return response;
}

Result<MeResponse> me(CallContext& ctx, const NoRequest&) {
  const Principal& caller = ctx.principal;
  MeResponse response;
  response.account_id = caller.account;
  response.role = caller.role;
  if (ctx.tenant) response.tenant_id = ctx.tenant->id();
  response.practitioner_id = caller.practitioner;
  response.patient_id = caller.patient;
  response.now = ctx.now;
  for (const PermissionRow& row : permission_rows)
    if (row.grants[static_cast<std::size_t>(caller.role)] != Grant::no) response.permissions.emplace_back(row.id);
  return response;
}

constexpr Endpoint rows[] = {bind_write<CreateAccount, create>(), bind_read<ListAccounts, list>(), bind_read<GetMe, me>()};

}  // namespace

std::span<const Endpoint> account_endpoints() { return rows; }

}  // namespace sealbook::api
