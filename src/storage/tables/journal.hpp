// The journal table: entries in commit order, until the sequencer has them in the logs.
#pragma once

#include <unordered_map>

#include "security/audit/sequencer.hpp"
#include "sql/database.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

namespace journal {
// Inserts one entry of a log (the tenant's, or the instance's). Answers its row number on the
// embedded engine; on PostgreSQL 0: the sequencer looks for rows itself, and a round trip is saved.
std::int64_t insert(sql::Connection& connection, const TenantRef& log, const audit::PreparedEntry& entry);
// All entries of one transaction, in order; one answer each. One writer numbers the rows of the
// embedded engine without a gap, so that only the first and the last are asked for: an answer per
// row costs SQLite a savepoint per row, which in a large transaction is most of the time.
std::vector<std::int64_t> insert(sql::Connection& connection, const TenantRef& log,
                                 std::span<const std::shared_ptr<const audit::PreparedEntry>> entries);
}  // namespace journal

// JournalStore over the journal table. Threads: any. The database outlives it.
class JournalRows final : public audit::JournalStore {
 public:
  explicit JournalRows(sql::Database& database) : database_(database) {}

  Result<std::vector<TenantId>> logs_with_pending() override;
  Result<std::uint64_t> pending_count(const TenantId& log) override;
  Result<std::vector<audit::CommittedEntry>> pending(const TenantId& log, std::int64_t after_row,
                                                     std::size_t limit) override;
  Result<void> sequenced(std::span<const audit::SequencedRows> rows, std::string_view logs_checkpoint) override;
  Result<std::optional<std::string>> last_checkpoint() override;

 private:
  Result<std::int64_t> number_of(sql::Connection& connection, const TenantId& log);
  sql::Database& database_;
};

}  // namespace sealbook::storage
