#include "domain/scheduling/busy.hpp"

#include <algorithm>
#include <array>

#include "domain/scheduling/planted.hpp"

namespace sealbook::scheduling {
namespace {

bool alive(const ExpiringEntry& hold, Instant now) {
  return planted(PlantedBug::hold_lives_at_its_expiry) ? now <= hold.expires : now < hold.expires;
}

// Calls take(lane) for the lane of each live claim that overlaps `span`.
template <class Take>
void each_overlapping(const ResourceBusy& busy, MinuteSpan span, Instant now, Take take) {
  // A claim that overlaps begins after span.starts - longest.
  auto entry = std::partition_point(busy.firm.begin(), busy.firm.end(), [&](const BusyEntry& e) {
    return e.starts <= span.starts - busy.longest;
  });
  for (; entry != busy.firm.end() && entry->starts < span.ends; ++entry)
    if (entry->span().overlaps(span)) take(entry->lane());
  for (const ExpiringEntry& hold : busy.holds)
    if (hold.busy.span().overlaps(span) && alive(hold, now)) take(hold.busy.lane());
}

std::array<bool, 256> taken_lanes(const ResourceBusy& busy, MinuteSpan span, Instant now) {
  std::array<bool, 256> taken{};
  each_overlapping(busy, span, now, [&](Lane lane) { taken[lane] = true; });
  return taken;
}

std::optional<Lane> first_free(const std::array<bool, 256>& taken, std::size_t from,
                               std::size_t to) {
  for (std::size_t lane = from; lane < to; ++lane)
    if (!taken[lane]) return static_cast<Lane>(lane);
  return std::nullopt;
}

}  // namespace

BusyEntry busy_entry(const Claim& claim) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 7; ++i) key = key << 8 | claim.id.raw()[i];
  const MinuteSpan span = covering(claim.when);
  return {span.starts, span.ends, key << 8 | claim.lane};
}

void BusyLists::derive() {
  longest = 0;
  solid.clear();
  for (const BusyEntry& entry : firm) {
    longest = std::max(longest, entry.ends - entry.starts);
    if (entry.lane() != 0 && !planted(PlantedBug::overbooking_takes_capacity)) continue;
    if (!solid.empty() && entry.starts <= solid.back().ends)
      solid.back().ends = std::max(solid.back().ends, entry.ends);
    else solid.push_back(entry.span());
  }
}

BusyRows::BusyRows(std::span<const Claim> claims) {
  for (const Claim& claim : claims) {
    BusyLists& lists = lists_[claim.resource];
    if (claim.expires) lists.holds.push_back({busy_entry(claim), *claim.expires});
    else lists.firm.push_back(busy_entry(claim));
  }
  for (auto& [resource, lists] : lists_) {
    std::ranges::sort(lists.firm, {}, &BusyEntry::starts);
    std::ranges::sort(lists.holds, {}, [](const ExpiringEntry& hold) { return hold.busy.starts; });
    lists.derive();
  }
}

ResourceBusy BusyRows::of(const ResourceId& resource) const {
  const auto found = lists_.find(resource);
  return found == lists_.end() ? ResourceBusy{} : found->second.view();
}

bool lane_free(const ResourceBusy& busy, Lane lane, MinuteSpan span, Instant now) {
  return !taken_lanes(busy, span, now)[lane];
}

std::optional<Lane> free_lane(const ResourceBusy& busy, std::uint8_t lanes, MinuteSpan span,
                              Instant now) {
  return first_free(taken_lanes(busy, span, now), 0, lanes);
}

std::optional<Lane> overbooking_lane(const ResourceBusy& busy, std::uint8_t lanes, MinuteSpan span,
                                     Instant now) {
  return first_free(taken_lanes(busy, span, now), lanes, 256);
}

}  // namespace sealbook::scheduling
