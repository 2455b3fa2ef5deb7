// What a device gets that subscribes to a feed: the visits of the past 30 and the next 180 days.
#pragma once

#include <string>

#include "app/call_context.hpp"

namespace sealbook::app {

inline constexpr std::int64_t feed_fetches_a_day = 20;  // per secret, days of UTC

struct FetchedFeed {
  std::string ics;
  std::string etag;  // quoted; the same as long as the bytes are
};

// Whoever has the secret may ask. Counts the fetch and journals it in a transaction of its own, so
// it blocks until that is durable. Unknown, replaced and revoked secrets all fail with not_found
// and nothing more; above the day's number it fails with rate_limited (the first time that day with
// an entry) and leaves in ctx how long to wait.
Result<FetchedFeed> fetch_feed(CallContext& ctx, std::string_view secret);

}  // namespace sealbook::app
