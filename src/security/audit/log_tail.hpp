// LogTail is the right edge of one log in memory: what is needed to append and to publish.
//
// A tail is loaded at a published size, appended to, and asked for the tiles that the appending
// filled or changed. It signs nothing and stores nothing. Threads: belongs to the sequencer's.
#pragma once

#include <string>
#include <vector>

#include "security/audit/bundle.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/merkle.hpp"
#include "security/audit/tile_store.hpp"

namespace sealbook::audit {

class LogTail {
 public:
  enum class Bodies : std::uint8_t { none, beside };  // the log of logs has none

  LogTail(std::string log, Bodies bodies);

  // Reads the edge of the tree of that size. Fails with integrity when the tiles, the entries and
  // the root do not agree.
  Result<void> load(TileStore& tiles, std::uint64_t size, const Hash256& root);

  void append(ByteView entry);                            // Bodies::none
  void append(ByteView entry, const BodyRecord& body);    // Bodies::beside; times must not decrease
  // Moves the tiles that are new or wider than at the last call (or load) to `out`.
  void take_tiles(std::vector<TileWrite>& out);

  const std::string& log() const { return log_; }
  std::uint64_t size() const { return range_.size(); }
  Hash256 root() const { return range_.root(); }
  const Hash256& chain() const { return chain_; }
  std::uint64_t last_time() const { return last_time_; }  // of the last body, 0 when there is none
  // The last entry of the edge's bundle, empty when there is none (or it was not loaded).
  const Bytes& last_entry() const { return last_entry_; }

 private:
  Result<void> load_hashes(TileStore& tiles, std::uint64_t size);
  Result<void> load_entries(TileStore& tiles, std::uint64_t size);
  Result<void> load_bodies(TileStore& tiles, std::uint64_t size);
  void push_hash(std::size_t level, const Hash256& hash);
  void add_leaf(ByteView entry);
  void emit(TileKind kind, std::uint8_t level, std::uint64_t index, unsigned width, Bytes bytes);

  struct Level {
    std::vector<Hash256> hashes;  // of the partial tile
    std::uint64_t index = 0;      // of that tile
    std::size_t taken = 0;        // its width when it was last taken or loaded
  };

  std::string log_;
  Bodies bodies_;
  CompactRange range_;
  std::vector<Level> levels_;
  Bytes entry_bundle_;
  Bytes body_bundle_;
  Hash256 chain_{};
  std::uint64_t last_time_ = 0;
  Bytes last_entry_;
  std::vector<TileWrite> full_;  // filled since the last take_tiles
};

}  // namespace sealbook::audit
