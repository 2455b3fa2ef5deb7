#include <cerrno>

#include "sql/sqlite/sqlite_connection.hpp"

namespace sealbook::sql {

namespace {

EngineError::Kind kind_of(sqlite3* db, int code) {
  using Kind = EngineError::Kind;
  const int system = db == nullptr ? 0 : sqlite3_system_errno(db);
  switch (code & 0xff) {
    case SQLITE_FULL: return Kind::full;
    case SQLITE_IOERR:
      return system == ENOSPC || system == EDQUOT || system == EFBIG ? Kind::full : Kind::io;
    case SQLITE_CORRUPT: return Kind::corrupt;
    case SQLITE_NOTADB: return Kind::wrong_key;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Kind::busy;
    case SQLITE_CONSTRAINT: return Kind::constraint;
    case SQLITE_READONLY: return Kind::read_only;
    case SQLITE_CANTOPEN: return Kind::io;
    default: return Kind::other;
  }
}

}  // namespace

void throw_sqlite_error(sqlite3* db, int code, std::string_view doing) {
  // SQLite's messages name tables, columns and words of the statement, never a bound value.
  std::string text = "sqlite: ";
  text.append(doing).append(": ");
  text += db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db);
  text += " (" + std::to_string(code) + ")";
  throw EngineError(kind_of(db, code), text);
}

}  // namespace sealbook::sql
