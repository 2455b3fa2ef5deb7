// perform() carries out a changing use case without the network: for the command line, the demo and
// benchmarks. Same steps as the pipeline's: seal the entries, queue, commit, answer.
#pragma once

#include <memory>

#include "app/call_context.hpp"

namespace sealbook::app {

// The call's journal entries, sealed for its log.
std::vector<std::shared_ptr<const audit::PreparedEntry>> seal_entries(const CallContext& ctx);

// A context for a principal of a tenant (null: the instance), with the decision for a permission.
Result<CallContext> context_for(App& app, std::shared_ptr<Tenant> tenant, const Principal& principal,
                                Permission permission);
// The operator at the command line: a super_admin without an account.
CallContext operator_context(App& app);

template <class R>
Result<R> perform(CallContext& ctx, Result<Work<R>> work) {
  if (!work) return std::unexpected(std::move(work).error());
  std::optional<R> answer;
  const auto done = ctx.app.store.write(ctx.store_ref(), [&, sealed = seal_entries(ctx)](storage::Transaction& tx) -> Result<void> {
    auto result = (*work)(tx);
    if (!result) return std::unexpected(std::move(result).error());
    for (const auto& entry : sealed) tx.audit(entry);
    answer = std::move(*result);
    return {};
  });
  ctx.entries.clear();
  if (!done) return std::unexpected(done.error());
  return std::move(*answer);
}

}  // namespace sealbook::app
