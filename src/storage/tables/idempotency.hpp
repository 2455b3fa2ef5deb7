// Answers of creating requests, kept for a day, so that a repeated request gets the same answer.
// The answer is sealed: it may hold what the request held.
#pragma once

#include <optional>
#include <vector>

#include "storage/transaction.hpp"

namespace sealbook::storage {

struct IdempotencyRow {
  std::int64_t seq = 0;  // set when read
  AccountId account;
  Hash256 key_hash{};
  Hash256 body_hash{};
  std::int64_t status = 201;
  Instant created;
  Bytes sealed;
};

namespace idempotency {
// Answers the row's number on the embedded engine, or nothing when the key is there already
// (PostgreSQL: another node was faster).
std::optional<std::int64_t> insert(Transaction& tx, const IdempotencyRow& row);
std::optional<IdempotencyRow> find_by_key(Snapshot& snapshot, const AccountId& account, const Hash256& key_hash);
std::optional<IdempotencyRow> find_by_seq(Snapshot& snapshot, std::int64_t seq);
// What is known of rows younger than `since`, without the answers: at start.
std::vector<IdempotencyRow> since(Snapshot& snapshot, Instant since);
void drop_before(Transaction& tx, Instant before);
}  // namespace idempotency

}  // namespace sealbook::storage
