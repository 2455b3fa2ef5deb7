// TestDatabase is a fresh, throw-away database on one engine, gone when the test ends.
//
// SQLite: a file in a folder of its own, encrypted with a random key. PostgreSQL: a schema of its own,
// in a database that this program makes on the server which SEALBOOK_TEST_POSTGRES names (a DSN that
// may create databases); without it the tests on PostgreSQL are skipped and say so. Usage:
//
//   class Claims : public sql::testing::EngineTest {};
//   SEALBOOK_ON_BOTH_ENGINES(Claims);
//   TEST_P(Claims, refuses_an_overlap) { database().write(…); }
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "sql/database.hpp"
#include "sql/postgres/open_postgres.hpp"
#include "sql/sqlite/open_sqlite.hpp"

namespace sealbook::sql::testing {

// The DSN of SEALBOOK_TEST_POSTGRES, if set.
std::optional<std::string> postgres_dsn();

class TestDatabase {
 public:
  // Throws EngineError when the engine cannot be had. `clock` is borrowed and may be null. The page
  // cache is small, so that tests meet a full one; measurements ask for the product's.
  explicit TestDatabase(Engine engine, const SystemClock* clock = nullptr, std::int64_t cache_kib = 8'192);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  Engine engine() const { return engine_; }
  Database& database() { return *database_; }
  // Closes the database and opens the same store again.
  void reopen();
  void close() { database_.reset(); }

  // What to open the same store with, to be changed by the caller. One of them fits the engine.
  SqliteConfig sqlite_config() const;
  PostgresConfig postgres_config() const;
  const std::filesystem::path& folder() const { return folder_; }  // the test's own, for any use

 private:
  Engine engine_;
  const SystemClock* clock_;
  std::int64_t cache_kib_;
  std::filesystem::path folder_;
  Secret key_;
  std::string name_, dsn_;
  std::unique_ptr<Database> database_;
};

// A test on one engine, the parameter. `migrate_store()` brings it to the embedded shape.
class EngineTest : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == Engine::postgres && !postgres_dsn())
      GTEST_SKIP() << "SEALBOOK_TEST_POSTGRES is not set: no PostgreSQL to test on";
    store_.emplace(GetParam(), clock());
  }
  virtual const SystemClock* clock() { return nullptr; }
  TestDatabase& store() { return *store_; }
  Database& database() { return store_->database(); }
  Engine engine() const { return GetParam(); }
  void migrate_store();

 private:
  std::optional<TestDatabase> store_;
};

inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace sealbook::sql::testing

#define SEALBOOK_ON_BOTH_ENGINES(suite)                                                        \
  INSTANTIATE_TEST_SUITE_P(engines, suite,                                                     \
                           ::testing::Values(::sealbook::sql::Engine::sqlite,                  \
                                             ::sealbook::sql::Engine::postgres),               \
                           ::sealbook::sql::testing::engine_name)
