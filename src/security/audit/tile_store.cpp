#include "security/audit/tile_store.hpp"

#include <algorithm>
#include <charconv>

#include "base/assert.hpp"

namespace sealbook::audit {
namespace {

constexpr unsigned max_level = 7;  // 256^8 entries are more than an index can count

// "x001/x234/067" for 1234067.
std::string encode_index(std::uint64_t index) {
  const auto three = [](std::uint64_t n) {
    std::string out = std::to_string(n);
    return std::string(3 - out.size(), '0') + out;
  };
  std::string out = three(index % 1000);
  while ((index /= 1000) > 0) out = "x" + three(index % 1000) + "/" + out;
  return out;
}

bool three_digits(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A decimal without leading zeros, at most `max`.
std::optional<unsigned> parse_small(std::string_view text, unsigned max) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value > max || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  return value;
}

std::string_view next_part(std::string_view& path) {
  const auto slash = path.find('/');
  const std::string_view part = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  return part;
}

}  // namespace

std::string tile_path(const TileKey& key, unsigned width) {
  ASSERT(width >= 1 && width <= tile_width && key.level <= max_level);
  std::string out;
  switch (key.kind) {
    case TileKind::hashes: out = "tile/" + std::to_string(key.level) + "/"; break;
    case TileKind::entries: out = "tile/entries/"; break;
    case TileKind::bodies: out = "bodies/"; break;
  }
  out += encode_index(key.index);
  if (width != tile_width) out += ".p/" + std::to_string(width);
  return out;
}

namespace {

std::optional<TilePath> read_tile_path(std::string_view path) {
  TilePath out;
  std::string_view part = next_part(path);
  if (part == "bodies") {
    out.key.kind = TileKind::bodies;
  } else if (part == "tile") {
    part = next_part(path);
    if (part == "entries") {
      out.key.kind = TileKind::entries;
    } else {
      const auto level = parse_small(part, max_level);
      if (!level) return std::nullopt;
      out.key.level = static_cast<std::uint8_t>(*level);
    }
  } else {
    return std::nullopt;
  }
  for (unsigned groups = 0; groups < 6; ++groups) {
    part = next_part(path);
    const bool is_last = !part.starts_with('x');
    if (!is_last) part.remove_prefix(1);
    const bool is_partial = is_last && part.ends_with(".p");
    if (is_partial) part.remove_suffix(2);
    if (!three_digits(part)) return std::nullopt;
    out.key.index = out.key.index * 1000 +
                    static_cast<std::uint64_t>((part[0] - '0') * 100 + (part[1] - '0') * 10 + (part[2] - '0'));
    if (!is_last) continue;
    if (is_partial) {
      const auto width = parse_small(path, tile_width - 1);
      if (!width || *width == 0) return std::nullopt;
      out.width = *width;
      return out;
    }
    return path.empty() ? std::optional(out) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<TilePath> parse_tile_path(std::string_view path) {
  auto tile = read_tile_path(path);
  if (tile && tile_path(tile->key, tile->width) != path) tile.reset();  // one spelling per tile
  return tile;
}

unsigned tile_width_at(const TileKey& key, std::uint64_t tree_size) {
  const std::uint64_t nodes = tree_size >> (8 * key.level);
  const std::uint64_t before = key.index * tile_width;
  if (key.index > (nodes / tile_width) || nodes <= before) return 0;
  return static_cast<unsigned>(std::min<std::uint64_t>(tile_width, nodes - before));
}

}  // namespace sealbook::audit
