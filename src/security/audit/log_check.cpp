#include "security/audit/log_check.hpp"

#include <algorithm>

#include "security/audit/tile_store.hpp"

namespace sealbook::audit {

LogCheck::LogCheck(JournalView& view, std::string log, LogTail::Bodies bodies)
    : view_(view), log_(std::move(log)), bodies_(bodies), levels_(1) {}

std::string LogCheck::name_of(const TileKey& key, unsigned width) const {
  return log_ + "/" + tile_path(key, width);
}

Finding LogCheck::finding(const std::string& path, std::uint64_t first, std::uint64_t last,
                          std::string what) const {
  return {path, first, last, std::move(what), proven_};
}

std::optional<Finding> LogCheck::read(const std::string& name, Bytes& out, std::uint64_t first,
                                      std::uint64_t last) {
  const auto found = view_.read(name, out);
  if (!found) return finding(name, first, last, "cannot be read: " + found.error().cause);
  // What is missing may have been rebuilt under another name from a place that is not proven yet.
  if (!*found) return finding(name, std::min(first, proven_), last, "is missing");
  on_file(name, out.size());
  return std::nullopt;
}

std::optional<Finding> LogCheck::run(const std::vector<KnownRoot>& known) {
  size_ = known.back().size;
  while (next_known_ < known.size() && known[next_known_].size == 0) {
    if (known[next_known_].root != empty_root())
      return finding(log_ + "/checkpoint", 0, 0, "an empty log has another root");
    ++next_known_;
  }
  for (std::uint64_t index = 0; index * tile_width < size_; ++index) {
    const unsigned width = tile_width_at({TileKind::entries, 0, index}, size_);
    if (auto wrong = bundle(index, width)) return wrong;
    if (auto wrong = advance(index, width, known)) return wrong;
    if (on_bundle) on_bundle(index * tile_width + width);
  }
  // Upper levels end with a partial tile; lower ones were closed on the way.
  for (std::size_t level = 1; level < levels_.size(); ++level)
    if (!levels_[level].hashes.empty())
      if (auto wrong = close_tile(level)) return wrong;
  return std::nullopt;
}

// Reads the bundle's files and compares the leaves with their tile.
std::optional<Finding> LogCheck::bundle(std::uint64_t index, unsigned width) {
  if (auto wrong = entries(name_of({TileKind::entries, 0, index}, width), index, width)) return wrong;
  levels_[0].hashes = leaves_;
  if (auto wrong = close_tile(0)) return wrong;
  if (bodies_ == LogTail::Bodies::none) return std::nullopt;
  return bodies(name_of({TileKind::bodies, 0, index}, width), index, width);
}

std::optional<Finding> LogCheck::entries(const std::string& name, std::uint64_t index, unsigned width) {
  const std::uint64_t first = index * tile_width;
  if (auto wrong = read(name, entry_bytes_, first, first + width - 1)) return wrong;
  const auto used = split_entries(entry_bytes_, width, entry_views_);
  if (!used) return finding(name, first + entry_views_.size(), first + width - 1, used.error().detail);
  if (*used != entry_bytes_.size()) return finding(name, first, first + width - 1, "has bytes after its last entry");
  leaves_.resize(width);
  for (unsigned i = 0; i < width; ++i) {
    leaves_[i] = leaf_hash(entry_views_[i]);
    if (!on_entry) continue;
    if (const auto taken = on_entry(entry_views_[i]); !taken)
      return finding(name, first + i, first + i, taken.error().detail);
  }
  return std::nullopt;
}

std::optional<Finding> LogCheck::bodies(const std::string& name, std::uint64_t index, unsigned width) {
  const std::uint64_t first = index * tile_width;
  const std::uint64_t last = first + width - 1;
  if (auto wrong = read(name, body_bytes_, first, last)) return wrong;
  Hash256 before;
  const auto used = split_bodies(body_bytes_, width, before, records_);
  if (!used) return finding(name, first + records_.size(), last, used.error().detail);
  if (*used != body_bytes_.size()) return finding(name, first, last, "has bytes after its last body");
  if (before != chain_) return finding(name, std::min(first, proven_), last, "does not continue the chain over the bodies before it");
  for (unsigned i = 0; i < width; ++i) {
    if (records_[i].sequenced_at < last_time_) return finding(name, first + i, first + i, "time goes back");
    last_time_ = records_[i].sequenced_at;
  }
  return std::nullopt;
}

// Appends the bundle's leaves and bodies, stopping at each size whose root is known.
std::optional<Finding> LogCheck::advance(std::uint64_t index, unsigned width, const std::vector<KnownRoot>& known) {
  const std::uint64_t first = index * tile_width;
  // Leaf by leaf only where a known size lies within; a full bundle's own root is at hand.
  CompactRange within = range_;
  std::uint64_t reached = 0;
  for (unsigned i = 0; i < width; ++i) {
    if (bodies_ == LogTail::Bodies::beside) chain_ = chain_next(chain_, records_[i]);
    for (; next_known_ < known.size() && known[next_known_].size == first + i + 1; ++next_known_) {
      const KnownRoot& at = known[next_known_];
      for (; reached <= i; ++reached) within.append(leaves_[reached]);
      if (within.root() != at.root)
        return finding(name_of({TileKind::entries, 0, index}, width), proven_, first + i, "gives another root than " + at.source);
      if (at.bodies && *at.bodies != chain_)
        return finding(name_of({TileKind::bodies, 0, index}, width), proven_, first + i, "has other bodies than " + at.source);
      proven_ = at.size;
    }
  }
  if (width == tile_width) range_.append_subtree(bundle_root_, 8);
  return std::nullopt;
}

// Compares a filled (or last) tile with its file and hands its root to the level above.
std::optional<Finding> LogCheck::close_tile(std::size_t level) {
  Level& edge = levels_[level];
  const auto width = static_cast<unsigned>(edge.hashes.size());
  const TileKey key{TileKind::hashes, static_cast<std::uint8_t>(level), edge.index};
  const std::string name = name_of(key, width);
  const std::uint64_t span = std::uint64_t{1} << (8 * level);  // leaves below one hash
  const std::uint64_t first = edge.index * tile_width * span;
  if (auto wrong = read(name, tile_bytes_, first, first + width * span - 1)) return wrong;
  for (unsigned i = 0; i < width; ++i) {
    const bool is_there = tile_bytes_.size() >= (i + 1) * 32U;
    if (is_there && std::equal(edge.hashes[i].begin(), edge.hashes[i].end(), tile_bytes_.begin() + i * 32)) continue;
    const std::string below = level == 0 ? " does not agree with its entry in " + name_of({TileKind::entries, 0, edge.index}, width)
                                         : " does not agree with the tiles below";
    return finding(name, first + i * span, first + (i + 1) * span - 1, "hash " + std::to_string(i) + below);
  }
  if (tile_bytes_.size() != width * 32U) return finding(name, first, first + width * span - 1, "has the wrong length");
  if (width < tile_width) {
    edge.hashes.clear();
    return std::nullopt;
  }
  const Hash256 parent = root_of(edge.hashes);
  if (level == 0) bundle_root_ = parent;
  edge.hashes.clear();
  ++edge.index;
  if (levels_.size() <= level + 1) levels_.emplace_back();
  levels_[level + 1].hashes.push_back(parent);
  return levels_[level + 1].hashes.size() == tile_width ? close_tile(level + 1) : std::nullopt;
}

}  // namespace sealbook::audit
