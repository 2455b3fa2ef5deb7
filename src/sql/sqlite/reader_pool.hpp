// ReaderPool lends connections that read: opened when first needed, handed out last in, first out, so
// that the warmest page cache is used. Threads: any.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "sql/sqlite/sqlite_connection.hpp"

namespace sealbook::sql {

class ReaderPool {
 public:
  explicit ReaderPool(const SqliteConfig& config) : config_(config) {}

  // A connection inside a read transaction; ends the transaction and goes back when it goes.
  class Lease {
   public:
    explicit Lease(ReaderPool& pool) : pool_(pool), connection_(pool.take()) {}
    ~Lease() {
      connection_->rollback();  // nothing was written: this only ends the snapshot
      pool_.give(std::move(connection_));
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    SqliteConnection& connection() { return *connection_; }

   private:
    ReaderPool& pool_;
    std::unique_ptr<SqliteConnection> connection_;
  };

  void close() { idle_.clear(); }

 private:
  std::unique_ptr<SqliteConnection> take();
  void give(std::unique_ptr<SqliteConnection> connection);

  const SqliteConfig& config_;  // of the database that owns the pool
  std::mutex mutex_;
  std::condition_variable returned_signal_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
  std::size_t opened_ = 0;
};

}  // namespace sealbook::sql
