#include "security/audit/file_tile_store.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>

#include "base/assert.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/durable_file.hpp"
#include "security/audit/staging.hpp"

namespace sealbook::audit {
namespace {

namespace fs = std::filesystem;

// The narrowest partial form of a tile that is wide enough; the full form is tried by the caller.
Result<std::optional<unsigned>> wider_partial(const fs::path& partials, unsigned width) {
  std::optional<unsigned> best;
  TRY(names, names_in(partials));
  for (const std::string& name : names) {
    unsigned found = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), found);
    if (error != std::errc{} || end != name.data() + name.size()) continue;
    if (found >= width && (!best || found < *best)) best = found;
  }
  return best;
}

// Removes the narrower forms of a tile that has just got this width.
Result<void> remove_narrower(const fs::path& log_folder, const TilePath& tile) {
  const fs::path partials = log_folder / (tile_path(tile.key, tile_width) + ".p");
  TRY(names, names_in(partials));
  for (const std::string& name : names)
    if (tile.width == tile_width || name != std::to_string(tile.width)) ENSURE(remove_file(partials / name));
  if (tile.width == tile_width && !names.empty()) {
    std::error_code ignored;  // an empty folder more or less carries no byte
    fs::remove(partials, ignored);
  }
  return {};
}

}  // namespace

FileTileStore::FileTileStore(fs::path folder, NoteKey instance_key)
    : folder_(std::move(folder)), next_(staging_folder(folder_)), key_(std::move(instance_key)) {}

Result<std::optional<Bytes>> FileTileStore::read(std::string_view log, const TileKey& key, unsigned width) {
  const fs::path base = folder_ / log;
  Bytes out;
  // A publication may replace a partial tile between two looks; it does so once a second at most.
  for (int attempt = 0; attempt < 3; ++attempt) {
    TRY(exact, read_whole(base / tile_path(key, width), out));
    if (exact) return out;
    if (width == tile_width) return std::nullopt;
    TRY(full, read_whole(base / tile_path(key, tile_width), out));
    if (full) return out;
    TRY(wider, wider_partial(base / (tile_path(key, tile_width) + ".p"), width));
    if (!wider) continue;
    TRY(found, read_whole(base / tile_path(key, *wider), out));
    if (found) return out;
  }
  return std::nullopt;
}

Result<std::optional<std::string>> FileTileStore::checkpoint(std::string_view log) {
  Bytes out;
  TRY(found, read_whole(folder_ / log / "checkpoint", out));
  if (!found) return std::nullopt;
  return std::string(as_text(out));
}

Result<void> FileTileStore::recover() {
  staged_.clear();
  std::vector<fs::path> changed;
  ENSURE(make_folders(folder_, changed));
  ENSURE(make_folders(next_, changed));
  for (const fs::path& folder : changed) ENSURE(sync_folder(folder.empty() ? fs::path(".") : folder));
  struct stat a{}, b{};
  if (::stat(folder_.c_str(), &a) != 0 || ::stat(next_.c_str(), &b) != 0 || a.st_dev != b.st_dev)
    return fail(ErrorCode::unavailable, "The journal's folder and the one beside it (.next) must lie on one file system.");
  TRY(is_whole, staged_publication(folder_, key_));
  if (!is_whole) return discard();
  TRY(names, names_in(next_));
  for (std::string& name : names)
    if (is_journal_name(published_name(name))) staged_.push_back(std::move(name));
  return move_into_place();
}

Result<void> FileTileStore::stage(std::span<const TileWrite> tiles) {
  std::vector<FileWrite> writes;
  for (const TileWrite& tile : tiles) {
    ASSERT(tile.width >= 1 && tile.width <= tile_width);
    staged_.push_back(staged_name(tile.log + "/" + tile_path(tile.key, tile.width)));
    writes.push_back({next_ / staged_.back(), tile.bytes});
  }
  ENSURE(write_durably(writes));
  return sync_folder(next_);
}

Result<void> FileTileStore::publish(std::span<const CheckpointWrite> checkpoints) {
  ASSERT(!checkpoints.empty() && checkpoints.back().log == logs_log);
  std::vector<FileWrite> writes;
  for (const CheckpointWrite& checkpoint : checkpoints) {
    staged_.push_back(staged_name(checkpoint.log + "/checkpoint"));
    writes.push_back({next_ / staged_.back(), as_bytes(checkpoint.text)});
  }
  // The last checkpoint is what makes the publication count: nothing may be missing when it is there.
  ENSURE(write_durably(std::span(writes).first(writes.size() - 1)));
  ENSURE(sync_folder(next_));
  ENSURE(write_durably(std::span(writes).last(1)));
  ENSURE(sync_folder(next_));
  return move_into_place();
}

Result<void> FileTileStore::move_into_place() {
  const std::string last = staged_name(std::string(logs_log) + "/checkpoint");
  std::vector<fs::path> changed;
  for (const std::string& staged : staged_) {
    if (staged == last) continue;
    const std::string name = published_name(staged);
    const fs::path target = folder_ / name;
    ENSURE(make_folders(target.parent_path(), changed));
    ENSURE(move_file(next_ / staged, target));
    changed.push_back(target.parent_path());
    const auto slash = name.find('/');
    const auto tile = parse_tile_path(std::string_view(name).substr(slash + 1));
    if (tile) ENSURE(remove_narrower(folder_ / name.substr(0, slash), *tile));
  }
  ENSURE(make_folders(folder_ / logs_log, changed));
  std::ranges::sort(changed);
  const auto doubles = std::ranges::unique(changed);
  changed.erase(doubles.begin(), doubles.end());
  for (const fs::path& folder : changed) ENSURE(sync_folder(folder));
  ENSURE(move_file(next_ / last, folder_ / logs_log / "checkpoint"));
  ENSURE(sync_folder(folder_ / logs_log));
  staged_.clear();
  return sync_folder(next_);
}

Result<void> FileTileStore::discard() {
  staged_.clear();
  TRY(names, names_in(next_));
  for (const std::string& name : names) ENSURE(remove_file(next_ / name));
  return sync_folder(next_);
}

}  // namespace sealbook::audit
