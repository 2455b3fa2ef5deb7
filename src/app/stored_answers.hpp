// The answers of creating requests, kept sealed for a day under the request's Idempotency-Key.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

struct StoredAnswer {
  std::string body;
  std::string location;
  std::string etag;
};

// An answer with the request that it belongs to.
struct FoundAnswer {
  std::int64_t seq = 0;
  Hash256 body_hash{};
  Instant created;
  StoredAnswer answer;
};

// Both fail with unavailable when the store cannot be read.
// By the number that the index in memory remembers; nothing when it is gone.
Result<std::optional<FoundAnswer>> find_answer(CallContext& ctx, std::int64_t seq);
// By key, for what another node may have answered.
Result<std::optional<FoundAnswer>> find_answer(CallContext& ctx, const Hash256& key_hash);

// Stores the answer in the request's own transaction; answers its number. Fails with stale_version
// when another node was faster with the same key.
Result<std::int64_t> keep_answer(const CallContext& ctx, storage::Transaction& tx, const Hash256& key_hash,
                                 const Hash256& body_hash, int status, const StoredAnswer& answer);

}  // namespace sealbook::app
