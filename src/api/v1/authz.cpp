#include "api/v1/authz.hpp"

#include "app/accounts/explain.hpp"

namespace sealbook::api {
namespace {

Result<ExplainAccessResponse> explain(app::CallContext& ctx, const ExplainAccessRequest& r) {
  TRY(explained, app::explain_access(ctx, {r.account_id, r.permission, r.appointment_id}));
  ExplainAccessResponse response{explained.allowed, explained.role, explained.grant, {}};
  for (auto& rule : explained.rules) response.rules.push_back({std::move(rule.rule), rule.holds, std::move(rule.why)});
  return response;
}

constexpr Endpoint rows[] = {bind_read<ExplainAccess, explain>()};

}  // namespace

std::span<const Endpoint> authz_endpoints() { return rows; }

}  // namespace sealbook::api
