// PgDatabase: a pool of threads with one connection each runs write units; reads borrow a connection.
//
// Transactions are READ COMMITTED: what must not happen twice is forbidden by constraints (the
// exclusion constraint on claims, unique keys, checks), which hold whatever the isolation. A unit that
// meets a deadlock or serialization failure is rolled back and run again after a short random wait.
// A unit whose connection is lost before COMMIT was sent is run again on a new connection; after
// COMMIT was sent nobody knows, and the unit ends with EngineError::lost.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "sql/fair_queue.hpp"
#include "sql/postgres/database_clock.hpp"
#include "sql/postgres/pg_connection.hpp"

namespace sealbook::sql {

class PgDatabase final : public Database {
 public:
  explicit PgDatabase(PostgresConfig config);
  ~PgDatabase() override;

  Engine engine() const override { return Engine::postgres; }
  void submit(Unit unit) override;
  void read(std::move_only_function<void(Connection&)> work) override;
  Instant now() override { return clock_.now(); }
  Counters counters() const override;

 private:
  class Lane;  // one thread's connection, and when it may try to connect again

  void run_lane();
  void run_unit(Lane& lane, Unit unit);
  enum class Attempt : std::uint8_t { ended, again_after_conflict, again_connected };
  Attempt try_unit(Lane& lane, Unit& unit, Outcome& outcome, std::exception_ptr& error);
  std::unique_ptr<PgConnection> take_reader();
  void give_reader(std::unique_ptr<PgConnection> connection);

  const PostgresConfig config_;
  DatabaseClock clock_{config_};

  mutable std::mutex mutex_;
  std::condition_variable queued_signal_;
  FairQueue<Unit> queue_;
  bool stopping_ = false;

  std::mutex readers_mutex_;
  std::condition_variable reader_signal_;
  std::vector<std::unique_ptr<PgConnection>> idle_readers_;
  std::size_t readers_out_ = 0;

  std::atomic<std::int64_t> units_{0}, commits_{0}, rollbacks_{0}, retries_{0}, reconnects_{0}, round_trips_{0};
  std::vector<std::thread> threads_;
};

}  // namespace sealbook::sql
