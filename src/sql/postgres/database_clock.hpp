// DatabaseClock tells PostgreSQL's time without a round trip for each reading: it asks once a second
// and carries the answer forward by the steady clock. Expiry must not depend on this machine's clock.
//
// Threads: any.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "sql/postgres/pg_connection.hpp"

namespace sealbook::sql {

class DatabaseClock {
 public:
  explicit DatabaseClock(const PostgresConfig& config) : config_(config) {}
  // Throws EngineError::lost when the server has never been reached. One that is lost later leaves the time
  // that it told, carried on: nothing can be written by it, and calls of this are everywhere.
  Instant now();

 private:
  void ask(std::int64_t steady_micros);

  const PostgresConfig& config_;  // of the database that owns this
  std::mutex mutex_;              // guards connection_
  std::unique_ptr<PgConnection> connection_;
  std::atomic<std::int64_t> ahead_micros_{0};  // the server's time less the steady clock's
  std::atomic<std::int64_t> asked_at_{0};      // steady; 0 is never
};

}  // namespace sealbook::sql
