#include "sql/postgres/pg_connection.hpp"

#include <poll.h>

#include <array>

#include "base/assert.hpp"
#include "sql/postgres/pg_dsn.hpp"

namespace sealbook::sql {

namespace {

constexpr Statement begin_write_text{"begin", "BEGIN"};
constexpr Statement begin_read_text{"begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"};
constexpr Statement commit_text{"commit", "COMMIT"};
constexpr Statement rollback_text{"rollback", "ROLLBACK"};

void ignore_notice(void*, const PGresult*) {}  // notices can quote values

}  // namespace

PgConnection::PgConnection(const PostgresConfig& config)
    : patience_ms_(static_cast<int>(config.statement_timeout.count()) + 5'000) {
  const auto settings = pg_settings(as_text(config.dsn.expose()));
  if (!settings) throw EngineError(EngineError::Kind::other, "postgres: " + settings.error().detail);
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : *settings) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  const std::string timeout = std::to_string(std::max<std::int64_t>(2, config.connect_timeout.count() / 1000));
  const std::pair<const char*, const char*> ours[] = {
      {"connect_timeout", timeout.c_str()}, {"keepalives", "1"},          {"keepalives_idle", "10"},
      {"keepalives_interval", "5"},         {"keepalives_count", "3"},    {"tcp_user_timeout", "15000"},
      {"client_encoding", "UTF8"},          {"application_name", "sealbook"}};
  for (const auto& [keyword, value] : ours) {
    keywords.push_back(keyword);
    values.push_back(value);
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  connection_ = PQconnectdbParams(keywords.data(), values.data(), 0);
  if (PQstatus(connection_) != CONNECTION_OK) {
    // libpq's sentence names host and port, and can name the user.
    PQfinish(std::exchange(connection_, nullptr));
    throw EngineError(EngineError::Kind::lost, "postgres: no connection to the server");
  }
  try {
    set_up(config);
  } catch (const EngineError&) {
    PQfinish(std::exchange(connection_, nullptr));
    throw;
  }
}

PgConnection::~PgConnection() { PQfinish(connection_); }

void PgConnection::set_up(const PostgresConfig& config) {
  PQsetNoticeReceiver(connection_, ignore_notice, nullptr);
  // A server that answers commits before they are on disk is asked to wait with ours.
  const std::string text =
      "SET statement_timeout = " + std::to_string(config.statement_timeout.count()) +
      "; SET lock_timeout = " + std::to_string(config.lock_timeout.count()) +
      "; SET idle_in_transaction_session_timeout = " + std::to_string(config.statement_timeout.count() * 2) +
      "; SET timezone = 'UTC'; SET jit = off; SET bytea_output = 'hex'"
      "; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";
  administer(text);
  require_sent(PQenterPipelineMode(connection_));
}

void PgConnection::administer(const std::string& statement) {
  if (PQpipelineStatus(connection_) != PQ_PIPELINE_OFF) require_sent(PQexitPipelineMode(connection_));
  PGresult* result = PQexec(connection_, statement.c_str());
  const auto status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    const EngineError error = error_of(result, "session");
    PQclear(result);
    throw error;
  }
  PQclear(result);
}

bool PgConnection::alive() {
  if (broken_ || PQstatus(connection_) != CONNECTION_OK) return false;
  // Between units the server has nothing to say but answers that were left for later, and good-bye.
  pollfd socket{PQsocket(connection_), POLLIN | POLLRDHUP, 0};
  if (::poll(&socket, 1, 0) <= 0) return true;
  if ((socket.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) broken_ = true;
  if (broken_) return false;
  try {
    collect();
  } catch (const EngineError&) {
    return false;
  }
  if (PQconsumeInput(connection_) == 0 || PQstatus(connection_) != CONNECTION_OK) broken_ = true;
  return !broken_;
}

void PgConnection::lose(const char* why) {
  broken_ = true;
  awaited_.clear();
  throw EngineError(EngineError::Kind::lost, why);
}

void PgConnection::require_sent(int result) {
  if (result == 1) return;
  // Out of memory or out of step is as bad as lost: nothing more is read from this connection.
  lose("postgres: the connection was lost");
}

void PgConnection::start_transaction(Control how) {
  ASSERT(!in_transaction_);
  to_begin_ = how;
  commit_sent_ = conflict_seen_ = false;
}

void PgConnection::send_control(Control control, Await what) {
  static constexpr const Statement* texts[] = {nullptr, &begin_write_text, &begin_read_text, &commit_text, &rollback_text};
  const Statement& statement = *texts[static_cast<std::size_t>(control)];
  const Prepared& entry = prepared(statement, {});
  require_sent(PQsendQueryPrepared(connection_, entry.name.c_str(), 0, nullptr, nullptr, nullptr, 1));
  awaited_.push_back({what, statement.name()});
}

void PgConnection::send_begin() {
  if (to_begin_ == Control::none) return;
  send_control(std::exchange(to_begin_, Control::none), Await::done);
  in_transaction_ = true;
}

Rows PgConnection::query(const Statement& statement, std::span<const Value> parameters) {
  Rows rows;
  send(statement, parameters, {.what = Await::rows, .name = statement.name(), .rows = &rows});
  flush_and_collect();
  return rows;
}

std::int64_t PgConnection::execute(const Statement& statement, std::span<const Value> parameters) {
  std::int64_t changed = 0;
  send(statement, parameters, {.what = Await::rows, .name = statement.name(), .changed = &changed});
  flush_and_collect();
  return changed;
}

void PgConnection::enqueue(const Statement& statement, std::span<const Value> parameters) {
  send(statement, parameters, {.what = Await::done, .name = statement.name()});
}

std::vector<Rows> PgConnection::batch(std::span<const Call> calls) {
  std::vector<Rows> answers(calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i)
    send(*calls[i].statement, calls[i].parameters,
         {.what = Await::rows, .name = calls[i].statement->name(), .rows = &answers[i]});
  flush_and_collect();
  return answers;
}

void PgConnection::run_script(std::string_view text) {
  send_begin();
  flush_and_collect();
  try {
    administer(std::string(text));  // several statements: only the simple protocol takes them
  } catch (const EngineError&) {
    PQenterPipelineMode(connection_);
    throw;
  }
  require_sent(PQenterPipelineMode(connection_));
}

void PgConnection::commit() {
  if (std::exchange(to_begin_, Control::none) != Control::none) return;  // nothing was ever sent
  commit_sent_ = true;
  std::int64_t unused = 0;
  send_control(Control::commit, Await::rows);
  awaited_.back().changed = &unused;
  flush_and_collect();
  in_transaction_ = false;
}

void PgConnection::rollback() noexcept {
  to_begin_ = Control::none;
  if (!std::exchange(in_transaction_, false) || broken_) return;
  try {
    send_control(Control::rollback, Await::ignored);
    require_sent(PQpipelineSync(connection_));
    awaited_.push_back({Await::sync, "rollback"});
  } catch (const EngineError&) {
    broken_ = true;  // the server rolls back what a vanished client left
  }
}

}  // namespace sealbook::sql
