// The engine seam: one connection to one SQL engine, and the values that cross it.
//
// SQL is written once for both engines (DECISIONS 19): ids and blobs are fixed-width bytes, instants
// are BIGINT microseconds, booleans are 0 and 1, parameters are $1, $2, … . Only storage/tables
// (and the engines themselves) hold SQL. A Statement is a compile-time literal, so that nothing a
// caller sent can become SQL.
//
// Threads: a Connection belongs to one thread at a time. Errors: a broken machine (lost database,
// full disk, corrupt page) is thrown as sql::EngineError; a conflict that a statement can meet in
// normal life is an empty result (ON CONFLICT DO NOTHING RETURNING …).
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"

namespace sealbook::sql {

enum class Engine : std::uint8_t { sqlite, postgres };

// A statement of the program: name for metrics and errors, text in the common subset.
// `postgres` is given only where the common text will not do (a range, a lock).
class Statement {
 public:
  template <std::size_t N, std::size_t M>
  consteval Statement(const char (&name)[N], const char (&text)[M]) : name_(name), sqlite_(text), postgres_(text) {}
  template <std::size_t N, std::size_t M, std::size_t K>
  consteval Statement(const char (&name)[N], const char (&sqlite)[M], const char (&postgres)[K])
      : name_(name), sqlite_(sqlite), postgres_(postgres) {}

  constexpr std::string_view name() const { return name_; }
  // The address of the text tells statements apart: it is a literal and never moves.
  constexpr std::string_view text(Engine engine) const { return engine == Engine::sqlite ? sqlite_ : postgres_; }

 private:
  std::string_view name_, sqlite_, postgres_;
};

// One parameter. Views borrow for the call.
class Value {
 public:
  Value(std::nullptr_t) : value_(nullptr) {}
  Value(std::int64_t v) : value_(v) {}
  Value(int v) : value_(static_cast<std::int64_t>(v)) {}
  Value(bool v) : value_(static_cast<std::int64_t>(v ? 1 : 0)) {}
  Value(Instant v) : value_(v.micros()) {}
  Value(ByteView v) : value_(v) {}
  Value(const Bytes& v) : value_(ByteView(v)) {}
  template <class Tag>
  Value(const Id<Tag>& v) : value_(v.bytes()) {}
  Value(std::string_view v) : value_(v) {}
  Value(const std::string& v) : value_(std::string_view(v)) {}
  Value(const char* v) : value_(std::string_view(v)) {}
  template <class T>
  Value(const std::optional<T>& v) : value_(v ? Value(*v).value_ : Alternatives(nullptr)) {}

  using Alternatives = std::variant<std::nullptr_t, std::int64_t, ByteView, std::string_view>;
  const Alternatives& get() const { return value_; }

 private:
  Alternatives value_;
};

// The rows of one answer, owned: the bytes of all cells lie in one buffer, so views of them live as
// long as the Rows does and is not added to. Column numbers start at 0. Reading the wrong type asserts.
class Rows {
 public:
  using Cell = std::variant<std::nullptr_t, std::int64_t, Bytes, std::string>;
  explicit Rows(std::size_t columns = 0) : columns_(columns) {}

  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  std::size_t columns() const { return columns_; }
  bool empty() const { return cells_.empty(); }
  bool is_null(std::size_t row, std::size_t column) const { return at(row, column).kind == Kind::null; }
  std::int64_t integer(std::size_t row, std::size_t column) const;
  ByteView blob(std::size_t row, std::size_t column) const;
  std::string_view text(std::size_t row, std::size_t column) const;
  Instant instant(std::size_t row, std::size_t column) const { return Instant::from_micros(integer(row, column)); }
  template <class IdType>
  IdType id(std::size_t row, std::size_t column) const { return IdType::from_bytes(blob(row, column)); }
  template <class IdType>
  std::optional<IdType> maybe_id(std::size_t row, std::size_t column) const {
    return is_null(row, column) ? std::nullopt : std::optional(id<IdType>(row, column));
  }

  // For the engines: cells are added row by row, left to right.
  void add_null() { cells_.push_back({Kind::null, 0, 0}); }
  void add_integer(std::int64_t value) { cells_.push_back({Kind::integer, 0, value}); }
  void add_blob(ByteView value) { add_bytes(Kind::blob, value); }
  void add_text(std::string_view value) { add_bytes(Kind::text, as_bytes(value)); }
  void add(const Cell& cell);

 private:
  enum class Kind : std::uint8_t { null, integer, blob, text };
  struct Entry {
    Kind kind;
    std::uint32_t size;  // bytes, of blob and text
    std::int64_t value;  // the integer, or where the bytes start in bytes_
  };
  const Entry& at(std::size_t row, std::size_t column) const;
  void add_bytes(Kind kind, ByteView value);
  std::size_t columns_;
  std::vector<Entry> cells_;
  Bytes bytes_;
};

// The machine failed, not the caller. Conflicts that running again cures (40001, 40P01) stay inside
// the engine: callers never see `serialization`. The text names statements, tables and constraints,
// never a value.
class EngineError : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t {
    lost,           // no connection; after a write: it may or may not have been stored
    full,           // no room left; nothing of the unit was stored
    corrupt,        // a page fails its check, or the file is not a store
    wrong_key,      // the key does not open the store
    busy,           // in use by another process, queue full, or too slow: try again later
    serialization,  // internal to the engines
    constraint,     // a constraint refused a row outside ON CONFLICT: a bug of the statement's owner
    io,             // reading or writing the file failed; as `lost` after a write
    read_only,      // the store cannot be written
    other
  };
  EngineError(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;
  virtual Rows query(const Statement& statement, std::span<const Value> parameters) = 0;
  // Runs a statement whose rows nobody wants; returns how many it changed. A round trip on
  // PostgreSQL: use enqueue when the number does not matter.
  virtual std::int64_t execute(const Statement& statement, std::span<const Value> parameters) = 0;
  // Queues a statement that does not depend on earlier answers; its rows, if any, are dropped.
  // SQLite runs it at once. PostgreSQL sends it with the next query, batch or the commit in one
  // round trip; its failure then shows there.
  virtual void enqueue(const Statement& statement, std::span<const Value> parameters) = 0;
  // Sends several independent queries in one round trip, answers in order.
  struct Call {
    const Statement* statement;
    std::vector<Value> parameters;
  };
  virtual std::vector<Rows> batch(std::span<const Call> calls) = 0;
  // Runs text of several statements without parameters: migrations only.
  virtual void run_script(std::string_view text) = 0;
  // Answers of the server waited for since the connection was opened (0 on SQLite).
  virtual std::int64_t round_trips() const = 0;

  template <std::convertible_to<Value>... P>
  Rows query(const Statement& s, const P&... p) {
    const Value values[] = {Value(p)..., Value(nullptr)};
    return query(s, std::span<const Value>(values, sizeof...(P)));
  }
  template <std::convertible_to<Value>... P>
  std::int64_t execute(const Statement& s, const P&... p) {
    const Value values[] = {Value(p)..., Value(nullptr)};
    return execute(s, std::span<const Value>(values, sizeof...(P)));
  }
  template <std::convertible_to<Value>... P>
  void enqueue(const Statement& s, const P&... p) {
    const Value values[] = {Value(p)..., Value(nullptr)};
    enqueue(s, std::span<const Value>(values, sizeof...(P)));
  }
};

}  // namespace sealbook::sql
