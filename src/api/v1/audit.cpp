#include "api/v1/audit.hpp"

#include "api/endpoint/cursor.hpp"
#include "app/audit/journal.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;

std::optional<JournalResourceView> resource_view(const audit::Resource& resource) {
  if (resource.kind == audit::ResourceKind::none) return std::nullopt;
  JournalResourceView v;
  v.kind = resource.kind;
  if (std::string id = app::id_text_of(resource); !id.empty()) v.id = std::move(id);
  return v;
}

std::optional<std::int64_t> version_view(std::uint64_t version) {
  return version == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(version));
}

JournalEntryView entry_view(const app::JournalEntry& found) {
  const audit::AuditEntry& e = found.entry;
  JournalEntryView v;
  v.id = found.id;
  v.index = static_cast<std::int64_t>(found.index);
  v.at = e.at;
  v.sequenced_at = found.sequenced_at;
  v.actor.kind = e.actor.kind;
  if (e.actor.kind == audit::ActorKind::account) v.actor.account_id = e.actor.account;
  v.role = e.role;
  v.action = e.action;
  v.sentence = audit::row_of(e.action).sentence;
  v.outcome = e.outcome;
  if (e.permission) v.permission = std::string(row_of(*e.permission).id);
  v.resource = resource_view(e.resource);
  v.second = resource_view(e.second);
  v.subject_count = static_cast<std::int64_t>(e.subjects.size());
  v.subject_ids = e.subjects;
  if (e.reason != audit::AuditReason::none) v.reason = e.reason;
  if (e.error) v.error = std::string(row_of(*e.error).slug);
  v.version_before = version_view(e.version_before);
  v.version_after = version_view(e.version_after);
  v.rows = e.rows;
  v.count = e.count;
  if (e.request != RawId{}) v.request_id = id_text("req_", e.request);
  return v;
}

// What has to stay the same from page to page; each filter with a byte that says whether it is there.
Bytes filters_of(const ListJournalRequest& r) {
  Bytes filters;
  const auto part = [&](bool is_there, auto&& add) {
    filters.push_back(is_there ? 1 : 0);
    if (is_there) add();
  };
  part(r.from.has_value(), [&] { append_u64(filters, static_cast<std::uint64_t>(r.from->micros())); });
  part(r.to.has_value(), [&] { append_u64(filters, static_cast<std::uint64_t>(r.to->micros())); });
  part(r.actor.has_value(), [&] { append(filters, r.actor->bytes()); });
  part(r.action.has_value(), [&] { append_u16(filters, static_cast<std::uint16_t>(*r.action)); });
  part(r.subject.has_value(), [&] { append(filters, r.subject->bytes()); });
  part(r.resource.has_value(), [&] { append(filters, as_bytes(*r.resource)); });
  return filters;
}

Result<ListJournalResponse> list(CallContext& ctx, const ListJournalRequest& r) {
  if (!ctx.tenant) return fail(ErrorCode::forbidden);
  const Bytes filters = filters_of(r);
  const CursorScope scope{ctx.endpoint_id, ctx.tenant->id(), filters};
  const auto& key = ctx.tenant->keys()->cursor_mac();
  app::JournalQuery query;
  query.from = r.from;
  query.to = r.to;
  query.actor = r.actor;
  query.action = r.action;
  query.subject = r.subject;
  query.limit = static_cast<std::size_t>(r.limit);
  if (r.resource) {
    query.resource = app::parse_any_id(*r.resource);
    if (!query.resource) return fail(invalid_field("/resource", "format", "This is not the id of anything here."));
  }
  if (r.cursor) {
    TRY(at, open_cursor(key, scope, *r.cursor));
    query.below = static_cast<std::uint64_t>(at.order);
  }
  TRY(page, app::read_journal(ctx, query));
  ListJournalResponse response;
  for (const app::JournalEntry& entry : page.entries) response.entries.push_back(entry_view(entry));
  if (page.next) response.next = seal_cursor(key, scope, {static_cast<std::int64_t>(*page.next), {}});
  return response;
}

Result<RawBody> checkpoint(CallContext& ctx, const NoRequest&) {
  TRY(text, app::read_checkpoint(ctx));
  return RawBody{std::move(text)};
}

std::vector<std::string> hashes_view(const std::vector<Hash256>& hashes) {
  std::vector<std::string> texts;
  for (const Hash256& hash : hashes) texts.push_back(to_base64(hash));
  return texts;
}

Result<EntryProofView> prove_entry(CallContext& ctx, const ProveEntryRequest& r) {
  std::optional<std::uint64_t> index;
  if (r.index) index = static_cast<std::uint64_t>(*r.index);
  TRY(proof, app::prove_entry(ctx, r.entry, index));
  EntryProofView v;
  v.entry_id = proof.id;
  v.index = static_cast<std::int64_t>(proof.index);
  v.size = static_cast<std::int64_t>(proof.size);
  v.entry = to_base64(proof.entry);
  v.hashes = hashes_view(proof.hashes);
  v.checkpoint = std::move(proof.checkpoint);
  return v;
}

Result<GrowthProofView> prove_growth(CallContext& ctx, const ProveGrowthRequest& r) {
  std::optional<std::uint64_t> to;
  if (r.to) to = static_cast<std::uint64_t>(*r.to);
  TRY(proof, app::prove_growth(ctx, static_cast<std::uint64_t>(r.from), to));
  GrowthProofView v;
  v.from = static_cast<std::int64_t>(proof.from);
  v.to = static_cast<std::int64_t>(proof.to);
  v.hashes = hashes_view(proof.hashes);
  v.checkpoint = std::move(proof.checkpoint);
  return v;
}

Result<RawBody> tile(CallContext& ctx, const TileRequest& r) {
  TRY(bytes, app::read_tile(ctx, "tile/" + r.path));
  return RawBody{std::move(bytes)};
}

constexpr Endpoint rows[] = {
    bind_read<ListJournalEntries, list>(),          bind_read<GetCheckpoint, checkpoint>(),
    bind_read<ProveJournalEntry, prove_entry>(),    bind_read<ProveJournalGrowth, prove_growth>(),
    bind_read<GetTile, tile>(),
};

}  // namespace

std::span<const Endpoint> audit_endpoints() { return rows; }

}  // namespace sealbook::api
