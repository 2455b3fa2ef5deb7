#include "api/v1/feeds.hpp"

#include "api/v1/answering.hpp"
#include "app/feeds/feeds.hpp"
#include "app/feeds/fetch.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

FeedView view(const app::Feed& feed) {
  FeedView v;
  v.id = feed.row.id;
  v.version = feed.row.version;
  v.practitioner_id = feed.row.practitioner;
  v.device = feed.device;
  v.wording = static_cast<calendar::FeedWording>(feed.row.wording);
  v.language = static_cast<FeedLanguage>(feed.row.locale);
  v.created_at = feed.row.created;
  v.rotated_at = feed.row.rotated;
  v.revoked_at = feed.row.revoked;
  v.fetched_at = feed.row.fetched;
  v.fetches = feed.row.fetches;
  return v;
}

// The answer of a use case that made a secret, as an address.
Result<Work<IssuedFeedView>> with_address(const CallContext& ctx, Result<Work<app::IssuedFeed>> work) {
  if (!work) return std::unexpected(std::move(work).error());
  return Work<IssuedFeedView>([work = std::move(*work), base = ctx.app.public_url](storage::Transaction& tx) mutable -> Result<IssuedFeedView> {
    TRY(issued, work(tx));
    return IssuedFeedView{issued.feed.row.id, issued.feed.row.version,
                          base + "/v1/calendar/" + issued.secret + "/appointment.ics"};
  });
}

Result<Work<IssuedFeedView>> create(CallContext& ctx, const CreateFeedRequest& r) {
  const auto language = r.language.value_or(FeedLanguage::en);
  return with_address(ctx, app::create_feed(ctx, {r.practitioner_id, r.device, r.wording.value_or(calendar::FeedWording::busy),
                                                  static_cast<messages::Locale>(language)}));
}

Result<ListFeedsResponse> list(CallContext& ctx, const NoRequest&) {
  TRY(feeds, app::list_feeds(ctx));
  ListFeedsResponse response;
  for (const app::Feed& feed : feeds) response.feeds.push_back(view(feed));
  return response;
}

Result<Work<IssuedFeedView>> rotate(CallContext& ctx, const FeedRequest& r) { return with_address(ctx, app::rotate_feed(ctx, r.id)); }

NoContent nothing(const FeedId&) { return {}; }

Result<Work<NoContent>> revoke(CallContext& ctx, const FeedRequest& r) { return answering(app::revoke_feed(ctx, r.id), nothing); }

Result<RawBody> fetch(CallContext& ctx, const FetchFeedRequest& r) {
  TRY(fetched, app::fetch_feed(ctx, r.address));
  return RawBody{std::move(fetched.ics), std::move(fetched.etag)};
}

constexpr Endpoint rows[] = {bind_write<CreateFeed, create>(), bind_read<ListFeeds, list>(), bind_write<RotateFeed, rotate>(),
                             bind_write<RevokeFeed, revoke>(), bind_read<FetchFeed, fetch>()};

}  // namespace

std::span<const Endpoint> feed_endpoints() { return rows; }

}  // namespace sealbook::api
