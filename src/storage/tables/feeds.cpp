#include "storage/tables/feeds.hpp"

#include <algorithm>

namespace sealbook::storage::feeds {
namespace {

using sql::Statement;

#define FEED_COLUMNS \
  "id, version, practitioner, hash, wording, locale, created, rotated, revoked, fetched, fetches, sealed, " \
  "day, day_fetches FROM feeds "

constexpr Statement insert_feed{"feeds.insert",
    "INSERT INTO feeds (tenant, id, version, practitioner, hash, wording, locale, created, rotated, sealed) "
    "VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $7, $8)"};
constexpr Statement find_feed{"feeds.find", "SELECT " FEED_COLUMNS "WHERE tenant = $1 AND id = $2"};
constexpr Statement all_feeds{"feeds.all", "SELECT " FEED_COLUMNS "WHERE tenant = $1 ORDER BY created, id"};
// $1 is the instance's number, 0: a feed's secret is all that its bearer has.
constexpr Statement find_by_hash{"feeds.find_by_hash",
    "SELECT tenant, id FROM feeds WHERE hash = $2 AND revoked IS NULL AND $1 = 0",
    "SELECT tenant, id FROM feeds WHERE hash = $2 AND revoked IS NULL AND $1::bigint = 0"};
constexpr Statement rotate_feed{"feeds.rotate",
    "UPDATE feeds SET version = $3, hash = $4, rotated = $5, sealed = $6 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 AND revoked IS NULL RETURNING version"};
constexpr Statement revoke_feed{"feeds.revoke",
    "UPDATE feeds SET version = $3, revoked = $4, sealed = $5 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 AND revoked IS NULL RETURNING version"};
constexpr Statement count_one{"feeds.count_fetch",
    "UPDATE feeds SET fetched = $4, fetches = fetches + 1, day = $5, "
    "day_fetches = CASE WHEN day = $5 THEN day_fetches + 1 ELSE 1 END "
    "WHERE tenant = $1 AND id = $2 AND hash = $3 AND revoked IS NULL AND (day <> $5 OR day_fetches < $6) "
    "RETURNING day_fetches"};

FeedRow read_row(const sql::Rows& rows, std::size_t i) {
  FeedRow row;
  row.id = rows.id<FeedId>(i, 0);
  row.version = rows.integer(i, 1);
  row.practitioner = rows.id<ResourceId>(i, 2);
  ASSERT(rows.blob(i, 3).size() == row.hash.size());
  std::ranges::copy(rows.blob(i, 3), row.hash.begin());
  row.wording = rows.integer(i, 4);
  row.locale = rows.integer(i, 5);
  row.created = rows.instant(i, 6);
  row.rotated = rows.instant(i, 7);
  if (!rows.is_null(i, 8)) row.revoked = rows.instant(i, 8);
  if (!rows.is_null(i, 9)) row.fetched = rows.instant(i, 9);
  row.fetches = rows.integer(i, 10);
  row.sealed = Bytes(rows.blob(i, 11).begin(), rows.blob(i, 11).end());
  row.day = rows.integer(i, 12);
  row.day_fetches = rows.integer(i, 13);
  return row;
}

}  // namespace

void insert(Transaction& tx, const FeedRow& row) {
  tx.enqueue(insert_feed, row.id, row.practitioner, ByteView(row.hash), row.wording, row.locale, row.created,
             row.sealed);
}

std::optional<FeedRow> find(Snapshot& snapshot, const FeedId& id) {
  const sql::Rows rows = snapshot.query(find_feed, id);
  return rows.empty() ? std::nullopt : std::optional(read_row(rows, 0));
}

std::vector<FeedRow> all(Snapshot& snapshot) {
  std::vector<FeedRow> out;
  const sql::Rows rows = snapshot.query(all_feeds);
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i));
  return out;
}

std::optional<FeedPlace> find_live(Snapshot& instance, const Hash256& hash) {
  const sql::Rows rows = instance.query(find_by_hash, ByteView(hash));
  return rows.empty() ? std::nullopt : std::optional(FeedPlace{rows.integer(0, 0), rows.id<FeedId>(0, 1)});
}

bool rotate(Transaction& tx, const FeedId& id, std::int64_t version, const Hash256& hash, Instant now,
            ByteView sealed) {
  return !tx.change(rotate_feed, id, version, ByteView(hash), now, sealed).empty();
}

bool revoke(Transaction& tx, const FeedId& id, std::int64_t version, Instant now, ByteView sealed) {
  return !tx.change(revoke_feed, id, version, now, sealed).empty();
}

std::optional<std::int64_t> count_fetch(Transaction& tx, const FeedId& id, const Hash256& hash, Instant now,
                                        std::int64_t most) {
  const sql::Rows rows = tx.change(count_one, id, ByteView(hash), now, day_of(now), most);
  return rows.empty() ? std::nullopt : std::optional(rows.integer(0, 0));
}

}  // namespace sealbook::storage::feeds
