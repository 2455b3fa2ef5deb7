// Database is one store on one engine: it runs units of work in transactions.
//
// Embedded: one writer thread. Work waits in a fair queue per tenant; the writer runs what is
// queued, each unit in a savepoint, commits them together (one fsync), then completes them in
// order. A unit that fails or throws rolls back alone. PostgreSQL: a pool of threads, one
// connection each; a unit that meets a serialization failure or deadlock is run again, so work must
// be repeatable (it may be called more than once, and only the last call counts).
//
// Threads: submit, write and read may be called from any thread but the writer's. Lifetime: the
// destructor finishes what is queued.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>

#include "base/id.hpp"
#include "base/result.hpp"
#include "sql/sql.hpp"

namespace sealbook::sql {

// What a unit of work decided: keep its changes or not. Errors that callers should see are the
// work's own business (it captures a Result and returns rollback).
enum class Outcome : std::uint8_t { commit, rollback };

struct Unit {
  TenantId queue;                                        // whose fair queue it waits in
  std::move_only_function<Outcome(Connection&)> work;     // may be called again after a conflict
  // Called once: after the commit is durable (in commit order on the embedded engine), after the
  // rollback, or with the exception that ended it. Runs on an engine thread: must be short.
  std::move_only_function<void(Outcome, std::exception_ptr)> done;
};

// What the engine did since it was opened. For metrics, tests and benchmarks.
struct Counters {
  std::int64_t units = 0;        // ended, whatever their outcome
  std::int64_t commits = 0;      // transactions made durable; embedded: one for a whole batch
  std::int64_t rollbacks = 0;    // units rolled back
  std::int64_t retries = 0;      // units run again after a conflict or a lost connection
  std::int64_t reconnects = 0;
  std::int64_t checkpoints = 0;  // embedded: the log was copied into the store
  std::int64_t round_trips = 0;  // PostgreSQL
  std::int64_t waiting = 0;      // units in the queue now
};

class Database {
 public:
  virtual ~Database() = default;
  virtual Engine engine() const = 0;
  // Queues a unit; returns at once. A full queue answers through `done` with EngineError::busy.
  virtual void submit(Unit unit) = 0;
  // Runs work in a write transaction and waits; throws what it threw.
  Outcome write(const TenantId& queue, std::move_only_function<Outcome(Connection&)> work);
  // Runs work on a snapshot and waits; nothing may be written. On the calling thread.
  virtual void read(std::move_only_function<void(Connection&)> work) = 0;
  // Now, by the database's clock plus the clock's offset. Costs no round trip: PostgreSQL's clock is
  // asked once a second and carried forward by the steady clock.
  virtual Instant now() = 0;
  virtual Counters counters() const = 0;
};

}  // namespace sealbook::sql
