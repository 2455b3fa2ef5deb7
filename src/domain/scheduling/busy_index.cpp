#include "domain/scheduling/busy_index.hpp"

#include <algorithm>
#include <mutex>

namespace sealbook::scheduling {

struct BusyIndex::Shard {
  std::mutex writing;              // held for the whole of a change
  mutable std::shared_mutex swap;  // held alone only while a pointer is put in place
  // Never changed once readers can see them.
  std::unordered_map<ResourceId, std::shared_ptr<const BusyLists>> lists;
  // Guarded by `writing`. Claim → when it may be forgotten; the queue is in order of that.
  std::unordered_map<ClaimId, Instant> tombstones;
  std::deque<std::pair<Instant, ClaimId>> forget;

  std::shared_ptr<const BusyLists> find(const ResourceId& resource) const {
    const std::shared_lock lock(swap);
    const auto found = lists.find(resource);
    return found == lists.end() ? nullptr : found->second;
  }
  // `fresh` leaves with the old list in it, which the caller frees outside the lock.
  void put(const ResourceId& resource, std::shared_ptr<const BusyLists>& fresh) {
    const std::unique_lock lock(swap);
    if (fresh->firm.empty() && fresh->holds.empty()) lists.erase(resource);
    else lists[resource].swap(fresh);
  }
  void forget_old(Instant now) {
    while (!forget.empty() && forget.front().first <= now) {
      tombstones.erase(forget.front().second);
      forget.pop_front();
    }
  }
};

namespace {

constexpr std::uint64_t claim_of(std::uint64_t key) { return key >> 8; }

bool same_claim(const BusyEntry& a, const BusyEntry& b) {
  return claim_of(a.key) == claim_of(b.key);
}

void sort_firm(std::vector<BusyEntry>& firm) {
  std::ranges::sort(firm, [](const BusyEntry& a, const BusyEntry& b) {
    return std::tie(a.starts, a.key) < std::tie(b.starts, b.key);
  });
}

bool before(const ExpiringEntry& a, const ExpiringEntry& b) {
  return a.busy.starts < b.busy.starts;
}

}  // namespace

BusyIndex::BusyIndex() : BusyIndex(Options{}) {}
BusyIndex::BusyIndex(Options options) : options_(options), shards_(new Shard[shard_count]) {}
BusyIndex::~BusyIndex() = default;

BusyIndex::Shard& BusyIndex::shard_of(const ResourceId& resource) const {
  return shards_[resource.raw()[15] % shard_count];
}

ResourceBusy BusyIndex::of(const ResourceId& resource) const {
  auto lists = shard_of(resource).find(resource);
  if (!lists) return {};
  const BusyLists& all = *lists;
  return all.view(std::move(lists));
}

void BusyIndex::add(const Claim& claim, Instant now) {
  Shard& shard = shard_of(claim.resource);
  std::shared_ptr<const BusyLists> replaced;
  const std::scoped_lock lock(shard.writing);
  shard.forget_old(now);
  if (shard.tombstones.contains(claim.id)) return;
  const auto old = shard.find(claim.resource);
  const BusyEntry entry = busy_entry(claim);
  auto fresh = std::make_shared<BusyLists>();
  if (old) {
    // A claim never changes, so a duplicate stands among the entries with its start.
    const auto same = std::ranges::equal_range(old->firm, entry.starts, {}, &BusyEntry::starts);
    if (std::ranges::any_of(same, [&](const BusyEntry& e) { return same_claim(e, entry); })) return;
    if (std::ranges::any_of(old->holds,
                            [&](const auto& hold) { return same_claim(hold.busy, entry); }))
      return;
    fresh->firm.reserve(old->firm.size() + (claim.expires ? 0 : 1));
    fresh->holds = old->holds;
    fresh->solid.reserve(old->solid.size() + 1);
  }
  const std::span<const BusyEntry> before_it =
      old ? std::span(old->firm) : std::span<const BusyEntry>();
  if (claim.expires) {
    fresh->firm.assign(before_it.begin(), before_it.end());
    const ExpiringEntry hold{entry, *claim.expires};
    fresh->holds.insert(std::ranges::upper_bound(fresh->holds, hold, before), hold);
  } else {
    const auto place = std::ranges::upper_bound(before_it, entry.starts, {}, &BusyEntry::starts);
    fresh->firm.insert(fresh->firm.end(), before_it.begin(), place);
    fresh->firm.push_back(entry);
    fresh->firm.insert(fresh->firm.end(), place, before_it.end());
  }
  fresh->derive();
  replaced = std::move(fresh);
  shard.put(claim.resource, replaced);
}

void BusyIndex::remove(const ClaimId& claim, const ResourceId& resource, Instant now) {
  Shard& shard = shard_of(resource);
  std::shared_ptr<const BusyLists> replaced;
  const std::scoped_lock lock(shard.writing);
  shard.forget_old(now);
  const Instant until = now + options_.tombstone_life;
  if (shard.tombstones.emplace(claim, until).second) shard.forget.emplace_back(until, claim);
  const auto old = shard.find(resource);
  if (!old) return;
  const BusyEntry gone = busy_entry({claim, resource, 0, {}, {}});
  const auto matches = [&](const BusyEntry& entry) { return same_claim(entry, gone); };
  const auto firm = std::ranges::find_if(old->firm, matches);
  const auto hold = std::ranges::find_if(old->holds, matches, &ExpiringEntry::busy);
  if (firm == old->firm.end() && hold == old->holds.end()) return;
  auto fresh = std::make_shared<BusyLists>();
  fresh->firm.reserve(old->firm.size());
  fresh->solid.reserve(old->solid.size() + 1);
  fresh->firm.insert(fresh->firm.end(), old->firm.begin(), firm);
  if (firm != old->firm.end()) fresh->firm.insert(fresh->firm.end(), firm + 1, old->firm.end());
  fresh->holds.insert(fresh->holds.end(), old->holds.begin(), hold);
  if (hold != old->holds.end()) fresh->holds.insert(fresh->holds.end(), hold + 1, old->holds.end());
  fresh->derive();
  replaced = std::move(fresh);
  shard.put(resource, replaced);
}

void BusyIndex::load(std::span<const Claim> claims, Instant now) {
  // Grouped by counting, so that each list is allocated once and to size.
  std::unordered_map<ResourceId, std::vector<const Claim*>> groups;
  for (const Claim& claim : claims) groups[claim.resource].push_back(&claim);
  for (auto& [resource, group] : groups) {
    Shard& shard = shard_of(resource);
    std::shared_ptr<const BusyLists> replaced;
    const std::scoped_lock lock(shard.writing);
    shard.forget_old(now);
    const auto old = shard.find(resource);
    auto fresh = std::make_shared<BusyLists>();
    if (old) *fresh = *old;
    fresh->firm.reserve(fresh->firm.size() + group.size());
    for (const Claim* claim : group) {
      if (shard.tombstones.contains(claim->id)) continue;
      if (claim->expires) fresh->holds.push_back({busy_entry(*claim), *claim->expires});
      else fresh->firm.push_back(busy_entry(*claim));
    }
    sort_firm(fresh->firm);
    const auto twice = std::ranges::unique(fresh->firm, same_claim);
    fresh->firm.erase(twice.begin(), twice.end());
    std::ranges::sort(fresh->holds, [](const auto& a, const auto& b) {
      return std::tie(a.busy.starts, a.busy.key) < std::tie(b.busy.starts, b.busy.key);
    });
    const auto held_twice = std::ranges::unique(fresh->holds, same_claim, &ExpiringEntry::busy);
    fresh->holds.erase(held_twice.begin(), held_twice.end());
    fresh->derive();
    fresh->solid.shrink_to_fit();
    replaced = std::move(fresh);
    shard.put(resource, replaced);
    group = {};
  }
}

std::size_t BusyIndex::prune(Instant ended_before, Instant now) {
  const UtcMinute minute = floor_minute(ended_before);
  std::size_t dropped = 0;
  for (std::size_t s = 0; s < shard_count; ++s) {
    Shard& shard = shards_[s];
    const std::scoped_lock lock(shard.writing);
    shard.forget_old(now);
    std::vector<ResourceId> resources;
    for (const auto& [resource, lists] : shard.lists)
      resources.push_back(resource);  // writers are held off
    for (const ResourceId& resource : resources) {
      const auto old = shard.find(resource);
      auto fresh = std::make_shared<BusyLists>();
      std::ranges::copy_if(old->firm, std::back_inserter(fresh->firm),
                           [&](const BusyEntry& e) { return e.ends > minute; });
      std::ranges::copy_if(
          old->holds, std::back_inserter(fresh->holds),
          [&](const ExpiringEntry& hold) { return hold.expires > now && hold.busy.ends > minute; });
      const std::size_t gone =
          old->firm.size() + old->holds.size() - fresh->firm.size() - fresh->holds.size();
      if (gone == 0) continue;
      dropped += gone;
      fresh->firm.shrink_to_fit();
      fresh->derive();
      fresh->solid.shrink_to_fit();
      std::shared_ptr<const BusyLists> replaced = std::move(fresh);
      shard.put(resource, replaced);
    }
  }
  return dropped;
}

BusyIndex::Size BusyIndex::size() const {
  Size size;
  for (std::size_t s = 0; s < shard_count; ++s) {
    Shard& shard = shards_[s];
    const std::scoped_lock lock(shard.writing);
    size.tombstones += shard.tombstones.size();
    size.bytes += shard.lists.bucket_count() * sizeof(void*) + shard.tombstones.size() * 72;
    for (const auto& [resource, lists] : shard.lists) {
      ++size.resources;
      size.claims += lists->firm.size();
      size.holds += lists->holds.size();
      size.bytes += sizeof(BusyLists) + 16 +
                    sizeof(std::pair<const ResourceId, std::shared_ptr<const BusyLists>>) + 16 +
                    lists->firm.capacity() * sizeof(BusyEntry) +
                    lists->solid.capacity() * sizeof(MinuteSpan) +
                    lists->holds.capacity() * sizeof(ExpiringEntry);
    }
  }
  return size;
}

}  // namespace sealbook::scheduling
