#include "app/feeds/feeds.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "base/random.hpp"

namespace sealbook::app {
namespace {

constexpr std::ptrdiff_t most_live_feeds = 20;  // of one practitioner

bool reaches(const CallContext& ctx, const ResourceId& practitioner) {
  return ctx.decision && (!ctx.decision->only_own() || ctx.principal.practitioner == practitioner);
}

Bytes seal_device(const CallContext& ctx, const storage::FeedRow& row, const std::string& device) {
  return seal_name(ctx, "feeds", row.id.bytes(), row.version, device);
}

Result<Feed> opened(const CallContext& ctx, storage::FeedRow row) {
  TRY(texts,
      open_texts(ctx.app, *ctx.tenant->keys(), "feeds", row.id.bytes(), row.version, row.sealed));
  return Feed{std::move(row), texts.get(text_name)};
}

// A live feed within reach, as its next version: its label is sealed for that version already.
Result<Feed> next_version(CallContext& ctx, const FeedId& id) {
  const auto row = ctx.read([&](storage::Snapshot& s) { return storage::feeds::find(s, id); });
  if (!row || row->revoked || !reaches(ctx, row->practitioner)) return unknown_row("feed");
  ENSURE(check_if_match(ctx, row->version));
  TRY(feed, opened(ctx, *row));
  ++feed.row.version;
  feed.row.sealed = seal_device(ctx, feed.row, feed.device);
  return feed;
}

void note_feed(CallContext& ctx, AuditAction action, const storage::FeedRow& row) {
  auto& entry = note_change(ctx, action, audit::ResourceKind::feed, row.id.raw(), row.version - 1,
                            row.version);
  entry.second = {audit::ResourceKind::practitioner, row.practitioner.raw()};
}

}  // namespace

Result<Work<IssuedFeed>> create_feed(CallContext& ctx, const CreateFeed& command) {
  const auto organisation = ctx.tenant->organisation();
  const Resource* resource = organisation->find_resource(command.practitioner);
  if (resource == nullptr || resource->kind != ResourceKind::practitioner)
    return unknown_member("/practitioner_id", "practitioner");
  if (!reaches(ctx, command.practitioner))
    return fail(ErrorCode::forbidden, "A provider makes feeds of the own calendar only.");
  const auto there = ctx.read([](storage::Snapshot& s) { return storage::feeds::all(s); });
  const auto live = std::ranges::count_if(there, [&](const storage::FeedRow& row) {
    return row.practitioner == command.practitioner && !row.revoked;
  });
  if (live >= most_live_feeds)
    return fail(
        invalid_field("/practitioner_id", "count", "This calendar has 20 feeds; end one first."));

  NewToken token = make_token("feed");
  IssuedFeed issued;
  storage::FeedRow& row = issued.feed.row;
  row.id = new_id<FeedId>();
  row.practitioner = command.practitioner;
  row.hash = token.hash;
  row.wording = static_cast<std::int64_t>(command.wording);
  row.locale = static_cast<std::int64_t>(command.locale);
  row.created = row.rotated = ctx.now;
  row.sealed = seal_device(ctx, row, command.device);
  issued.feed.device = command.device;
  issued.secret = std::move(token.text);
  note_feed(ctx, AuditAction::feed_created, row);
  return Work<IssuedFeed>([issued](storage::Transaction& tx) -> Result<IssuedFeed> {
    storage::feeds::insert(tx, issued.feed.row);
    return issued;
  });
}

Result<std::vector<Feed>> list_feeds(CallContext& ctx) {
  auto rows = ctx.read([](storage::Snapshot& s) { return storage::feeds::all(s); });
  std::vector<Feed> out;
  for (storage::FeedRow& row : rows) {
    if (!reaches(ctx, row.practitioner)) continue;
    TRY(feed, opened(ctx, std::move(row)));
    out.push_back(std::move(feed));
  }
  return out;
}

Result<Work<IssuedFeed>> rotate_feed(CallContext& ctx, const FeedId& id) {
  TRY(feed, next_version(ctx, id));
  NewToken token = make_token("feed");
  feed.row.hash = token.hash;
  feed.row.rotated = ctx.now;
  note_feed(ctx, AuditAction::feed_rotated, feed.row);
  const bool named = ctx.if_match.has_value();
  return Work<IssuedFeed>([issued = IssuedFeed{std::move(feed), std::move(token.text)},
                           named](storage::Transaction& tx) -> Result<IssuedFeed> {
    const storage::FeedRow& row = issued.feed.row;
    if (!storage::feeds::rotate(tx, row.id, row.version, row.hash, row.rotated, row.sealed))
      return moved_on(named);
    return issued;
  });
}

Result<Work<FeedId>> revoke_feed(CallContext& ctx, const FeedId& id) {
  TRY(feed, next_version(ctx, id));
  note_feed(ctx, AuditAction::feed_revoked, feed.row);
  return Work<FeedId>([row = feed.row, now = ctx.now, named = ctx.if_match.has_value()](
                          storage::Transaction& tx) -> Result<FeedId> {
    if (!storage::feeds::revoke(tx, row.id, row.version, now, row.sealed)) return moved_on(named);
    return row.id;
  });
}

}  // namespace sealbook::app
