#include "storage/tables/idempotency.hpp"

#include <algorithm>

namespace sealbook::storage::idempotency {
namespace {

using sql::Statement;

constexpr Statement insert_row{"idempotency.insert",
    "INSERT INTO idempotency (tenant, account, key_hash, body_hash, status, created, sealed) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING seq"};
constexpr Statement find_key{"idempotency.find_by_key",
    "SELECT seq, account, key_hash, body_hash, status, created, sealed FROM idempotency "
    "WHERE tenant = $1 AND account = $2 AND key_hash = $3"};
constexpr Statement find_seq{"idempotency.find_by_seq",
    "SELECT seq, account, key_hash, body_hash, status, created, sealed FROM idempotency "
    "WHERE tenant = $1 AND seq = $2"};
constexpr Statement select_since{"idempotency.since",
    "SELECT seq, account, key_hash, body_hash, status, created FROM idempotency WHERE tenant = $1 AND created >= $2"};
constexpr Statement delete_before{"idempotency.drop_before",
    "DELETE FROM idempotency WHERE tenant = $1 AND created < $2"};

Hash256 hash(ByteView view) {
  Hash256 out{};
  ASSERT(view.size() == out.size());
  std::ranges::copy(view, out.begin());
  return out;
}

IdempotencyRow read_row(const sql::Rows& rows, std::size_t i) {
  IdempotencyRow row{rows.integer(i, 0), rows.id<AccountId>(i, 1), hash(rows.blob(i, 2)), hash(rows.blob(i, 3)),
                     rows.integer(i, 4), rows.instant(i, 5), {}};
  if (rows.columns() > 6) row.sealed.assign(rows.blob(i, 6).begin(), rows.blob(i, 6).end());
  return row;
}

}  // namespace

std::optional<std::int64_t> insert(Transaction& tx, const IdempotencyRow& row) {
  const sql::Rows rows = tx.change(insert_row, row.account, ByteView(row.key_hash), ByteView(row.body_hash),
                                   row.status, row.created, row.sealed);
  return rows.empty() ? std::nullopt : std::optional(rows.integer(0, 0));
}

std::optional<IdempotencyRow> find_by_key(Snapshot& snapshot, const AccountId& account, const Hash256& key_hash) {
  const sql::Rows rows = snapshot.query(find_key, account, ByteView(key_hash));
  return rows.empty() ? std::nullopt : std::optional(read_row(rows, 0));
}

std::optional<IdempotencyRow> find_by_seq(Snapshot& snapshot, std::int64_t seq) {
  const sql::Rows rows = snapshot.query(find_seq, seq);
  return rows.empty() ? std::nullopt : std::optional(read_row(rows, 0));
}

std::vector<IdempotencyRow> since(Snapshot& snapshot, Instant since) {
  std::vector<IdempotencyRow> out;
  const sql::Rows rows = snapshot.query(select_since, since);
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i));
  return out;
}

void drop_before(Transaction& tx, Instant before) { tx.enqueue(delete_before, before); }

}  // namespace sealbook::storage::idempotency
