// SqliteConnection is one connection to the encrypted file, with its prepared statements.
//
// Inside a unit of the writer it opens the unit's savepoint before the first statement that writes,
// so a unit that only looks and declines costs none. Threads: one at a time.
#pragma once

#include <sqlite3.h>

#include <string>
#include <unordered_map>

#include "sql/sql.hpp"
#include "sql/sqlite/open_sqlite.hpp"

namespace sealbook::sql {

// Throws EngineError for a result code of SQLite. `doing` names a statement or a step.
[[noreturn]] void throw_sqlite_error(sqlite3* db, int code, std::string_view doing);

class SqliteConnection final : public Connection {
 public:
  enum class Role : std::uint8_t { writer, reader };

  // Opens, keys and checks the file; throws EngineError.
  SqliteConnection(const SqliteConfig& config, Role role);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Engine engine() const override { return Engine::sqlite; }
  using Connection::query, Connection::execute, Connection::enqueue;
  Rows query(const Statement& statement, std::span<const Value> parameters) override;
  std::int64_t execute(const Statement& statement, std::span<const Value> parameters) override;
  void enqueue(const Statement& statement, std::span<const Value> parameters) override;
  std::vector<Rows> batch(std::span<const Call> calls) override;
  void run_script(std::string_view text) override;
  std::int64_t round_trips() const override { return 0; }

  // Transactions, for the engine.
  void begin_write() { step_control(control_[begin_immediate]); }
  void begin_read() { step_control(control_[begin_deferred]); }
  void commit() { step_control(control_[commit_all]); }
  void rollback() noexcept;  // whatever is open; also when SQLite has rolled back by itself
  bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

  // A unit inside the writer's transaction.
  void unit_started() { in_unit_ = true; }
  void keep_unit();          // throws EngineError::constraint when a deferred constraint is broken
  void undo_unit() noexcept;

  sqlite3* handle() { return db_; }

 private:
  enum Control : std::uint8_t {
    begin_immediate, begin_deferred, commit_all, rollback_all, save, release, rollback_to, controls
  };
  struct Prepared {
    sqlite3_stmt* handle = nullptr;
    bool writes = false;
  };

  void open(const SqliteConfig& config);
  void set_key(const SqliteConfig& config);
  void set_up(const SqliteConfig& config, Role role);
  void close() noexcept;
  void pragma(const std::string& text);
  sqlite3_stmt* prepare(std::string_view text, std::string_view name);
  void step_control(sqlite3_stmt* statement);
  Prepared& prepared(const Statement& statement);
  Prepared& start(const Statement& statement, std::span<const Value> parameters);
  void finish(const Statement& statement, sqlite3_stmt* handle, int code);
  void open_savepoint();

  sqlite3* db_ = nullptr;
  sqlite3_stmt* control_[controls] = {};
  std::unordered_map<const char*, Prepared> statements_;  // by the text's address
  bool in_unit_ = false;
  bool savepoint_open_ = false;
};

}  // namespace sealbook::sql
