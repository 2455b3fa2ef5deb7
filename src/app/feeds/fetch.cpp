#include "app/feeds/fetch.hpp"

#include "app/calendar/uid.hpp"
#include "app/perform.hpp"
#include "domain/calendar/feed_ics.hpp"
#include "security/crypto/hash.hpp"
#include "storage/tables/appointments.hpp"
#include "storage/tables/feeds.hpp"

namespace sealbook::app {
namespace {

constexpr auto past = std::chrono::days(30);
constexpr auto ahead = std::chrono::days(180);
constexpr std::int64_t page_rows = 500;
constexpr std::size_t most_entries = 10'000;
constexpr std::int64_t day_s = 86'400;

std::vector<calendar::FeedEntry> entries_of(storage::Snapshot& snapshot, const TenantId& tenant,
                                            const ResourceId& practitioner, Instant now) {
  std::vector<calendar::FeedEntry> entries;
  storage::appointments::Page page{now - past, now + ahead, practitioner, {}, {}, {}, page_rows};
  while (entries.size() < most_entries) {
    const auto rows = storage::appointments::list(snapshot, page);
    for (const storage::AppointmentRow& row : rows)
      if (scheduling::occupies(row.status))
        entries.push_back({calendar_uid(tenant, row.id), row.version, row.when, row.created});
    if (rows.size() < page_rows) break;
    page.after = {rows.back().when.starts, rows.back().id};
  }
  return entries;
}

using SealedEntries = std::vector<std::shared_ptr<const audit::PreparedEntry>>;

// Sealed before the transaction, which then knows whether it was the last fetch of the day.
SealedEntries sealed_entry(CallContext& ctx, const storage::FeedRow& feed, std::size_t rows,
                           audit::AuditOutcome outcome) {
  ctx.entries.clear();
  auto& entry = ctx.note(AuditAction::feed_fetched, audit::ResourceKind::feed, feed.id.raw());
  entry.actor = {audit::ActorKind::anonymous, {}};
  entry.role.reset();
  entry.second = {audit::ResourceKind::practitioner, feed.practitioner.raw()};
  entry.rows = static_cast<std::uint32_t>(rows);
  entry.outcome = outcome;
  if (outcome == audit::AuditOutcome::refused) entry.error = ErrorCode::rate_limited;
  auto sealed = seal_entries(ctx);
  ctx.entries.clear();
  return sealed;
}

}  // namespace

Result<FetchedFeed> fetch_feed(CallContext& ctx, std::string_view secret) {
  const auto hash = secret.starts_with("sb1_feed_") ? token_hash(secret) : std::nullopt;
  if (!hash) return fail(ErrorCode::not_found);
  std::optional<storage::FeedPlace> place;
  ctx.app.store.read({},
                     [&](storage::Snapshot& s) { place = storage::feeds::find_live(s, *hash); });
  ctx.tenant = place ? ctx.app.tenants.find_by_no(place->tenant_no) : nullptr;
  if (!ctx.tenant) return fail(ErrorCode::not_found);
  ctx.retry_after_s = static_cast<int>(day_s - ctx.now.seconds() % day_s);
  std::vector<calendar::FeedEntry> entries;
  bool used_up = false;
  const auto feed = ctx.read([&](storage::Snapshot& s) {
    auto row = storage::feeds::find(s, place->id);
    used_up =
        row && row->day == storage::feeds::day_of(s.now()) && row->day_fetches > feed_fetches_a_day;
    if (row && !used_up) entries = entries_of(s, ctx.tenant->id(), row->practitioner, ctx.now);
    return row;
  });
  if (!feed) return fail(ErrorCode::not_found);
  if (used_up) return fail(ErrorCode::rate_limited);

  const auto allowed = sealed_entry(ctx, *feed, entries.size(), audit::AuditOutcome::allowed);
  const auto refused = sealed_entry(ctx, *feed, 0, audit::AuditOutcome::refused);
  std::optional<std::int64_t> today;
  // One above the limit is counted as well: it is the one whose refusal is journaled.
  ENSURE(ctx.app.store.write(ctx.store_ref(), [&](storage::Transaction& tx) -> Result<void> {
    today = storage::feeds::count_fetch(tx, feed->id, *hash, tx.now(), feed_fetches_a_day + 1);
    if (!today) {  // nothing was changed: nothing to journal
      const auto row = storage::feeds::find(tx, feed->id);
      const bool live = row && row->hash == *hash && !row->revoked;
      return fail(live ? ErrorCode::rate_limited : ErrorCode::not_found);
    }
    for (const auto& entry : *today > feed_fetches_a_day ? refused : allowed) tx.audit(entry);
    return {};
  }));
  if (*today > feed_fetches_a_day) return fail(ErrorCode::rate_limited);

  FetchedFeed answer;
  answer.ics = calendar::feed_ics(entries, static_cast<calendar::FeedWording>(feed->wording),
                                  static_cast<messages::Locale>(feed->locale));
  answer.etag = '"' + to_base64url(ByteView(crypto::sha256(as_bytes(answer.ics))).first(16)) + '"';
  return answer;
}

}  // namespace sealbook::app
