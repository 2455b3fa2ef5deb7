#include "storage/tables/journal.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace sealbook::storage {
namespace {

using sql::Statement;

constexpr Statement insert_entry{"journal.insert",
    "INSERT INTO journal (log, entry_id, entry, sealed) VALUES ($1, $2, $3, $4) RETURNING seq"};
constexpr Statement insert_entry_quietly{"journal.insert_quietly",
    "INSERT INTO journal (log, entry_id, entry, sealed) VALUES ($1, $2, $3, $4)"};
constexpr Statement pending_logs{"journal.pending_logs",
    "SELECT DISTINCT t.id FROM journal j LEFT JOIN tenants t ON t.no = j.log"};
constexpr Statement tenant_number{"journal.tenant_number", "SELECT no FROM tenants WHERE id = $1"};
constexpr Statement count_pending{"journal.count", "SELECT COUNT(*) FROM journal WHERE log = $1"};
// On PostgreSQL a row is taken only when no transaction that could still add an earlier one is open.
constexpr Statement select_pending{"journal.pending",
    "SELECT seq, entry_id, entry, sealed FROM journal WHERE log = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    "SELECT seq, entry_id, entry, sealed FROM journal WHERE log = $1 AND seq > $2 "
    "AND written_by < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY seq LIMIT $3"};
constexpr Statement delete_range{"journal.sequenced",
    "DELETE FROM journal WHERE seq >= $2 AND seq <= $3 AND log = $1"};
constexpr Statement delete_row{"journal.sequenced_row", "DELETE FROM journal WHERE seq = $2 AND log = $1"};
constexpr Statement remember_checkpoint{"log_state.remember",
    "INSERT INTO log_state (id, checkpoint) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET checkpoint = $1"};
constexpr Statement select_checkpoint{"log_state.checkpoint", "SELECT checkpoint FROM log_state WHERE id = 1"};

std::unexpected<Error> unreadable(const std::exception& broken) {
  Error error = make_error(ErrorCode::unavailable, "The journal cannot be reached just now.");
  error.cause = broken.what();
  return fail(std::move(error));
}

}  // namespace

namespace journal {

std::int64_t insert(sql::Connection& connection, const TenantRef& log, const audit::PreparedEntry& entry) {
  if (connection.engine() == sql::Engine::postgres) {
    connection.enqueue(insert_entry_quietly, log.no, entry.id, ByteView(entry.entry), entry.sealed);
    return 0;
  }
  return connection.query(insert_entry, log.no, entry.id, ByteView(entry.entry), entry.sealed).integer(0, 0);
}

std::vector<std::int64_t> insert(sql::Connection& connection, const TenantRef& log,
                                 std::span<const std::shared_ptr<const audit::PreparedEntry>> entries) {
  std::vector<std::int64_t> rows;
  rows.reserve(entries.size());
  const bool numbered = connection.engine() == sql::Engine::sqlite;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool asked = numbered && (i == 0 || i + 1 == entries.size());
    const std::int64_t next = numbered && i > 0 ? rows.front() + static_cast<std::int64_t>(i) : 0;
    if (!asked) {
      const audit::PreparedEntry& entry = *entries[i];
      connection.enqueue(insert_entry_quietly, log.no, entry.id, ByteView(entry.entry), entry.sealed);
      rows.push_back(next);
      continue;
    }
    rows.push_back(insert(connection, log, *entries[i]));
    ASSERT(i == 0 || rows.back() == next);
  }
  return rows;
}

}  // namespace journal

Result<std::int64_t> JournalRows::number_of(sql::Connection& connection, const TenantId& log) {
  if (log.is_nil()) return 0;
  const sql::Rows rows = connection.query(tenant_number, log);
  if (rows.empty()) return fail(ErrorCode::not_found, "There is no such log.");
  return rows.integer(0, 0);
}

Result<std::vector<TenantId>> JournalRows::logs_with_pending() try {
  std::vector<TenantId> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(pending_logs);
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.maybe_id<TenantId>(i, 0).value_or(TenantId()));
  });
  return out;
} catch (const sql::EngineError& broken) {
  return unreadable(broken);
}

Result<std::uint64_t> JournalRows::pending_count(const TenantId& log) try {
  Result<std::uint64_t> out = 0;
  database_.read([&](sql::Connection& connection) {
    const auto no = number_of(connection, log);
    if (!no) out = fail(no.error());
    else out = static_cast<std::uint64_t>(connection.query(count_pending, *no).integer(0, 0));
  });
  return out;
} catch (const sql::EngineError& broken) {
  return unreadable(broken);
}

Result<std::vector<audit::CommittedEntry>> JournalRows::pending(const TenantId& log, std::int64_t after_row,
                                                                std::size_t limit) try {
  Result<std::vector<audit::CommittedEntry>> out;
  database_.read([&](sql::Connection& connection) {
    const auto no = number_of(connection, log);
    if (!no) {
      out = fail(no.error());
      return;
    }
    const sql::Rows rows = connection.query(select_pending, *no, after_row, static_cast<std::int64_t>(limit));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto entry = std::make_shared<audit::PreparedEntry>();
      entry->id = rows.id<EntryId>(i, 1);
      ASSERT(rows.blob(i, 2).size() == entry->entry.size());
      std::ranges::copy(rows.blob(i, 2), entry->entry.begin());
      entry->sealed.assign(rows.blob(i, 3).begin(), rows.blob(i, 3).end());
      out->push_back({rows.integer(i, 0), std::move(entry)});
    }
  });
  return out;
} catch (const sql::EngineError& broken) {
  return unreadable(broken);
}

Result<void> JournalRows::sequenced(std::span<const audit::SequencedRows> logs, std::string_view logs_checkpoint) try {
  Result<void> out;
  database_.write(TenantId(), [&](sql::Connection& connection) {
    for (const audit::SequencedRows& log : logs) {
      const auto no = number_of(connection, log.log);
      if (!no) {
        out = fail(no.error());
        return sql::Outcome::rollback;
      }
      if (log.rows.empty()) continue;
      if (connection.engine() == sql::Engine::sqlite) {
        // One writer numbers the rows of a log in commit order: what was published is a run of them.
        const auto [first, last] = std::ranges::minmax(log.rows);
        connection.enqueue(delete_range, *no, first, last);
      } else {
        for (const std::int64_t row : log.rows) connection.enqueue(delete_row, *no, row);
      }
    }
    connection.enqueue(remember_checkpoint, logs_checkpoint);
    return sql::Outcome::commit;
  });
  return out;
} catch (const sql::EngineError& broken) {
  return unreadable(broken);
}

Result<std::optional<std::string>> JournalRows::last_checkpoint() try {
  std::optional<std::string> out;
  database_.read([&](sql::Connection& connection) {
    const sql::Rows rows = connection.query(select_checkpoint);
    if (!rows.empty()) out = std::string(rows.text(0, 0));
  });
  return out;
} catch (const sql::EngineError& broken) {
  return unreadable(broken);
}

}  // namespace sealbook::storage
