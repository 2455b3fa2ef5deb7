// Store runs work on the database: the seam between the use cases and the engine.
//
// A write is one call: the work runs in a transaction with its journal entries, the answer is given
// after the commit is durable. When the journal cannot be written, changes and reads of personal
// data are refused as unavailable (DECISIONS 18). Threads: any. Lifetime: outlives all its work.
#pragma once

#include <atomic>
#include <functional>

#include "base/result.hpp"
#include "sql/database.hpp"
#include "storage/transaction.hpp"

namespace sealbook::audit {
class Sequencer;
}

namespace sealbook::storage {

class Store {
 public:
  using Work = std::move_only_function<Result<void>(Transaction&)>;  // may be called again
  using Done = std::move_only_function<void(Result<void>)>;

  // `sequencer` may be null only in tools that never write.
  Store(sql::Database& database, audit::Sequencer* sequencer);

  // Queues the work. `done` is called once, on an engine thread: it must be short.
  void submit(TenantRef tenant, Work work, Done done);
  // Runs the work and waits for it.
  Result<void> write(TenantRef tenant, Work work);
  // Runs on a snapshot, on the calling thread.
  void read(TenantRef tenant, std::move_only_function<void(Snapshot&)> work);

  Instant now() { return database_.now(); }
  sql::Database& database() { return database_; }
  // False when entries can no longer reach the log; recovers by itself when they can again.
  bool journal_healthy() const;

  // Counters for the audit coverage test: transactions that changed a tenant's tables, and of
  // those the ones that carried an entry.
  std::int64_t transactions_that_changed() const { return changed_.load(); }
  std::int64_t transactions_with_entry() const { return audited_.load(); }
  // Switches the journal off, to measure what it costs. Benchmarks only.
  void without_journal_for_benchmark() { journal_off_ = true; }

 private:
  struct Call;
  sql::Outcome run(Call& call, sql::Connection& connection);
  void finish(Call& call, sql::Outcome outcome, std::exception_ptr error);
  void write_entries(Transaction& tx, Call& call, sql::Connection& connection);

  sql::Database& database_;
  audit::Sequencer* sequencer_;
  std::atomic<std::int64_t> changed_{0};
  std::atomic<std::int64_t> audited_{0};
  bool journal_off_ = false;
};

}  // namespace sealbook::storage
