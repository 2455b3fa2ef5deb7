// Calendar feeds of practitioners. A feed is found by the hash of its secret before there is a
// tenant, so that one statement belongs to the instance.
#pragma once

#include <optional>
#include <vector>

#include "storage/transaction.hpp"

namespace sealbook::storage {

struct FeedRow {
  FeedId id;
  std::int64_t version = 1;
  ResourceId practitioner;
  Hash256 hash{};            // SHA-256 of the secret in force
  std::int64_t wording = 0;  // calendar::FeedWording
  std::int64_t locale = 0;   // messages::Locale
  Instant created;
  Instant rotated;  // when the secret in force was made
  std::optional<Instant> revoked;
  std::optional<Instant> fetched;  // last time
  std::int64_t fetches = 0;        // ever
  std::int64_t day = 0;            // of the last fetch, since 1970 (UTC)
  std::int64_t day_fetches = 0;    // on that day
  Bytes sealed;                    // the device's label
};

// Where a secret leads.
struct FeedPlace {
  std::int64_t tenant_no = 0;
  FeedId id;
};

namespace feeds {

constexpr std::int64_t day_of(Instant at) { return at.seconds() / 86'400; }

void insert(Transaction& tx, const FeedRow& row);
std::optional<FeedRow> find(Snapshot& snapshot, const FeedId& id);
std::vector<FeedRow> all(Snapshot& snapshot);  // in order of creation
// Nothing for a hash that is unknown, replaced or revoked.
std::optional<FeedPlace> find_live(Snapshot& instance, const Hash256& hash);
// Both write version over version - 1 of a feed that is not revoked; false otherwise.
bool rotate(Transaction& tx, const FeedId& id, std::int64_t version, const Hash256& hash,
            Instant now, ByteView sealed);
bool revoke(Transaction& tx, const FeedId& id, std::int64_t version, Instant now, ByteView sealed);
// Counts a fetch under that hash; the number of today's fetches, or nothing when the secret is not
// live any more or `most` were counted today.
std::optional<std::int64_t> count_fetch(Transaction& tx, const FeedId& id, const Hash256& hash,
                                        Instant now, std::int64_t most);

}  // namespace feeds

}  // namespace sealbook::storage
