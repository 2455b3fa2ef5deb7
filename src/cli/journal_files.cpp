#include "cli/journal_files.hpp"

#include <map>
#include <unordered_set>

#include "cli/instance.hpp"
#include "security/audit/bundle.hpp"
#include "security/audit/checkpoint.hpp"
#include "storage/tables/journal.hpp"
#include "storage/tables/log_rows.hpp"

namespace sealbook::cli {
namespace {

constexpr std::size_t page = 4'096;  // rows read at once

// The ids of the last entries of a log, at least `count` of them where there are so many.
Result<std::unordered_set<EntryId>> last_ids(audit::JournalView& view, const audit::NoteKey& key, const std::string& log,
                                             std::uint64_t count) {
  std::unordered_set<EntryId> ids;
  Bytes bytes;
  TRY(found, view.read(log + "/checkpoint", bytes));
  if (!found) return ids;
  TRY(checkpoint, audit::open_checkpoint(as_text(bytes), audit::log_key(key, log)));
  for (std::uint64_t top = checkpoint.size; top > 0 && ids.size() < count;) {
    const audit::TileKey tile{audit::TileKind::bodies, 0, (top - 1) / audit::tile_width};
    const unsigned width = audit::tile_width_at(tile, checkpoint.size);
    TRY(there, view.read(log + "/" + audit::tile_path(tile, width), bytes));
    std::vector<audit::BodyRecord> records;
    Hash256 chain;
    if (there) ENSURE(audit::split_bodies(bytes, width, chain, records));
    for (const audit::BodyRecord& record : records) ids.insert(record.id);
    top = tile.index * audit::tile_width;
  }
  return ids;
}

// A frozen journal as a store of tiles.
class FrozenTiles final : public audit::TileStore {
 public:
  static Result<std::unique_ptr<audit::TileStore>> over(std::unique_ptr<audit::FrozenView> view) {
    TRY(names, view->names());
    std::unique_ptr<FrozenTiles> tiles(new FrozenTiles(std::move(view)));
    for (const std::string& name : names) {
      const auto slash = name.find('/');
      if (slash == std::string::npos) continue;
      const auto tile = audit::parse_tile_path(std::string_view(name).substr(slash + 1));
      if (!tile) continue;
      unsigned& widest = tiles->widths_[{name.substr(0, slash), tile->key}];
      widest = std::max(widest, tile->width);
    }
    return tiles;
  }

  Result<std::optional<Bytes>> read(std::string_view log, const audit::TileKey& key, unsigned width) override {
    const auto found = widths_.find({std::string(log), key});
    if (found == widths_.end() || found->second < width) return std::optional<Bytes>();
    return bytes_of(std::string(log) + "/" + audit::tile_path(key, found->second));
  }
  Result<std::optional<std::string>> checkpoint(std::string_view log) override {
    TRY(bytes, bytes_of(std::string(log) + "/checkpoint"));
    return bytes ? std::optional(std::string(as_text(*bytes))) : std::nullopt;
  }
  Result<void> recover() override { return read_only(); }
  Result<void> stage(std::span<const audit::TileWrite>) override { return read_only(); }
  Result<void> publish(std::span<const audit::CheckpointWrite>) override { return read_only(); }
  Result<void> discard() override { return read_only(); }

 private:
  explicit FrozenTiles(std::unique_ptr<audit::FrozenView> view) : view_(std::move(view)) {}
  static std::unexpected<Error> read_only() { return fail(ErrorCode::unavailable, "The journal is only looked at."); }
  Result<std::optional<Bytes>> bytes_of(const std::string& name) {
    Bytes bytes;
    TRY(found, view_->read(name, bytes));
    return found ? std::optional(std::move(bytes)) : std::nullopt;
  }

  std::unique_ptr<audit::FrozenView> view_;
  std::map<std::pair<std::string, audit::TileKey>, unsigned> widths_;
};

}  // namespace

Result<std::unique_ptr<audit::FrozenView>> freeze_journal(Inspection& inspection, const audit::NoteKey& key) {
  return audit::FrozenView::capture([&]() -> Result<std::unique_ptr<audit::JournalView>> {
    if (inspection.config().engine == EngineKind::embedded)
      return std::make_unique<audit::FolderView>(inspection.config().audit_folder, key);
    if (inspection.database() == nullptr) return fail(*inspection.store_error());
    return std::make_unique<storage::LogRowsView>(*inspection.database());
  });
}

Result<std::unique_ptr<audit::TileStore>> open_tiles(Inspection& inspection, const audit::NoteKey& key) {
  TRY(view, freeze_journal(inspection, key));
  return FrozenTiles::over(std::move(view));
}

Result<WaitingEntries> waiting_entries(Inspection& inspection, audit::JournalView& view, const audit::NoteKey& key) {
  if (inspection.database() == nullptr) return fail(*inspection.store_error());
  WaitingEntries waiting;
  storage::JournalRows rows(*inspection.database());
  TRY(logs, rows.logs_with_pending());
  for (const TenantId& log : logs) {
    TRY(count, rows.pending_count(log));
    TRY(published, last_ids(view, key, audit::log_name(log), count));
    for (std::int64_t after = 0;;) {
      TRY(some, rows.pending(log, after, page));
      for (audit::CommittedEntry& entry : some) {
        after = entry.row;
        if (!published.contains(entry.entry->id)) waiting.entries.emplace_back(log, std::move(entry));
      }
      if (some.size() < page) break;
    }
  }
  waiting.count = waiting.entries.size();
  return waiting;
}

}  // namespace sealbook::cli
