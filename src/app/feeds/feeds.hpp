// Feeds of practitioners: making, listing, replacing the secret, ending. A provider's reach is its
// own calendar; another's feed does not exist for it.
#pragma once

#include <string>
#include <vector>

#include "app/call_context.hpp"
#include "domain/calendar/feed_ics.hpp"
#include "storage/tables/feeds.hpp"

namespace sealbook::app {

struct CreateFeed {
  ResourceId practitioner;
  std::string device;  // what people call it: "Phone", "Calendar on the desk"
  calendar::FeedWording wording = calendar::FeedWording::busy;
  messages::Locale locale = messages::Locale::en;
};

struct Feed {
  storage::FeedRow row;
  std::string device;
};
struct IssuedFeed {
  Feed feed;
  std::string secret;  // shown once
};

// Fails with not_found for what is no practitioner of the tenant, with forbidden for a provider who
// names another's calendar, and with `invalid` above 20 live feeds of one practitioner.
Result<Work<IssuedFeed>> create_feed(CallContext& ctx, const CreateFeed& command);

// Also the revoked ones; in order of creation.
Result<std::vector<Feed>> list_feeds(CallContext& ctx);

// From the commit on the old secret opens nothing. Fails with not_found for a revoked feed.
Result<Work<IssuedFeed>> rotate_feed(CallContext& ctx, const FeedId& id);
Result<Work<FeedId>> revoke_feed(CallContext& ctx, const FeedId& id);

}  // namespace sealbook::app
