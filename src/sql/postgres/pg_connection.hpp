// PgConnection is one connection to PostgreSQL, always in pipeline mode: statements are sent without
// waiting and answers are collected when somebody needs one, so a unit costs few round trips.
//
// BEGIN travels with the unit's first statement, COMMIT with whatever is still queued; when a queued
// statement fails, the server skips all that follow it, the COMMIT too, so that is safe. ROLLBACK and
// the end of a read are sent and not waited for: their answers are read before the next ones.
//
// Threads: one at a time. After EngineError::lost the connection is of no further use.
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "sql/postgres/open_postgres.hpp"
#include "sql/sql.hpp"

namespace sealbook::sql {

class PgConnection final : public Connection {
 public:
  // Connects and sets the session up. Throws EngineError.
  explicit PgConnection(const PostgresConfig& config);
  ~PgConnection() override;
  PgConnection(const PgConnection&) = delete;
  PgConnection& operator=(const PgConnection&) = delete;

  Engine engine() const override { return Engine::postgres; }
  using Connection::query, Connection::execute, Connection::enqueue;
  Rows query(const Statement& statement, std::span<const Value> parameters) override;
  std::int64_t execute(const Statement& statement, std::span<const Value> parameters) override;
  void enqueue(const Statement& statement, std::span<const Value> parameters) override;
  std::vector<Rows> batch(std::span<const Call> calls) override;
  void run_script(std::string_view text) override;
  std::int64_t round_trips() const override { return round_trips_; }

  // Transactions, for the engine.
  void begin_write() { start_transaction(Control::begin_write); }
  void begin_read() { start_transaction(Control::begin_read); }
  void commit();             // returns when the server has said that it is durable
  void rollback() noexcept;  // of a write, or the end of a read
  // True when COMMIT was sent in this transaction: if the connection is lost then, nobody knows
  // whether it was done.
  bool commit_sent() const { return commit_sent_; }
  bool conflict_seen() const { return conflict_seen_; }
  // False when the connection is broken, as far as can be seen without asking the server.
  bool alive();

  // Runs one statement outside of a transaction (CREATE DATABASE). For tests and tools.
  void administer(const std::string& statement);

 private:
  enum class Control : std::uint8_t { none, begin_write, begin_read, commit, rollback };
  enum class Await : std::uint8_t { prepared, rows, done, ignored, sync };
  struct Awaited {
    Await what;
    std::string_view name;            // of the statement, for errors
    const char* text = nullptr;       // prepared: whose entry goes when it fails
    Rows* rows = nullptr;             // rows: where they go
    std::int64_t* changed = nullptr;  // rows: how many were changed, when somebody asks
  };
  struct Prepared {
    std::string name;
    std::vector<Oid> types;  // 0 until a value that is not NULL has shown the type
  };

  void start_transaction(Control how);
  void set_up(const PostgresConfig& config);
  void send(const Statement& statement, std::span<const Value> parameters, Awaited awaited);
  void send_begin();
  void send_control(Control control, Await what);
  const Prepared& prepared(const Statement& statement, std::span<const Value> parameters);
  void require_sent(int result);
  void flush_and_collect();
  void collect();
  void collect_one(const Awaited& awaited, std::optional<EngineError>& first_error);
  void take(const Awaited& awaited, PGresult* result, std::optional<EngineError>& first_error);
  void take_rows(const Awaited& awaited, PGresult* result);
  PGresult* next_result();
  EngineError error_of(PGresult* result, std::string_view doing);
  [[noreturn]] void lose(const char* why);

  PGconn* connection_ = nullptr;
  const int patience_ms_;  // for an answer: past the statement timeout the server is taken for gone
  std::deque<Awaited> awaited_;
  std::unordered_map<const char*, Prepared> statements_;  // by the text's address
  std::int64_t prepared_count_ = 0, round_trips_ = 0;
  Control to_begin_ = Control::none;  // sent with the first statement
  bool in_transaction_ = false, commit_sent_ = false, conflict_seen_ = false, broken_ = false;
};

}  // namespace sealbook::sql
