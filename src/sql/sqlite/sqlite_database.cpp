#include "sql/sqlite/sqlite_database.hpp"

#include <unistd.h>

#include "base/assert.hpp"

namespace sealbook::sql {

namespace {

using Steady = std::chrono::steady_clock;

std::exception_ptr engine_error(EngineError::Kind kind, const char* text) {
  return std::make_exception_ptr(EngineError(kind, text));
}

void check_file(const SqliteConfig& config) {
  if (config.mode == SqliteConfig::Mode::create) return;
  if (!std::filesystem::exists(config.file))
    throw EngineError(EngineError::Kind::io, "sqlite: the store's file does not exist");
}

}  // namespace

SqliteDatabase::SqliteDatabase(SqliteConfig config) : config_(std::move(config)) {
  check_file(config_);
  if (config_.mode == SqliteConfig::Mode::reader) {
    ReaderPool::Lease(readers_).connection().begin_read();  // shows at once whether it can be read
    return;
  }
  lock_.emplace(config_.file);
  writer_.emplace(config_, SqliteConnection::Role::writer);
  sqlite3_wal_hook(writer_->handle(), &SqliteDatabase::on_commit, this);
  checkpointer_.emplace(config_);
  group_.reserve(config_.batch_limit);
  thread_ = std::thread([this] { run_writer(); });
}

SqliteDatabase::~SqliteDatabase() {
  if (!writer_) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_signal_.notify_one();
  thread_.join();
  checkpointer_.reset();
  readers_.close();
  // An empty log makes the next start fast; when it cannot be emptied, the next start reads it.
  sqlite3_wal_checkpoint_v2(writer_->handle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void SqliteDatabase::submit(Unit unit) {
  ASSERT(std::this_thread::get_id() != thread_.get_id());
  bool wake = false;
  const char* refusal = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!writer_ || stopping_) refusal = "sqlite: the store is not open for writing";
    else if (queue_.size() >= config_.queue_limit) refusal = "sqlite: too many units are waiting";
    else {
      const TenantId lane = unit.queue;
      queue_.push(lane, std::move(unit));
      wake = writer_sleeps_;
      writer_sleeps_ = false;
    }
  }
  if (wake) queued_signal_.notify_one();
  if (refusal != nullptr)
    unit.done(Outcome::rollback, engine_error(writer_ ? EngineError::Kind::busy : EngineError::Kind::read_only, refusal));
}

void SqliteDatabase::read(std::move_only_function<void(Connection&)> work) {
  ReaderPool::Lease lease(readers_);
  lease.connection().begin_read();
  work(lease.connection());
}

void SqliteDatabase::run_writer() {
  std::unique_lock lock(mutex_);
  while (true) {
    while (queue_.empty()) {
      if (stopping_) return;
      writer_sleeps_ = true;
      queued_signal_.wait(lock);
    }
    writer_sleeps_ = false;
    Unit first = queue_.pop();
    lock.unlock();
    write_group(std::move(first));
    after_group();
    lock.lock();
  }
}

std::optional<Unit> SqliteDatabase::next_now() {
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) return std::nullopt;
  return queue_.pop();
}

void SqliteDatabase::write_group(Unit first) {
  const auto end = Steady::now() + config_.batch_time;
  group_error_ = broken_;
  if (!group_error_) {
    try {
      writer_->begin_write();
    } catch (const EngineError&) {
      group_error_ = std::current_exception();
    }
  }
  run_unit(std::move(first));
  while (group_.size() < config_.batch_limit && !group_error_ && Steady::now() < end) {
    auto unit = next_now();
    if (!unit) break;
    run_unit(std::move(*unit));
  }
  commit_group();
  for (Ended& ended : group_) ended.done(ended.outcome, std::move(ended.error));
  group_.clear();
}

void SqliteDatabase::run_unit(Unit unit) {
  Outcome outcome = Outcome::rollback;
  std::exception_ptr error = group_error_;
  if (!error) {
    writer_->unit_started();
    try {
      outcome = unit.work(*writer_);
      if (outcome == Outcome::commit) writer_->keep_unit();
      else writer_->undo_unit();
    } catch (...) {  // whatever it was, it belongs to the one who submitted the unit
      error = std::current_exception();
      outcome = Outcome::rollback;
      writer_->undo_unit();
      if (!writer_->in_transaction()) group_error_ = error;  // a full disk, for one
    }
  }
  // What the work holds (keys, a person's data) goes before the answer does.
  unit.work = nullptr;
  group_.push_back({std::move(unit.done), outcome, std::move(error)});
}

void SqliteDatabase::commit_group() {
  if (!group_error_) {
    try {
      writer_->commit();
      commits_.fetch_add(1, std::memory_order_relaxed);
    } catch (const EngineError&) {
      group_error_ = std::current_exception();
      if (sqlite3_extended_errcode(writer_->handle()) == SQLITE_IOERR_FSYNC) broken_ = group_error_;
    }
  }
  if (group_error_) writer_->rollback();
  units_.fetch_add(static_cast<std::int64_t>(group_.size()), std::memory_order_relaxed);
  for (Ended& ended : group_) {
    if (ended.outcome == Outcome::commit && group_error_) {
      ended.outcome = Outcome::rollback;
      ended.error = group_error_;
    }
    if (ended.outcome == Outcome::rollback) rollbacks_.fetch_add(1, std::memory_order_relaxed);
  }
}

void SqliteDatabase::after_group() {
  checkpointer_->log_grew_to(log_pages_);
  if (checkpointer_->restart_due()) checkpointer_->restart(*writer_);
}

int SqliteDatabase::on_commit(void* self, sqlite3*, const char*, int pages) {
  static_cast<SqliteDatabase*>(self)->log_pages_ = pages;
  return SQLITE_OK;
}

Counters SqliteDatabase::counters() const {
  Counters counters;
  counters.units = units_.load();
  counters.commits = commits_.load();
  counters.rollbacks = rollbacks_.load();
  counters.checkpoints = checkpointer_ ? checkpointer_->completed() : 0;
  const std::lock_guard lock(mutex_);
  counters.waiting = static_cast<std::int64_t>(queue_.size());
  return counters;
}

std::unique_ptr<Database> open_sqlite(SqliteConfig config) {
  return std::make_unique<SqliteDatabase>(std::move(config));
}

}  // namespace sealbook::sql
