#include "sql/sqlite/checkpointer.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace sealbook::sql {

namespace {

constexpr int passes = 3;                   // over what was written during the pass before
constexpr std::int64_t small_rest = 1'000;  // pages that the writer may copy by itself
constexpr int restart_patience_ms = 20;     // for readers to leave the log

SqliteConfig with_small_cache(const SqliteConfig& config) {
  return {.file = config.file, .key = config.key.clone(), .cipher = config.cipher,
          .mode = SqliteConfig::Mode::existing, .cache_kib = 256};
}

}  // namespace

Checkpointer::Checkpointer(const SqliteConfig& config)
    : threshold_(config.checkpoint_pages),
      limit_(config.log_limit_pages),
      connection_(with_small_cache(config), SqliteConnection::Role::reader),
      next_at_(config.checkpoint_pages),
      insist_at_(config.log_limit_pages) {
  thread_ = std::thread([this] { run(); });
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_signal_.notify_one();
  thread_.join();
}

void Checkpointer::log_grew_to(std::int64_t pages) {
  if (pages < threshold_) next_at_ = threshold_;  // the log was started over
  pages_ = pages;
  if (pages >= insist_at_) restart_due_.store(true, std::memory_order_relaxed);
  if (pages < next_at_) return;
  next_at_ = pages + threshold_;
  {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  wanted_signal_.notify_one();
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wanted_signal_.wait(lock, [&] { return wanted_ || stopping_; });
    if (stopping_) return;
    wanted_ = false;
    lock.unlock();
    copy();
    lock.lock();
  }
}

void Checkpointer::copy() {
  for (int pass = 0; pass < passes; ++pass) {
    int in_log = 0, copied = 0;
    const int code =
        sqlite3_wal_checkpoint_v2(connection_.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
    if (code != SQLITE_OK) {
      // Nothing is lost: the log keeps every page, and the next attempt copies it.
      if ((code & 0xff) != SQLITE_BUSY) log::warning("sqlite_checkpoint_failed", {{"code", code}});
      return;
    }
    completed_.fetch_add(1, std::memory_order_relaxed);
    if (in_log - copied < small_rest) break;
  }
  restart_due_.store(true, std::memory_order_relaxed);
}

bool Checkpointer::restart(SqliteConnection& writer) {
  restart_due_.store(false, std::memory_order_relaxed);
  sqlite3_busy_timeout(writer.handle(), restart_patience_ms);
  const int code =
      sqlite3_wal_checkpoint_v2(writer.handle(), "main", SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  sqlite3_busy_timeout(writer.handle(), 5'000);
  if (code == SQLITE_OK) {
    completed_.fetch_add(1, std::memory_order_relaxed);
    insist_at_ = limit_;
  } else {
    insist_at_ = std::max(insist_at_, pages_ + threshold_);
  }
  return code == SQLITE_OK;
}

}  // namespace sealbook::sql
