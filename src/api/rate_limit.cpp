#include "api/rate_limit.hpp"

#include <algorithm>
#include <bit>

#include "base/random.hpp"

namespace sealbook::api {

RateLimits RateLimits::production() {
  RateLimits limits;
  const auto set = [&](RateClass what, Allowance allowance) {
    limits.by_class[static_cast<std::size_t>(what)] = allowance;
  };
  set(RateClass::interactive, {20, 200});
  set(RateClass::search, {20, 200});
  set(RateClass::booking, {5, 60});
  set(RateClass::directory, {10, 200});
  set(RateClass::audit, {20, 200});
  set(RateClass::admin, {2, 20});
  set(RateClass::sign_in, {0.2, 10});
  set(RateClass::public_page, {20, 100});
  return limits;
}

RateLimits RateLimits::generous() {
  RateLimits limits;
  limits.by_class.fill({50'000, 100'000});
  return limits;
}

std::size_t RateLimiter::Spread::operator()(const AccountId& id) const {
  static const auto seed = std::bit_cast<std::uint64_t>(random_array<8>());
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(id.raw());
  std::uint64_t hash = seed;
  for (const std::uint64_t half : halves) {
    hash = (hash ^ half) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

void RateLimiter::evict(Shard& shard, std::int64_t now) {
  constexpr std::int64_t between_sweeps = 1'000'000;
  const auto busy_until = [](const auto& entry) { return std::ranges::max(entry.second); };
  if (now - shard.swept >= between_sweeps) {
    shard.swept = now;
    std::erase_if(shard.arrival, [&](const auto& entry) { return busy_until(entry) <= now; });
    if (shard.arrival.size() < identities_per_shard) return;
  }
  // Of a few, the one with the most allowance left: who is over it stays so, whoever else comes.
  constexpr int looked_at = 32;
  auto least = shard.arrival.begin();
  auto each = least;
  for (int i = 0; i < looked_at && each != shard.arrival.end(); ++i, ++each)
    if (busy_until(*each) < busy_until(*least)) least = each;
  shard.arrival.erase(least);
}

std::optional<int> RateLimiter::take(const AccountId& who, RateClass what, Clock::time_point at) {
  const Allowance& allowance = limits_.by_class[static_cast<std::size_t>(what)];
  const double interval = 1e6 / allowance.per_second;
  const auto tolerance = static_cast<std::int64_t>(interval * (allowance.burst - 1));
  const std::int64_t now =
      std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
  Shard& shard = shards_[(Spread()(who) >> 32) % shard_count];
  const std::lock_guard lock(shard.mutex);
  if (shard.arrival.size() >= identities_per_shard && !shard.arrival.contains(who))
    evict(shard, now);
  std::int64_t& theoretical = shard.arrival[who][static_cast<std::size_t>(what)];
  const std::int64_t arrival = std::max(theoretical, now);
  if (const std::int64_t early = arrival - now - tolerance; early > 0)
    return static_cast<int>(std::min<std::int64_t>(early / 1'000'000 + 1, longest_wait_s));
  theoretical = arrival + static_cast<std::int64_t>(interval);
  return std::nullopt;
}

}  // namespace sealbook::api
