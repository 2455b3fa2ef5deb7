#include "sql/testing/test_database.hpp"

#include <cstdlib>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "sql/migrations.hpp"
#include "sql/postgres/pg_connection.hpp"
#include "sql/postgres/pg_dsn.hpp"

namespace sealbook::sql::testing {

namespace {

std::string unique_name() { return "sealbook_test_" + to_hex(random_array<8>()); }

void administer(const std::string& dsn, const std::string& statement) {
  PostgresConfig config;
  config.dsn = Secret(as_bytes(dsn));
  config.statement_timeout = std::chrono::minutes(2);  // a new database waits for a checkpoint
  PgConnection connection(config);
  connection.administer(statement);
}

// One database per test program and one schema per test: a database each would take a second each.
class ServerDatabase {
 public:
  ServerDatabase() : name_(unique_name()), dsn_(with_database(*postgres_dsn(), name_)) {
    administer(*postgres_dsn(), "CREATE DATABASE " + name_);
    administer(dsn_, "CREATE EXTENSION btree_gist");
  }
  ~ServerDatabase() {
    try {
      administer(*postgres_dsn(), "DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const EngineError&) {
      // The server is gone, and the database with it.
    }
  }
  static const std::string& dsn() {
    static const ServerDatabase database;
    return database.dsn_;
  }

 private:
  std::string name_, dsn_;
};

}  // namespace

std::optional<std::string> postgres_dsn() {
  const char* dsn = std::getenv("SEALBOOK_TEST_POSTGRES");
  return dsn == nullptr || *dsn == '\0' ? std::nullopt : std::optional<std::string>(dsn);
}

TestDatabase::TestDatabase(Engine engine, const SystemClock* clock, std::int64_t cache_kib)
    : engine_(engine), clock_(clock), cache_kib_(cache_kib), key_(ByteView(random_array<32>())), name_(unique_name()) {
  folder_ = std::filesystem::temp_directory_path() / name_;
  std::filesystem::create_directory(folder_);
  if (engine_ == Engine::postgres) {
    ASSERT(postgres_dsn());
    administer(ServerDatabase::dsn(), "CREATE SCHEMA " + name_);
    dsn_ = ServerDatabase::dsn() + " options='-c search_path=" + name_ + ",public'";
  }
  reopen();
}

TestDatabase::~TestDatabase() {
  close();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  if (engine_ != Engine::postgres) return;
  try {
    administer(ServerDatabase::dsn(), "DROP SCHEMA " + name_ + " CASCADE");
  } catch (const EngineError&) {
    // The server is gone, or will go with all that is in it.
  }
}

void TestDatabase::reopen() {
  close();
  if (engine_ == Engine::sqlite) database_ = open_sqlite(sqlite_config());
  else database_ = open_postgres(postgres_config());
}

SqliteConfig TestDatabase::sqlite_config() const {
  SqliteConfig config;
  config.file = folder_ / "store.db";
  config.key = key_.clone();
  config.cache_kib = cache_kib_;
  config.clock = clock_;
  return config;
}

PostgresConfig TestDatabase::postgres_config() const {
  PostgresConfig config;
  config.dsn = Secret(as_bytes(dsn_));
  config.clock = clock_;
  return config;
}

void EngineTest::migrate_store() {
  const auto done = migrate(database(), embedded_migrations(engine()));
  ASSERT_TRUE(done) << done.error().detail;
}

}  // namespace sealbook::sql::testing
