#include "app/audit/journal.hpp"

#include <algorithm>

#include "security/audit/bundle.hpp"
#include "security/audit/sequencer.hpp"
#include "security/crypto/sbe1.hpp"

namespace sealbook::app {
namespace {

using audit::tile_width;

// An action is sequenced after it took place, but for clocks of two machines that disagree.
constexpr Micros clocks_disagree = std::chrono::hours(1);

struct Published {
  std::string log;
  std::uint64_t size = 0;
  std::string checkpoint;  // signed
};

Result<const Tenant*> tenant_of(const CallContext& ctx) {
  if (!ctx.tenant) return fail(ErrorCode::forbidden, "The journal of a tenant is read by its own accounts.");
  return ctx.tenant.get();
}

// The newest checkpoint, its signature checked; nothing while the log has none.
Result<std::optional<Published>> published(const CallContext& ctx) {
  TRY(tenant, tenant_of(ctx));
  Published out{audit::log_name(tenant->id()), 0, {}};
  TRY(text, ctx.app.tiles.checkpoint(out.log));
  if (!text) return std::optional<Published>();
  const audit::CheckpointSigner signer(ctx.app.origin, ctx.app.keyring.instance().checkpoint_key());
  TRY(checkpoint, audit::open_checkpoint(*text, signer.key_of(out.log)));
  out.size = checkpoint.size;
  out.checkpoint = std::move(*text);
  return std::optional(std::move(out));
}

// Has what was committed before this call in the log.
Result<void> publish_now(const CallContext& ctx) {
  if (ctx.app.sequencer == nullptr) return {};
  return ctx.app.sequencer->flush();
}

Result<Published> need_published(const CallContext& ctx) {
  TRY(at_once, published(ctx));
  if (at_once) return std::move(*at_once);
  ENSURE(publish_now(ctx));
  TRY(now, published(ctx));
  if (!now) return fail(ErrorCode::not_found, "The journal has no entry yet, so nothing is signed.");
  return std::move(*now);
}

bool matches(const JournalQuery& query, const audit::AuditEntry& entry) {
  if (query.from && entry.at < *query.from) return false;
  if (query.to && entry.at >= *query.to) return false;
  if (query.actor && (entry.actor.kind != audit::ActorKind::account || entry.actor.account != *query.actor)) return false;
  if (query.action && entry.action != *query.action) return false;
  if (query.resource && !is_named_by(entry.resource, *query.resource) && !is_named_by(entry.second, *query.resource))
    return false;
  return !query.subject || std::ranges::find(entry.subjects, *query.subject) != entry.subjects.end();
}

// Opens one body with the generation of the audit key that its header names.
Result<audit::AuditEntry> open_record(const CallContext& ctx, const audit::LogRecord& record) {
  TRY(header, crypto::parse_header(record.sealed));
  const crypto::DataKey* key = ctx.tenant->keys()->audit().find(header.key_id);
  if (key == nullptr) return fail(ErrorCode::integrity, "An entry is sealed with a key that is not there.");
  auto opened = audit::open_entry(record.id, record.entry, record.sealed, *key, {ctx.app.environment, ctx.tenant->id()});
  if (!opened) {
    opened.error().detail = "Entry " + std::to_string(record.index) + " of the journal is damaged.";
    return std::unexpected(std::move(opened).error());
  }
  return std::move(opened->entry);
}

// Goes backwards through [.., top), bundle by bundle, until the page is full or the call has read
// enough. Answers the index below which the next page goes on, 0 at the log's start.
Result<std::uint64_t> scan(const CallContext& ctx, const JournalQuery& query, const std::string& log,
                           std::uint64_t top, JournalPage& page) {
  std::size_t opened = 0;
  while (top > 0) {
    const std::uint64_t start = (top - 1) / tile_width * tile_width;
    TRY(records, audit::read_records(ctx.app.tiles, log, start, top));
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
      if (page.entries.size() == query.limit || opened == query.scan_limit) return record->index + 1;
      if (query.from && record->sequenced_at + clocks_disagree < *query.from) return 0;
      TRY(entry, open_record(ctx, *record));
      ++opened;
      if (matches(query, entry))
        page.entries.push_back({record->index, record->id, record->sequenced_at, std::move(entry)});
    }
    top = start;
  }
  return 0;
}

}  // namespace

Result<JournalPage> read_journal(CallContext& ctx, const JournalQuery& query) {
  TRY(tenant, tenant_of(ctx));
  JournalPage page;
  // Later pages go on below entries that are published already.
  if (!query.below) ENSURE(publish_now(ctx));
  TRY(log, published(ctx));
  if (log) {
    TRY(next, scan(ctx, query, log->log, std::min(query.below.value_or(log->size), log->size), page));
    if (next > 0) page.next = next;
  }
  auto& entry = ctx.note(AuditAction::audit_read, audit::ResourceKind::log, tenant->id().raw());
  entry.rows = static_cast<std::uint32_t>(page.entries.size());
  if (query.subject) entry.subjects = {*query.subject};
  return page;
}

Result<std::string> read_checkpoint(CallContext& ctx) {
  TRY(log, need_published(ctx));
  return std::move(log.checkpoint);
}

Result<EntryProof> prove_entry(CallContext& ctx, const EntryId& id, std::optional<std::uint64_t> index) {
  TRY(log, need_published(ctx));
  const auto look = [&](const Published& in) -> Result<std::optional<audit::LogRecord>> {
    if (!index) return audit::find_entry(ctx.app.tiles, in.log, id, in.size);
    if (*index >= in.size) return std::optional<audit::LogRecord>();
    TRY(found, audit::read_records(ctx.app.tiles, in.log, *index, *index + 1));
    if (found[0].id != id) return std::optional<audit::LogRecord>();
    return std::optional(std::move(found[0]));
  };
  TRY(record, look(log));
  if (!record) {
    // It may have been committed just now.
    ENSURE(publish_now(ctx));
    TRY(newer, need_published(ctx));
    if (newer.size != log.size) {
      log = std::move(newer);
      TRY(again, look(log));
      record = std::move(again);
    }
  }
  if (!record) return fail(ErrorCode::not_found, "The journal has no such entry.");
  EntryProof proof{id, record->index, log.size, record->entry, {}, std::move(log.checkpoint)};
  TRY(hashes, audit::inclusion_proof(ctx.app.tiles, log.log, proof.index, proof.size));
  proof.hashes = std::move(hashes);
  auto& entry = ctx.note(AuditAction::audit_verified, audit::ResourceKind::log, ctx.tenant->id().raw());
  entry.rows = 1;
  return proof;
}

Result<GrowthProof> prove_growth(CallContext& ctx, std::uint64_t from, std::optional<std::uint64_t> to) {
  TRY(log, need_published(ctx));
  GrowthProof proof{from, to.value_or(log.size), {}, {}};
  if (proof.to > log.size)
    return fail(invalid_field("/to", "range", "The journal has " + std::to_string(log.size) + " published entries."));
  if (from > proof.to) return fail(invalid_field("/from", "range", "The older size is not larger than the newer one."));
  TRY(hashes, audit::consistency_proof(ctx.app.tiles, log.log, proof.from, proof.to));
  proof.hashes = std::move(hashes);
  if (proof.to == log.size) proof.checkpoint = std::move(log.checkpoint);
  return proof;
}

Result<std::string> read_tile(CallContext& ctx, std::string_view path) {
  const auto no_tile = [] { return fail(ErrorCode::not_found, "There is no such tile."); };
  const auto wanted = audit::parse_tile_path(path);
  if (!wanted || wanted->key.kind == audit::TileKind::bodies) return no_tile();
  TRY(log, need_published(ctx));
  if (wanted->width > audit::tile_width_at(wanted->key, log.size)) return no_tile();
  TRY(bytes, ctx.app.tiles.read(log.log, wanted->key, wanted->width));
  if (!bytes) return no_tile();
  // A wider form of it may have been read: what was asked for is its beginning.
  std::size_t size = wanted->width * std::tuple_size_v<Hash256>;
  if (wanted->key.kind == audit::TileKind::entries) {
    std::vector<ByteView> entries;
    TRY(used, audit::split_entries(*bytes, wanted->width, entries));
    size = used;
  }
  if (bytes->size() < size) return fail(ErrorCode::integrity, "A tile of the journal is short.");
  return std::string(as_text(ByteView(*bytes).first(size)));
}

}  // namespace sealbook::app
