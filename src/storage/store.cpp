#include "storage/store.hpp"

#include <future>

#include "base/log.hpp"
#include "security/audit/sequencer.hpp"
#include "storage/tables/journal.hpp"

namespace sealbook::storage {

// One submitted piece of work, from the queue to its answer.
struct Store::Call {
  TenantRef tenant;
  Work work;
  Done done;
  Instant now;
  Result<void> result;
  bool changed = false;
  std::vector<audit::CommittedEntry> entries;
  std::vector<std::move_only_function<void()>> hooks;
};

std::vector<sql::Rows> Snapshot::batch(std::vector<sql::Connection::Call> calls) {
  for (auto& call : calls) call.parameters.insert(call.parameters.begin(), sql::Value(tenant_.no));
  return connection_.batch(calls);
}

Store::Store(sql::Database& database, audit::Sequencer* sequencer) : database_(database), sequencer_(sequencer) {}

bool Store::journal_healthy() const { return sequencer_ == nullptr || sequencer_->healthy(); }

void Store::submit(TenantRef tenant, Work work, Done done) {
  if (!journal_healthy()) {
    done(fail(ErrorCode::unavailable, "The journal cannot be written just now, so nothing is changed."));
    return;
  }
  auto call = std::make_shared<Call>();
  call->tenant = tenant;
  call->work = std::move(work);
  call->done = std::move(done);
  sql::Unit unit;
  unit.queue = tenant.id;
  unit.work = [this, call](sql::Connection& connection) { return run(*call, connection); };
  unit.done = [this, call](sql::Outcome outcome, std::exception_ptr error) {
    finish(*call, outcome, std::move(error));
  };
  database_.submit(std::move(unit));
}

sql::Outcome Store::run(Call& call, sql::Connection& connection) {
  call.entries.clear();
  call.hooks.clear();
  call.now = database_.now();
  Transaction tx(connection, call.tenant, call.now);
  call.result = call.work(tx);
  call.changed = tx.changed_;
  if (!call.result) return sql::Outcome::rollback;
  ASSERT(journal_off_ || !tx.changed_ || !tx.entries_.empty());  // nothing changes without an entry
  if (!journal_off_) write_entries(tx, call, connection);
  call.hooks = std::move(tx.hooks_);
  return sql::Outcome::commit;
}

void Store::write_entries(Transaction& tx, Call& call, sql::Connection& connection) {
  const auto rows = journal::insert(connection, call.tenant, tx.entries_);
  call.entries.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) call.entries.push_back({rows[i], std::move(tx.entries_[i])});
}

void Store::finish(Call& call, sql::Outcome outcome, std::exception_ptr error) {
  if (error) {
    try {
      std::rethrow_exception(error);
    } catch (const sql::EngineError& broken) {
      call.result = fail(ErrorCode::unavailable, "The store cannot be written just now; nothing was changed.");
      call.result.error().cause = broken.what();
    } catch (const std::exception& bug) {
      call.result = fail(ErrorCode::internal);
      call.result.error().cause = bug.what();
    }
  } else if (outcome == sql::Outcome::commit) {
    if (call.changed) changed_.fetch_add(1, std::memory_order_relaxed);
    if (call.changed && !call.entries.empty()) audited_.fetch_add(1, std::memory_order_relaxed);
    for (auto& hook : call.hooks) hook();
    if (sequencer_ != nullptr && !call.entries.empty()) sequencer_->committed(call.tenant.id, call.entries);
  }
  call.done(std::move(call.result));
}

Result<void> Store::write(TenantRef tenant, Work work) {
  std::promise<Result<void>> promise;
  auto answer = promise.get_future();
  submit(tenant, std::move(work), [&promise](Result<void> result) { promise.set_value(std::move(result)); });
  return answer.get();
}

void Store::read(TenantRef tenant, std::move_only_function<void(Snapshot&)> work) {
  database_.read([&](sql::Connection& connection) {
    Snapshot snapshot(connection, tenant, database_.now());
    work(snapshot);
  });
}

}  // namespace sealbook::storage
