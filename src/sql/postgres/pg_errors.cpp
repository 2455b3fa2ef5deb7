#include <string>

#include "sql/postgres/pg_connection.hpp"

namespace sealbook::sql {

namespace {

// SQLSTATE to what it means for us (PostgreSQL, appendix A).
EngineError::Kind kind_of(std::string_view state) {
  using Kind = EngineError::Kind;
  // Serialization failure, deadlock, and a lock not had in time, which is most often a deadlock that
  // the server has not yet noticed.
  if (state == "40001" || state == "40P01" || state == "55P03") return Kind::serialization;
  if (state == "57014") return Kind::busy;  // statement timeout
  if (state == "53100") return Kind::full;
  if (state == "25006") return Kind::read_only;
  if (state == "XX001" || state == "XX002") return Kind::corrupt;
  if (state.starts_with("08") || state.starts_with("57P")) return Kind::lost;
  if (state.starts_with("53")) return Kind::busy;
  if (state.starts_with("23")) return Kind::constraint;
  if (state.starts_with("58")) return Kind::io;
  return Kind::other;
}

std::string_view field(PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string_view{} : std::string_view(text);
}

}  // namespace

EngineError PgConnection::error_of(PGresult* result, std::string_view doing) {
  const std::string_view state = field(result, PG_DIAG_SQLSTATE);
  const auto kind = state.empty() && PQstatus(connection_) == CONNECTION_BAD ? EngineError::Kind::lost : kind_of(state);
  // The server's sentence can quote a value (22P02, 23505); names of things cannot.
  std::string text = "postgres: ";
  text.append(doing).append(": SQLSTATE ").append(state.empty() ? "unknown" : state);
  if (const auto constraint = field(result, PG_DIAG_CONSTRAINT_NAME); !constraint.empty())
    text.append(", constraint ").append(constraint);
  if (const auto table = field(result, PG_DIAG_TABLE_NAME); !table.empty()) text.append(", table ").append(table);
  // Class 42 (syntax, unknown names) is about the program's own text and needs the sentence.
  if (state.starts_with("42")) text.append(": ").append(field(result, PG_DIAG_MESSAGE_PRIMARY));
  return {kind, text};
}

}  // namespace sealbook::sql
