#include "sql/sqlite/reader_pool.hpp"

namespace sealbook::sql {

std::unique_ptr<SqliteConnection> ReaderPool::take() {
  {
    std::unique_lock lock(mutex_);
    returned_signal_.wait(lock, [&] { return !idle_.empty() || opened_ < config_.readers; });
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    ++opened_;
  }
  try {
    return std::make_unique<SqliteConnection>(config_, SqliteConnection::Role::reader);
  } catch (const EngineError&) {
    const std::lock_guard lock(mutex_);
    --opened_;
    returned_signal_.notify_one();
    throw;
  }
}

void ReaderPool::give(std::unique_ptr<SqliteConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_signal_.notify_one();
}

}  // namespace sealbook::sql
