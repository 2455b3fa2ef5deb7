// BusyIndex holds in memory what is taken, per resource, for one node.
//
// Sorted intervals decide what is listed; rows decide at commit (DECISIONS 7). add() and remove()
// are idempotent and commute by claim id: a removal leaves a tombstone for a bounded time, so a
// removal that arrives before its addition wins, as does one that is followed by a late duplicate.
// Threads: any number of readers and writers. A reader takes a shard's lock for the time of a
// look-up and a reference count, then reads an immutable list; a writer replaces the list of one
// resource. One index per node; ids of different tenants do not collide.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <shared_mutex>
#include <unordered_map>

#include "domain/scheduling/busy.hpp"

namespace sealbook::scheduling {

class BusyIndex final : public BusyView {
 public:
  struct Options {
    // How long a removal is remembered: longer than any change can lag behind another.
    Micros tombstone_life = std::chrono::minutes(15);
  };
  BusyIndex();  // default options
  explicit BusyIndex(Options options);
  ~BusyIndex() override;
  BusyIndex(const BusyIndex&) = delete;
  BusyIndex& operator=(const BusyIndex&) = delete;

  // Many claims at once, any order: at start. Faster than add() by far.
  void load(std::span<const Claim> claims, Instant now);
  void add(const Claim& claim, Instant now);
  // Needs no more than the id and the resource.
  void remove(const ClaimId& claim, const ResourceId& resource, Instant now);

  ResourceBusy of(const ResourceId& resource) const override;

  // Drops what ended before `before`, holds that expired before `now`, and old tombstones.
  // Returns how many claims went. Run it now and then.
  std::size_t prune(Instant before, Instant now);

  struct Size {
    std::size_t resources = 0, claims = 0, holds = 0, tombstones = 0;
    std::size_t bytes = 0;  // lists and tables, without the allocator's own overhead
  };
  Size size() const;

 private:
  struct Shard;
  static constexpr std::size_t shard_count = 64;
  Shard& shard_of(const ResourceId& resource) const;
  Options options_;
  std::unique_ptr<Shard[]> shards_;
};

}  // namespace sealbook::scheduling
