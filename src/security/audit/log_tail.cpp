#include "security/audit/log_tail.hpp"

#include "base/assert.hpp"

namespace sealbook::audit {
namespace {

std::unexpected<Error> refused(const std::string& log, std::string_view what) {
  return fail(ErrorCode::integrity, "The journal's log " + log + " is damaged: " + std::string(what) + ".");
}

Bytes concatenated(const std::vector<Hash256>& hashes) {
  Bytes out;
  out.reserve(hashes.size() * 32);
  for (const Hash256& hash : hashes) append(out, hash);
  return out;
}

}  // namespace

LogTail::LogTail(std::string log, Bodies bodies) : log_(std::move(log)), bodies_(bodies), levels_(1) {
  if (bodies_ == Bodies::beside) begin_bodies(body_bundle_, chain_);
}

Result<void> LogTail::load(TileStore& tiles, std::uint64_t size, const Hash256& root) {
  *this = LogTail(log_, bodies_);
  ENSURE(load_hashes(tiles, size));
  if (range_.root() != root) return refused(log_, "its tiles do not give the signed root");
  ENSURE(load_entries(tiles, size));
  if (bodies_ == Bodies::beside) ENSURE(load_bodies(tiles, size));
  return {};
}

Result<void> LogTail::load_hashes(TileStore& tiles, std::uint64_t size) {
  std::vector<std::vector<Hash256>> subtrees;  // by level, lowest first
  for (std::uint8_t level = 0; level == 0 || (size >> (8 * level)) > 0; ++level) {
    const std::uint64_t nodes = size >> (8 * level);
    const auto width = static_cast<unsigned>(nodes % tile_width);
    Level edge{{}, nodes / tile_width, width};
    if (width > 0) {
      TRY(tile, tiles.read(log_, {TileKind::hashes, level, edge.index}, width));
      if (!tile || tile->size() < width * 32) return refused(log_, "a tile is missing or short");
      edge.hashes.resize(width);
      for (unsigned i = 0; i < width; ++i) std::copy_n(tile->begin() + i * 32, 32, edge.hashes[i].begin());
    }
    CompactRange within;
    for (const Hash256& hash : edge.hashes) within.append(hash);
    subtrees.push_back(within.subtrees());
    if (levels_.size() <= level) levels_.emplace_back();
    levels_[level] = std::move(edge);
    if (level == 7) break;
  }
  std::vector<Hash256> all;
  for (auto it = subtrees.rbegin(); it != subtrees.rend(); ++it) all.insert(all.end(), it->begin(), it->end());
  range_ = CompactRange(size, std::move(all));
  return {};
}

Result<void> LogTail::load_entries(TileStore& tiles, std::uint64_t size) {
  if (size == 0) return {};
  // Also when the last bundle is full: its last entry is wanted.
  const std::uint64_t index = (size - 1) / tile_width;
  const auto width = static_cast<unsigned>(size - index * tile_width);
  TRY(bundle, tiles.read(log_, {TileKind::entries, 0, index}, width));
  if (!bundle) return refused(log_, "an entry bundle is missing");
  std::vector<ByteView> entries;
  TRY(used, split_entries(*bundle, width, entries));
  last_entry_.assign(entries.back().begin(), entries.back().end());
  if (width == tile_width) return {};
  for (unsigned i = 0; i < width; ++i)
    if (leaf_hash(entries[i]) != levels_[0].hashes[i]) return refused(log_, "an entry does not hash to its leaf");
  bundle->resize(used);
  entry_bundle_ = std::move(*bundle);
  return {};
}

Result<void> LogTail::load_bodies(TileStore& tiles, std::uint64_t size) {
  if (size == 0) return {};
  const std::uint64_t index = (size - 1) / tile_width;
  const auto width = static_cast<unsigned>(size - index * tile_width);
  TRY(bundle, tiles.read(log_, {TileKind::bodies, 0, index}, width));
  if (!bundle) return refused(log_, "a bundle of bodies is missing");
  std::vector<BodyRecord> records;
  TRY(used, split_bodies(*bundle, width, chain_, records));
  for (const BodyRecord& record : records) chain_ = chain_next(chain_, record);
  last_time_ = records.back().sequenced_at;
  if (width == tile_width) {
    begin_bodies(body_bundle_, chain_);
    return {};
  }
  bundle->resize(used);
  body_bundle_ = std::move(*bundle);
  return {};
}

void LogTail::emit(TileKind kind, std::uint8_t level, std::uint64_t index, unsigned width, Bytes bytes) {
  full_.push_back({log_, {kind, level, index}, width, std::move(bytes)});
}

void LogTail::push_hash(std::size_t level, const Hash256& hash) {
  if (levels_.size() <= level) levels_.emplace_back();
  levels_[level].hashes.push_back(hash);
  if (levels_[level].hashes.size() < tile_width) return;
  emit(TileKind::hashes, static_cast<std::uint8_t>(level), levels_[level].index, tile_width,
       concatenated(levels_[level].hashes));
  const Hash256 parent = root_of(levels_[level].hashes);
  levels_[level].hashes.clear();
  levels_[level].taken = 0;
  ++levels_[level].index;
  push_hash(level + 1, parent);
}

void LogTail::add_leaf(ByteView entry) {
  const Hash256 leaf = leaf_hash(entry);
  append_entry(entry_bundle_, entry);
  range_.append(leaf);
  push_hash(0, leaf);
  last_entry_.assign(entry.begin(), entry.end());
  if (size() % tile_width != 0) return;
  emit(TileKind::entries, 0, size() / tile_width - 1, tile_width, std::move(entry_bundle_));
  entry_bundle_ = {};
}

void LogTail::append(ByteView entry) {
  ASSERT(bodies_ == Bodies::none);
  add_leaf(entry);
}

void LogTail::append(ByteView entry, const BodyRecord& body) {
  ASSERT(bodies_ == Bodies::beside && body.sequenced_at >= last_time_);
  add_leaf(entry);
  append_body(body_bundle_, body);
  chain_ = chain_next(chain_, body);
  last_time_ = body.sequenced_at;
  if (size() % tile_width != 0) return;
  emit(TileKind::bodies, 0, size() / tile_width - 1, tile_width, std::move(body_bundle_));
  begin_bodies(body_bundle_, chain_);
}

void LogTail::take_tiles(std::vector<TileWrite>& out) {
  const auto width = static_cast<unsigned>(size() % tile_width);
  const std::uint64_t index = size() / tile_width;
  if (width > 0 && levels_[0].hashes.size() != levels_[0].taken) {
    emit(TileKind::entries, 0, index, width, entry_bundle_);
    if (bodies_ == Bodies::beside) emit(TileKind::bodies, 0, index, width, body_bundle_);
  }
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    Level& edge = levels_[level];
    if (edge.hashes.size() == edge.taken) continue;
    edge.taken = edge.hashes.size();
    emit(TileKind::hashes, static_cast<std::uint8_t>(level), edge.index,
         static_cast<unsigned>(edge.taken), concatenated(edge.hashes));
  }
  out.insert(out.end(), std::make_move_iterator(full_.begin()), std::make_move_iterator(full_.end()));
  full_.clear();
}

}  // namespace sealbook::audit
