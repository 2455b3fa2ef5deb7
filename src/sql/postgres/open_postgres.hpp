// Opens PostgreSQL 15 or newer: a pool of threads with one connection each, blocking libpq in
// pipeline mode.
//
// TLS is required unless every host is a loopback address or a socket on this machine; without an
// sslmode in the text, verify-full is asked for. Threads: see database.hpp.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "sql/database.hpp"

namespace sealbook::sql {

struct PostgresConfig {
  Secret dsn;                             // a connection string or URI; may hold a password
  std::size_t writers = 8;                // threads for write units, one connection each
  std::size_t readers = 8;                // connections for read()
  std::size_t queue_limit = 20'000;       // units waiting at most
  std::size_t attempts = 40;              // runs of one unit that meets conflicts, at most
  std::chrono::milliseconds statement_timeout{10'000};
  // A unit that waits longer for another's row is rolled back and run again, before the server would
  // look for a deadlock (deadlock_timeout, 1 s).
  std::chrono::milliseconds lock_timeout{250};
  std::chrono::milliseconds connect_timeout{5'000};
  const SystemClock* clock = nullptr;     // its offset is added to the database's time; borrowed
};

// Fails with invalid, naming the setting, when the text cannot be read or would allow a connection
// over a network without TLS. No connection is made: for configuration checks.
Result<void> check_postgres_dsn(const Secret& dsn);

// Connects once, to fail early. Throws EngineError: lost, or other for a refused configuration.
std::unique_ptr<Database> open_postgres(PostgresConfig config);

}  // namespace sealbook::sql
