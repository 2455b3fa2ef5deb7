#include "sql/sqlite/sqlite_connection.hpp"

#include "base/assert.hpp"

namespace sealbook::sql {

namespace {

// SQLite numbers "$1" by appearance and "?1" by its digits: writes the common form in SQLite's.
std::string with_numbered_parameters(std::string_view text) {
  std::string out(text);
  char quote = 0;
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    const char c = out[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '$' && out[i + 1] >= '0' && out[i + 1] <= '9') {
      out[i] = '?';
    }
  }
  return out;
}

struct Binder {
  sqlite3_stmt* statement;
  int index;
  int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  // Bound without a copy: the caller's bytes outlive the statement's steps. An empty view may hold a
  // null pointer, which SQLite would take for NULL.
  int operator()(ByteView value) const {
    return sqlite3_bind_blob64(statement, index, value.empty() ? reinterpret_cast<const void*>("") : value.data(),
                               value.size(), SQLITE_STATIC);
  }
  int operator()(std::string_view value) const {
    return sqlite3_bind_text64(statement, index, value.empty() ? "" : value.data(), value.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
};

void add_cell(Rows& rows, sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return rows.add_null();
    case SQLITE_INTEGER: return rows.add_integer(sqlite3_column_int64(statement, column));
    case SQLITE_BLOB: {
      const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
      return rows.add_blob({data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))});
    }
    case SQLITE_TEXT: {
      const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return rows.add_text({data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))});
    }
    default: throw EngineError(EngineError::Kind::other, "sqlite: a column holds a floating-point number");
  }
}

}  // namespace

sqlite3_stmt* SqliteConnection::prepare(std::string_view text, std::string_view name) {
  const std::string translated = with_numbered_parameters(text);
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(db_, translated.c_str(), static_cast<int>(translated.size() + 1),
                                      SQLITE_PREPARE_PERSISTENT, &handle, &rest);
  if (code != SQLITE_OK) throw_sqlite_error(db_, code, name);
  ASSERT(handle != nullptr && *rest == '\0');  // one statement, and only one
  return handle;
}

SqliteConnection::Prepared& SqliteConnection::prepared(const Statement& statement) {
  const std::string_view text = statement.text(Engine::sqlite);
  Prepared& entry = statements_[text.data()];
  if (entry.handle == nullptr) {
    entry.handle = prepare(text, statement.name());
    entry.writes = sqlite3_stmt_readonly(entry.handle) == 0;
  }
  return entry;
}

SqliteConnection::Prepared& SqliteConnection::start(const Statement& statement, std::span<const Value> parameters) {
  Prepared& entry = prepared(statement);
  ASSERT(static_cast<int>(parameters.size()) == sqlite3_bind_parameter_count(entry.handle));
  if (entry.writes && in_unit_ && !savepoint_open_) open_savepoint();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const int code = std::visit(Binder{entry.handle, static_cast<int>(i + 1)}, parameters[i].get());
    if (code != SQLITE_OK) throw_sqlite_error(db_, code, statement.name());
  }
  return entry;
}

void SqliteConnection::finish(const Statement& statement, sqlite3_stmt* handle, int code) {
  if (code == SQLITE_DONE) {
    sqlite3_reset(handle);
    return;
  }
  // The message is taken before the reset, which would keep it but may change the system's errno.
  try {
    throw_sqlite_error(db_, code, statement.name());
  } catch (const EngineError&) {
    sqlite3_reset(handle);
    throw;
  }
}

Rows SqliteConnection::query(const Statement& statement, std::span<const Value> parameters) {
  sqlite3_stmt* handle = start(statement, parameters).handle;
  const int columns = sqlite3_column_count(handle);
  Rows rows(static_cast<std::size_t>(columns));
  int code = sqlite3_step(handle);
  for (; code == SQLITE_ROW; code = sqlite3_step(handle))
    for (int column = 0; column < columns; ++column) add_cell(rows, handle, column);
  finish(statement, handle, code);
  return rows;
}

std::int64_t SqliteConnection::execute(const Statement& statement, std::span<const Value> parameters) {
  const std::int64_t before = sqlite3_total_changes64(db_);
  sqlite3_stmt* handle = start(statement, parameters).handle;
  int code = sqlite3_step(handle);
  while (code == SQLITE_ROW) code = sqlite3_step(handle);
  finish(statement, handle, code);
  return sqlite3_total_changes64(db_) == before ? 0 : sqlite3_changes64(db_);
}

void SqliteConnection::enqueue(const Statement& statement, std::span<const Value> parameters) {
  sqlite3_stmt* handle = start(statement, parameters).handle;
  int code = sqlite3_step(handle);
  while (code == SQLITE_ROW) code = sqlite3_step(handle);
  finish(statement, handle, code);
}

std::vector<Rows> SqliteConnection::batch(std::span<const Call> calls) {
  std::vector<Rows> answers;
  answers.reserve(calls.size());
  for (const Call& call : calls) answers.push_back(query(*call.statement, call.parameters));
  return answers;
}

void SqliteConnection::run_script(std::string_view text) {
  if (in_unit_ && !savepoint_open_) open_savepoint();
  const std::string script(text);
  const int code = sqlite3_exec(db_, script.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite_error(db_, code, "script");
}

void SqliteConnection::step_control(sqlite3_stmt* statement) {
  const int code = sqlite3_step(statement);
  if (code != SQLITE_DONE) {
    try {
      throw_sqlite_error(db_, code, sqlite3_sql(statement));
    } catch (const EngineError&) {
      sqlite3_reset(statement);
      throw;
    }
  }
  sqlite3_reset(statement);
}

void SqliteConnection::open_savepoint() {
  step_control(control_[save]);
  savepoint_open_ = true;
}

void SqliteConnection::keep_unit() {
  // A deferred constraint would fail the commit, and with it every other unit of the batch.
  int broken = 0, unused = 0;
  sqlite3_db_status(db_, SQLITE_DBSTATUS_DEFERRED_FKS, &broken, &unused, 0);
  if (broken != 0) {
    undo_unit();
    throw EngineError(EngineError::Kind::constraint, "sqlite: a deferred foreign key is broken");
  }
  if (savepoint_open_) step_control(control_[release]);
  savepoint_open_ = in_unit_ = false;
}

void SqliteConnection::undo_unit() noexcept {
  if (savepoint_open_ && in_transaction()) {
    sqlite3_step(control_[rollback_to]);
    sqlite3_reset(control_[rollback_to]);
    sqlite3_step(control_[release]);
    sqlite3_reset(control_[release]);
  }
  savepoint_open_ = in_unit_ = false;
}

void SqliteConnection::rollback() noexcept {
  savepoint_open_ = in_unit_ = false;
  if (!in_transaction()) return;
  sqlite3_step(control_[rollback_all]);
  sqlite3_reset(control_[rollback_all]);
}

}  // namespace sealbook::sql
