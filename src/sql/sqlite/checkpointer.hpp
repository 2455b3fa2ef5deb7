// Checkpointer copies the write-ahead log into the store on a thread and connection of its own, so
// that the writer goes on committing meanwhile.
//
// When all but a few pages are copied it asks the writer, through restart_due(), to copy the rest
// between two batches and start the log over; only that short part makes units wait.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "sql/sqlite/sqlite_connection.hpp"

namespace sealbook::sql {

class Checkpointer {
 public:
  explicit Checkpointer(const SqliteConfig& config);
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // The writer, after a commit: the log holds so many pages now.
  void log_grew_to(std::int64_t pages);
  bool restart_due() const { return restart_due_.load(std::memory_order_relaxed); }
  // The writer, between batches: copies the rest and starts the log over. Returns false when a long
  // reader is in the way; the log then grows on and it is tried again later.
  bool restart(SqliteConnection& writer);
  std::int64_t completed() const { return completed_.load(std::memory_order_relaxed); }

 private:
  void run();
  void copy();

  const std::int64_t threshold_, limit_;
  SqliteConnection connection_;
  // Of the writer's thread: pages in the log; when to copy next; when to insist on starting over.
  std::int64_t pages_ = 0, next_at_, insist_at_;
  std::atomic<bool> restart_due_{false};
  std::atomic<std::int64_t> completed_{0};
  std::mutex mutex_;
  std::condition_variable wanted_signal_;
  bool wanted_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace sealbook::sql
