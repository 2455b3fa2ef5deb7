// LogCheck reads one log from its first entry to its last and holds every file against what was
// signed: bundles, tiles of all levels, the chain over bodies, and each earlier published root.
//
// Threads: one. Lifetime: one log; the view outlives it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "security/audit/bundle.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/log_tail.hpp"
#include "security/audit/merkle.hpp"
#include "security/audit/verify.hpp"

namespace sealbook::audit {

// A size at which the log's root is known from a signature; `bodies` only from the log of logs.
struct KnownRoot {
  std::uint64_t size = 0;
  Hash256 root{};
  std::optional<Hash256> bodies;
  std::string source;  // what a finding says about it
};

class LogCheck {
 public:
  using OnFile = std::function<void(const std::string& name, std::size_t bytes)>;
  using OnEntry = std::function<Result<void>(ByteView entry)>;
  using OnBundle = std::function<void(std::uint64_t entries_done)>;

  LogCheck(JournalView& view, std::string log, LogTail::Bodies bodies);
  OnFile on_file;      // each file that the log consists of, once
  OnEntry on_entry;    // may refuse an entry
  OnBundle on_bundle;

  // `known` ascends by size and ends with the log's present size. Answers the first thing wrong.
  std::optional<Finding> run(const std::vector<KnownRoot>& known);

 private:
  std::optional<Finding> bundle(std::uint64_t index, unsigned width);
  std::optional<Finding> entries(const std::string& name, std::uint64_t index, unsigned width);
  std::optional<Finding> bodies(const std::string& name, std::uint64_t index, unsigned width);
  std::optional<Finding> advance(std::uint64_t index, unsigned width, const std::vector<KnownRoot>& known);
  std::optional<Finding> close_tile(std::size_t level);
  std::optional<Finding> read(const std::string& name, Bytes& out, std::uint64_t first, std::uint64_t last);
  Finding finding(const std::string& path, std::uint64_t first, std::uint64_t last, std::string what) const;
  std::string name_of(const TileKey& key, unsigned width) const;

  struct Level {
    std::vector<Hash256> hashes;  // of the tile that is being filled
    std::uint64_t index = 0;
  };

  JournalView& view_;
  std::string log_;
  LogTail::Bodies bodies_;
  std::uint64_t size_ = 0;
  std::uint64_t proven_ = 0;  // the largest known size that was reached and agreed
  CompactRange range_;  // of the bundles before
  std::vector<Level> levels_;
  Hash256 chain_{};
  std::uint64_t last_time_ = 0;
  std::size_t next_known_ = 0;
  // Reused from bundle to bundle.
  Bytes entry_bytes_, body_bytes_, tile_bytes_;
  std::vector<ByteView> entry_views_;
  std::vector<BodyRecord> records_;
  std::vector<Hash256> leaves_;
  Hash256 bundle_root_{};
};

}  // namespace sealbook::audit
