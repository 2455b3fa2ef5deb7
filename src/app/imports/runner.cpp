#include "app/imports/runner.hpp"

#include "app/imports/job.hpp"
#include "app/perform.hpp"
#include "base/log.hpp"

namespace sealbook::app::imports {
namespace {

constexpr auto try_again = std::chrono::seconds(10);
constexpr Micros longest_receiving = std::chrono::hours(1);

// Ends an import whose file never came in whole.
Result<void> end_cut_off(App& app, const std::shared_ptr<Tenant>& tenant,
                         const storage::ImportRow& row) {
  const Principal principal{row.account, tenant->id(), row.role, std::nullopt, std::nullopt};
  TRY(ctx, context_for(app, tenant, principal, Permission::participant_import));
  auto& entry = ctx.note(AuditAction::import_ended, audit::ResourceKind::import, row.id.raw());
  entry.outcome = audit::AuditOutcome::failed;
  return app.store.write(
      tenant->ref(), [&, sealed = seal_entries(ctx)](storage::Transaction& tx) -> Result<void> {
        if (!storage::imports::end(tx, row.id, storage::ImportState::failed, tx.now())) return {};
        for (const auto& each : sealed) tx.audit(each);
        return {};
      });
}

Result<void> finish(App& app, const std::shared_ptr<Tenant>& tenant, const storage::ImportRow& row,
                    const std::function<bool()>& may_go_on) {
  if (row.state == storage::ImportState::running)
    return run_import(app, tenant, row.id, [&](std::int64_t, std::int64_t) { return may_go_on(); });
  if (row.created + longest_receiving < app.store.now()) return end_cut_off(app, tenant, row);
  return {};
}

}  // namespace

bool ImportRunner::run_all(App& app, const std::function<bool()>& may_go_on) {
  bool all_done = true;
  for (const auto& tenant : app.tenants.all()) {
    std::vector<storage::ImportRow> rows;
    app.store.read(tenant->ref(),
                   [&](storage::Snapshot& s) { rows = storage::imports::unfinished(s); });
    for (const storage::ImportRow& row : rows) {
      if (!may_go_on()) return true;
      const auto done = finish(app, tenant, row, may_go_on);
      if (done) continue;
      all_done = false;
      log::warning("import_not_finished", {{"import", row.id}, {"code", done.error().code}});
    }
  }
  return all_done;
}

ImportRunner::ImportRunner(App& app) : app_(app), thread_([this] { work(); }) {}

ImportRunner::~ImportRunner() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  condition_.notify_all();
  thread_.join();
}

void ImportRunner::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  condition_.notify_all();
}

void ImportRunner::work() {
  const auto may_go_on = [this] {
    const std::lock_guard lock(mutex_);
    return !stopping_;
  };
  bool all_done = true;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      const auto something = [this] { return woken_ || stopping_; };
      if (all_done) condition_.wait(lock, something);
      else condition_.wait_for(lock, try_again, something);
      if (stopping_) return;
      woken_ = false;
    }
    try {
      all_done = run_all(app_, may_go_on);
    } catch (const std::exception&) {  // the engine is away: it is looked at again
      all_done = false;
      log::warning("imports_interrupted");
    }
  }
}

}  // namespace sealbook::app::imports
