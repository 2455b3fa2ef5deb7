// BusyView answers what is taken; the engine neither knows nor cares whether it reads the index in
// memory (listing) or rows inside the transaction (commit).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "domain/scheduling/minutes.hpp"

namespace sealbook::scheduling {

using Lane = std::uint8_t;

// 16 bytes. `key` is the first seven bytes of the claim's id (big-endian) above its lane.
struct BusyEntry {
  UtcMinute starts;
  UtcMinute ends;
  std::uint64_t key;
  constexpr Lane lane() const { return static_cast<Lane>(key & 0xff); }
  constexpr MinuteSpan span() const { return {starts, ends}; }
  constexpr bool operator==(const BusyEntry&) const = default;
};
// A hold or a pending request: no longer busy once now >= expires.
struct ExpiringEntry {
  BusyEntry busy;
  Instant expires;
};

// What is known of one resource. Spans stay valid while `keep` lives.
struct ResourceBusy {
  // The firm entries of lane 0, touching ones made one: all that matters for a resource with one
  // lane. A full day is one span here, so a search passes it in one step.
  std::span<const MinuteSpan> solid;     // sorted, disjoint, not touching
  std::span<const BusyEntry> firm;       // sorted by start
  std::span<const ExpiringEntry> holds;  // sorted by start
  UtcMinute longest = 0;                 // no firm entry is longer
  std::shared_ptr<const void> keep;
};

class BusyView {
 public:
  virtual ~BusyView() = default;
  virtual ResourceBusy of(const ResourceId& resource) const = 0;
};

// A claim as a row has it. Claims never change: a change is another claim with another id.
struct Claim {
  ClaimId id;
  ResourceId resource;
  Lane lane = 0;
  Interval when;                   // buffers included
  std::optional<Instant> expires;  // only holds and pending requests have one
};
BusyEntry busy_entry(const Claim& claim);

// The lists behind a ResourceBusy.
struct BusyLists {
  std::vector<BusyEntry> firm;
  std::vector<ExpiringEntry> holds;
  std::vector<MinuteSpan> solid;
  UtcMinute longest = 0;

  // Brings what is derived in line with `firm`, which must be sorted by start.
  void derive();
  ResourceBusy view(std::shared_ptr<const void> keep = nullptr) const {
    return {solid, firm, holds, longest, std::move(keep)};
  }
};

// The claims of a few resources, as read in a transaction. Owns them; immutable, so shareable.
class BusyRows final : public BusyView {
 public:
  explicit BusyRows(std::span<const Claim> claims);
  ResourceBusy of(const ResourceId& resource) const override;

 private:
  std::unordered_map<ResourceId, BusyLists> lists_;
};

// True when a claim over `span` fits into that lane.
bool lane_free(const ResourceBusy& busy, Lane lane, MinuteSpan span, Instant now);
// The lowest free lane below `lanes`, if any: ordinary capacity.
std::optional<Lane> free_lane(const ResourceBusy& busy, std::uint8_t lanes, MinuteSpan span,
                              Instant now);
// The lowest free lane at or above `lanes`: an overbooking (DECISIONS 2). None when all 256 are
// taken.
std::optional<Lane> overbooking_lane(const ResourceBusy& busy, std::uint8_t lanes, MinuteSpan span,
                                     Instant now);

}  // namespace sealbook::scheduling
