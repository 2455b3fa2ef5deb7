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

// The same for every tile of a log of that size.
Result<void> remove_narrower_than_signed(const fs::path& log_folder, std::uint64_t size) {
  std::vector<TilePath> wanted;
  std::error_code error;
  for (fs::recursive_directory_iterator at(log_folder, error), end; !error && at != end; at.increment(error)) {
    const auto tile = parse_tile_path(at->path().lexically_relative(log_folder).generic_string());
    if (!tile || tile->width == tile_width) continue;
    const unsigned signed_width = tile_width_at(tile->key, size);
    if (tile->width < signed_width && fs::exists(log_folder / tile_path(tile->key, signed_width)))
      wanted.push_back({tile->key, signed_width});
  }
  if (error) {
    Error broken = make_error(ErrorCode::unavailable, "The journal's folder cannot be read just now.");
    broken.cause = error.message();
    return fail(std::move(broken));
  }
  for (const TilePath& tile : wanted) ENSURE(remove_narrower(log_folder, tile));
  return {};
}

// What makes a publication count, by its staged name.
std::string last_staged() { return staged_name(std::string(logs_log) + "/checkpoint"); }

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
  ENSURE(move_into_place());
  ENSURE(remove_leftovers());
  return finish();
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
  ENSURE(move_into_place());
  return finish();
}

Result<void> FileTileStore::move_into_place() {
  const std::string last = last_staged();
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
  return {};
}

// Between a tile's move and the removal of its narrower forms there is a moment for a crash, and a full
// tile is never written again. What the signed sizes do not want beside the form that they want goes.
// Before finish(), so that a crash in here is followed by another recovery.
Result<void> FileTileStore::remove_leftovers() {
  TRY(logs, names_in(folder_));
  for (const std::string& log : logs) {
    const fs::path here = folder_ / log;
    if (!fs::is_directory(here)) continue;
    Bytes text;
    TRY(found, read_whole(log == logs_log ? next_ / last_staged() : here / "checkpoint", text));
    if (!found) continue;
    const auto checkpoint = open_checkpoint_exactly(as_text(text), log_key(key_, log));
    if (checkpoint) ENSURE(remove_narrower_than_signed(here, checkpoint->size));
  }
  return {};
}

Result<void> FileTileStore::finish() {
  const std::string last = last_staged();
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
