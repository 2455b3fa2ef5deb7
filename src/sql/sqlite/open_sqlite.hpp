// Opens the embedded engine: one encrypted SQLite file, one writer thread with group commit, and
// readers on snapshots of the write-ahead log.
//
// Every page of the file and of the log is encrypted and authenticated with the raw key that is
// given (no key derivation from a passphrase). The file belongs to one process: a second opener gets
// EngineError::busy. Threads: see database.hpp.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "sql/database.hpp"

namespace sealbook::sql {

enum class PageCipher : std::uint8_t {
  sqlcipher,  // AES-256-CBC, HMAC-SHA512 per page: what auditors expect
  aegis       // AEGIS-256: faster, not a NIST-approved mode
};

struct SqliteConfig {
  enum class Mode : std::uint8_t {
    create,    // makes the file when it is missing
    existing,  // refuses a missing file
    reader     // takes no lock, writes nothing: for tools beside a running or killed server
  };

  std::filesystem::path file;
  Secret key;  // 32 random bytes
  PageCipher cipher = PageCipher::sqlcipher;
  Mode mode = Mode::create;
  std::int64_t cache_kib = 65'536;       // per connection, filled as needed
  std::size_t readers = 8;               // connections for read()
  std::size_t batch_limit = 128;         // units committed together at most
  std::chrono::microseconds batch_time{5'000};  // and no longer than this before the commit
  std::size_t queue_limit = 20'000;      // units waiting at most
  std::int64_t checkpoint_pages = 8'000; // of log, before it is copied into the store
  std::int64_t log_limit_pages = 64'000; // of log, before the writer waits for that copy
  std::int64_t page_limit = 0;           // most pages of the file; 0 is no limit
  const SystemClock* clock = nullptr;    // borrowed, outlives the database; null is the system's time
};

// Throws EngineError: busy (in use), wrong_key, corrupt, read_only, full, io.
std::unique_ptr<Database> open_sqlite(SqliteConfig config);

// Writes an unencrypted copy of a store to `out`, which must not exist (sealed fields stay sealed).
// For `store unwrap-pages`; works beside a running server.
void write_plain_copy(const SqliteConfig& config, const std::filesystem::path& out);

}  // namespace sealbook::sql
