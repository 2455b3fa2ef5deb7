// The pipeline of a PgConnection: sending statements in binary form and collecting their answers.
#include <poll.h>

#include <array>
#include <cstring>

#include "base/assert.hpp"
#include "sql/postgres/pg_connection.hpp"

namespace sealbook::sql {

namespace {

// pg_type.dat
constexpr Oid type_bool = 16, type_bytea = 17, type_name = 19, type_int8 = 20, type_int2 = 21, type_int4 = 23,
              type_text = 25, type_varchar = 1043;
constexpr std::size_t most_parameters = 128;

Oid type_of(const Value& value) {
  static constexpr Oid types[] = {0, type_int8, type_bytea, type_text};  // as Value::Alternatives
  return types[value.get().index()];
}

std::uint64_t big_endian(std::uint64_t value) { return __builtin_bswap64(value); }

// The arrays that libpq wants. Integers are kept here, bytes and text are borrowed.
struct Arguments {
  std::array<const char*, most_parameters> values;
  std::array<int, most_parameters> lengths, formats;
  std::array<std::uint64_t, most_parameters> integers;

  explicit Arguments(std::span<const Value> parameters) {
    ASSERT(parameters.size() <= most_parameters);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      formats[i] = 1;
      set(i, parameters[i].get());
    }
  }
  void set(std::size_t i, const Value::Alternatives& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      integers[i] = big_endian(static_cast<std::uint64_t>(*integer));
      point(i, &integers[i], sizeof integers[i]);
    } else if (const auto* blob = std::get_if<ByteView>(&value)) {
      point(i, blob->data(), blob->size());
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      point(i, text->data(), text->size());
    } else {
      values[i] = nullptr;
      lengths[i] = 0;
    }
  }
  void point(std::size_t i, const void* data, std::size_t size) {
    values[i] = data == nullptr ? "" : static_cast<const char*>(data);  // a null pointer would be NULL
    lengths[i] = static_cast<int>(size);
  }
};

std::int64_t read_integer(const char* data, int size) {
  std::uint64_t value = static_cast<std::uint8_t>(data[0]) & 0x80 ? ~std::uint64_t{0} : 0;
  for (int i = 0; i < size; ++i) value = value << 8 | static_cast<std::uint8_t>(data[i]);
  return static_cast<std::int64_t>(value);
}

}  // namespace

const PgConnection::Prepared& PgConnection::prepared(const Statement& statement, std::span<const Value> parameters) {
  const std::string_view text = statement.text(Engine::postgres);
  Prepared& entry = statements_[text.data()];
  bool usable = !entry.name.empty();
  entry.types.resize(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Oid type = type_of(parameters[i]);
    if (type == 0 || type == entry.types[i]) continue;
    entry.types[i] = type;  // so far only NULL was seen here, and the server had guessed
    usable = false;
  }
  if (usable) return entry;
  entry.name = "s" + std::to_string(++prepared_count_);
  require_sent(PQsendPrepare(connection_, entry.name.c_str(), text.data(), static_cast<int>(parameters.size()),
                             entry.types.data()));
  awaited_.push_back({.what = Await::prepared, .name = statement.name(), .text = text.data()});
  return entry;
}

void PgConnection::send(const Statement& statement, std::span<const Value> parameters, Awaited awaited) {
  if (broken_) lose("postgres: the connection was lost");
  send_begin();
  const Prepared& entry = prepared(statement, parameters);
  const Arguments arguments(parameters);
  require_sent(PQsendQueryPrepared(connection_, entry.name.c_str(), static_cast<int>(parameters.size()),
                                   arguments.values.data(), arguments.lengths.data(), arguments.formats.data(), 1));
  awaited_.push_back(awaited);
}

void PgConnection::flush_and_collect() {
  require_sent(PQpipelineSync(connection_));
  awaited_.push_back({Await::sync, "sync"});
  ++round_trips_;
  collect();
}

void PgConnection::collect() {
  std::optional<EngineError> first_error;
  while (!awaited_.empty()) {
    const Awaited awaited = awaited_.front();
    awaited_.pop_front();
    collect_one(awaited, first_error);
  }
  if (!first_error) return;
  if (first_error->kind() == EngineError::Kind::serialization) conflict_seen_ = true;
  throw EngineError(*first_error);
}

void PgConnection::collect_one(const Awaited& awaited, std::optional<EngineError>& first_error) {
  if (awaited.what == Await::sync) {
    PGresult* result = next_result();
    const bool synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    PQclear(result);
    if (!synced) lose("postgres: the connection was lost");
    return;
  }
  while (PGresult* result = next_result()) {
    take(awaited, result, first_error);
    PQclear(result);
  }
  if (PQstatus(connection_) != CONNECTION_OK) lose("postgres: the connection was lost");
}

void PgConnection::take(const Awaited& awaited, PGresult* result, std::optional<EngineError>& first_error) {
  switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
      try {
        if (awaited.what == Await::rows) take_rows(awaited, result);
      } catch (const EngineError& error) {
        if (!first_error) first_error = error;
      }
      return;
    case PGRES_PIPELINE_ABORTED:  // an earlier one failed
      if (awaited.what == Await::prepared) statements_.erase(awaited.text);
      return;
    default:
      if (awaited.what == Await::prepared) statements_.erase(awaited.text);
      if (awaited.what != Await::ignored && !first_error) first_error = error_of(result, awaited.name);
  }
}

void PgConnection::take_rows(const Awaited& awaited, PGresult* result) {
  if (awaited.changed != nullptr) {
    const char* count = PQcmdTuples(result);
    *awaited.changed = *count == '\0' ? 0 : std::strtoll(count, nullptr, 10);
    // COMMIT of a transaction that had failed answers ROLLBACK, without an error.
    if (awaited.name == "commit" && std::string_view(PQcmdStatus(result)) != "COMMIT")
      throw EngineError(conflict_seen_ ? EngineError::Kind::serialization : EngineError::Kind::other,
                        "postgres: the transaction had already failed");
    return;
  }
  const int columns = PQnfields(result), rows = PQntuples(result);
  *awaited.rows = Rows(static_cast<std::size_t>(columns));
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (PQgetisnull(result, row, column) == 1) {
        awaited.rows->add_null();
        continue;
      }
      const char* data = PQgetvalue(result, row, column);
      const int size = PQgetlength(result, row, column);
      switch (PQftype(result, column)) {
        case type_int8: case type_int4: case type_int2: awaited.rows->add_integer(read_integer(data, size)); break;
        case type_bool: awaited.rows->add_integer(*data); break;
        case type_bytea: awaited.rows->add_blob(as_bytes({data, static_cast<std::size_t>(size)})); break;
        case type_text: case type_varchar: case type_name:
          awaited.rows->add_text({data, static_cast<std::size_t>(size)});
          break;
        default:
          throw EngineError(EngineError::Kind::other,
                            "postgres: " + std::string(awaited.name) + ": column " + std::to_string(column) +
                                " is neither BIGINT, BYTEA nor TEXT: cast it in the statement");
      }
    }
  }
}

PGresult* PgConnection::next_result() {
  while (PQisBusy(connection_) == 1) {
    pollfd socket{PQsocket(connection_), POLLIN, 0};
    const int ready = ::poll(&socket, 1, patience_ms_);
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) lose("postgres: the server does not answer");
    if (PQconsumeInput(connection_) == 0) break;  // PQgetResult has the error
  }
  return PQgetResult(connection_);
}

}  // namespace sealbook::sql
