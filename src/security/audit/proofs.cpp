#include "security/audit/proofs.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "security/audit/bundle.hpp"

namespace sealbook::audit {
namespace {

std::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorCode::integrity, "The journal is damaged: " + std::string(what) + ".");
}

// Hashes of subtrees of a tree of one size, from its tiles; each tile is read once.
class Nodes {
 public:
  Nodes(TileStore& tiles, std::string_view log, std::uint64_t size) : tiles_(tiles), log_(log), size_(size) {}

  // MTH(D[begin:end]); begin is a multiple of the smallest power of two that is >= end - begin.
  Result<Hash256> range(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t count = end - begin;
    if (std::has_single_bit(count)) return perfect(static_cast<unsigned>(std::countr_zero(count)), begin);
    const std::uint64_t split = begin + std::bit_floor(count);
    TRY(left, range(begin, split));
    TRY(right, range(split, end));
    return node_hash(left, right);
  }

 private:
  // The subtree of 2^height leaves that starts at `begin`.
  Result<Hash256> perfect(unsigned height, std::uint64_t begin) {
    const auto level = static_cast<std::uint8_t>(std::min(height / 8, 7U));
    const unsigned within = height - 8U * level;
    const std::uint64_t first = begin >> (8 * level);  // in nodes of that level
    const std::uint64_t count = std::uint64_t{1} << within;
    const std::uint64_t index = first / tile_width;
    TRY(tile, this->tile({TileKind::hashes, level, index}));
    std::vector<Hash256> hashes(count);
    const std::uint64_t offset = first - index * tile_width;
    if ((offset + count) * 32 > tile->size()) return damaged("a tile is short");
    for (std::uint64_t i = 0; i < count; ++i)
      std::copy_n(tile->begin() + static_cast<std::ptrdiff_t>((offset + i) * 32), 32, hashes[i].begin());
    return root_of(hashes);
  }

  Result<const Bytes*> tile(const TileKey& key) {
    if (const auto found = read_.find(key); found != read_.end()) return &found->second;
    const unsigned width = tile_width_at(key, size_);
    if (width == 0) return damaged("a tile outside the tree is needed");
    TRY(bytes, tiles_.read(log_, key, width));
    if (!bytes) return damaged("a tile is missing");
    return &read_.emplace(key, std::move(*bytes)).first->second;
  }

  TileStore& tiles_;
  std::string_view log_;
  std::uint64_t size_;
  std::map<TileKey, Bytes> read_;
};

// RFC 6962 section 2.1.2, SUBPROOF(m, D[begin:end], known).
Result<void> subproof(Nodes& nodes, std::uint64_t m, std::uint64_t begin, std::uint64_t end, bool known,
                      std::vector<Hash256>& out) {
  const std::uint64_t n = end - begin;
  if (m == n) {
    if (known) return {};
    TRY(root, nodes.range(begin, end));
    out.push_back(root);
    return {};
  }
  const std::uint64_t k = std::bit_ceil(n) / 2;  // the largest power of two below n
  if (m <= k) {
    ENSURE(subproof(nodes, m, begin, begin + k, known, out));
    TRY(right, nodes.range(begin + k, end));
    out.push_back(right);
  } else {
    ENSURE(subproof(nodes, m - k, begin + k, end, false, out));
    TRY(left, nodes.range(begin, begin + k));
    out.push_back(left);
  }
  return {};
}

Result<void> check_published(TileStore& tiles, std::string_view log, std::uint64_t from, std::uint64_t to) {
  if (from > to) return fail(ErrorCode::invalid, "The range ends before it begins.");
  if (from == to) return {};
  // Widths are asked for exactly: an index beyond what is published is simply not there.
  TRY(last, tiles.read(log, {TileKind::entries, 0, (to - 1) / tile_width},
                       static_cast<unsigned>((to - 1) % tile_width + 1)));
  if (!last) return fail(ErrorCode::invalid, "The log does not have so many entries.");
  return {};
}

// Appends records of one bundle, [from, to) within it.
Result<void> read_bundle(TileStore& tiles, std::string_view log, std::uint64_t index, unsigned from,
                         unsigned to, std::vector<LogRecord>& out) {
  TRY(entries, tiles.read(log, {TileKind::entries, 0, index}, to));
  TRY(bodies, tiles.read(log, {TileKind::bodies, 0, index}, to));
  if (!entries || !bodies) return damaged("a bundle is missing");
  std::vector<ByteView> leaves;
  std::vector<BodyRecord> records;
  Hash256 chain;
  ENSURE(split_entries(*entries, to, leaves));
  ENSURE(split_bodies(*bodies, to, chain, records));
  for (unsigned i = from; i < to; ++i) {
    if (leaves[i].size() != tree_entry_size) return damaged("an entry has the wrong length");
    LogRecord record;
    record.index = index * tile_width + i;
    record.id = records[i].id;
    record.sequenced_at = Instant::from_micros(static_cast<std::int64_t>(records[i].sequenced_at));
    std::copy(leaves[i].begin(), leaves[i].end(), record.entry.begin());
    record.sealed.assign(records[i].sealed.begin(), records[i].sealed.end());
    out.push_back(std::move(record));
  }
  return {};
}

}  // namespace

Result<std::vector<Hash256>> inclusion_proof(TileStore& tiles, std::string_view log, std::uint64_t index,
                                             std::uint64_t size) {
  if (index >= size) return fail(ErrorCode::invalid, "The index is not in a tree of that size.");
  Nodes nodes(tiles, log, size);
  std::vector<Hash256> proof;
  // From the root down to the leaf, then turned round: the leaf's sibling comes first.
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t split = begin + std::bit_ceil(end - begin) / 2;
    const bool is_left = index < split;
    TRY(sibling, is_left ? nodes.range(split, end) : nodes.range(begin, split));
    proof.push_back(sibling);
    (is_left ? end : begin) = split;
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<std::vector<Hash256>> consistency_proof(TileStore& tiles, std::string_view log,
                                               std::uint64_t from_size, std::uint64_t to_size) {
  if (from_size > to_size) return fail(ErrorCode::invalid, "The older size is the larger one.");
  std::vector<Hash256> proof;
  if (from_size == 0 || from_size == to_size) return proof;
  Nodes nodes(tiles, log, to_size);
  ENSURE(subproof(nodes, from_size, 0, to_size, true, proof));
  return proof;
}

Result<Hash256> root_at(TileStore& tiles, std::string_view log, std::uint64_t size) {
  if (size == 0) return empty_root();
  return Nodes(tiles, log, size).range(0, size);
}

Result<std::vector<LogRecord>> read_records(TileStore& tiles, std::string_view log, std::uint64_t from,
                                            std::uint64_t to) {
  ENSURE(check_published(tiles, log, from, to));
  std::vector<LogRecord> out;
  for (std::uint64_t index = from / tile_width; index * tile_width < to; ++index) {
    const std::uint64_t start = index * tile_width;
    ENSURE(read_bundle(tiles, log, index, static_cast<unsigned>(std::max(from, start) - start),
                       static_cast<unsigned>(std::min<std::uint64_t>(to - start, tile_width)), out));
  }
  return out;
}

Result<std::optional<LogRecord>> find_entry(TileStore& tiles, std::string_view log, const EntryId& id,
                                            std::uint64_t size) {
  for (std::uint64_t left = size; left > 0;) {
    const std::uint64_t index = (left - 1) / tile_width;
    const auto width = static_cast<unsigned>(left - index * tile_width);
    TRY(bundle, tiles.read(log, {TileKind::bodies, 0, index}, width));
    if (!bundle) return damaged("a bundle is missing");
    std::vector<BodyRecord> records;
    Hash256 chain;
    ENSURE(split_bodies(*bundle, width, chain, records));
    for (unsigned i = 0; i < width; ++i) {
      if (records[i].id != id) continue;
      std::vector<LogRecord> found;
      ENSURE(read_bundle(tiles, log, index, i, i + 1, found));
      return std::move(found[0]);
    }
    left = index * tile_width;
  }
  return std::nullopt;
}

}  // namespace sealbook::audit
