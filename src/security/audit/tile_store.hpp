// TileStore keeps what a log consists of: hash tiles, entry bundles, body bundles, checkpoints.
//
// A publication has two steps, so that nothing is signed before it is durable: stage() makes tiles
// durable without showing them; publish() shows them together with the checkpoints that cover them,
// as one step that a crash cannot split. Until then readers see the state before, whole.
// Layout and recovery: docs/formats/audit-log.md. Threads: stage and publish from one thread (the
// sequencer's); read and checkpoint from any.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace sealbook::audit {

inline constexpr unsigned tile_width = 256;

enum class TileKind : std::uint8_t { hashes, entries, bodies };

// Which tile: for hashes level 0..7, for bundles level 0. `index` counts full tiles before it.
struct TileKey {
  TileKind kind = TileKind::hashes;
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const TileKey&) const = default;
};

// "tile/0/x001/067", "tile/entries/000.p/5", "bodies/000": the path below a log (c2sp.org/tlog-tiles).
std::string tile_path(const TileKey& key, unsigned width);
struct TilePath {
  TileKey key;
  unsigned width = tile_width;
  bool operator==(const TilePath&) const = default;
};
std::optional<TilePath> parse_tile_path(std::string_view path);

// The width, 0..256, that the tile has in a tree of that size.
unsigned tile_width_at(const TileKey& key, std::uint64_t tree_size);

struct TileWrite {
  std::string log;
  TileKey key;
  unsigned width = 0;  // 1..256
  Bytes bytes;
};

struct CheckpointWrite {
  std::string log;
  std::string text;
};

// The name of the log of logs; no tenant can have it.
inline constexpr std::string_view logs_log = "logs";

class TileStore {
 public:
  virtual ~TileStore() = default;

  // The tile at that width or wider (the caller takes its prefix); nothing when there is none.
  virtual Result<std::optional<Bytes>> read(std::string_view log, const TileKey& key, unsigned width) = 0;
  virtual Result<std::optional<std::string>> checkpoint(std::string_view log) = 0;

  // Finishes or drops what a crash left half published. Called once, before anything else is.
  virtual Result<void> recover() = 0;
  virtual Result<void> stage(std::span<const TileWrite> tiles) = 0;
  // `checkpoints` end with that of the log of logs. Narrower forms of the staged tiles go.
  virtual Result<void> publish(std::span<const CheckpointWrite> checkpoints) = 0;
  // Forgets what was staged and not published.
  virtual Result<void> discard() = 0;
};

}  // namespace sealbook::audit
