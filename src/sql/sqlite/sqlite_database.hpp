// SqliteDatabase: one writer thread that commits what is queued in groups, and readers on snapshots.
//
// Life of a unit: submit() puts it in the tenant's lane; the writer takes units in turns, runs each in
// a savepoint of one transaction, commits as soon as nothing is queued or a cap is reached (one sync of
// the log for all), then answers them in order. A unit that fails rolls back alone; when the commit
// itself fails, every unit of the group gets that exception and nothing of it is stored.
//
// After a failed sync nobody knows what the disk holds (the system may drop the pages and report
// success next time), so the engine then refuses every further unit until the store is reopened.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "sql/fair_queue.hpp"
#include "sql/sqlite/checkpointer.hpp"
#include "sql/sqlite/reader_pool.hpp"
#include "sql/sqlite/store_lock.hpp"

namespace sealbook::sql {

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(SqliteConfig config);
  ~SqliteDatabase() override;

  Engine engine() const override { return Engine::sqlite; }
  void submit(Unit unit) override;
  void read(std::move_only_function<void(Connection&)> work) override;
  Instant now() override { return config_.clock != nullptr ? config_.clock->now() : system_clock_.now(); }
  Counters counters() const override;

 private:
  struct Ended {
    std::move_only_function<void(Outcome, std::exception_ptr)> done;
    Outcome outcome;
    std::exception_ptr error;
  };

  void run_writer();
  std::optional<Unit> next_now();
  void write_group(Unit first);
  void run_unit(Unit unit);
  void commit_group();
  void after_group();
  static int on_commit(void* self, sqlite3*, const char*, int pages);

  const SqliteConfig config_;
  const SystemClock system_clock_;
  std::optional<StoreLock> lock_;
  std::optional<SqliteConnection> writer_;
  std::optional<Checkpointer> checkpointer_;
  ReaderPool readers_{config_};

  mutable std::mutex mutex_;
  std::condition_variable queued_signal_;
  FairQueue<Unit> queue_;
  bool writer_sleeps_ = false, stopping_ = false;

  // Of the writer's thread.
  std::vector<Ended> group_;
  std::exception_ptr group_error_;  // SQLite has rolled the whole transaction back
  std::exception_ptr broken_;       // a sync failed: nothing more is written
  std::int64_t log_pages_ = 0;

  std::atomic<std::int64_t> units_{0}, commits_{0}, rollbacks_{0};
  std::thread thread_;
};

}  // namespace sealbook::sql
