#include "api/rate_limit.hpp"

#include <algorithm>

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

std::optional<int> RateLimiter::take(const AccountId& who, RateClass what, Instant now) {
  const Allowance& allowance = limits_.by_class[static_cast<std::size_t>(what)];
  const double interval = 1e6 / allowance.per_second;
  const auto tolerance = static_cast<std::int64_t>(interval * (allowance.burst - 1));
  Shard& shard = shards_[who.raw()[0] % shard_count];
  const std::lock_guard lock(shard.mutex);
  if (shard.arrival.size() >= identities_per_shard && !shard.arrival.contains(who))
    shard.arrival.erase(shard.arrival.begin());
  std::int64_t& theoretical = shard.arrival[who][static_cast<std::size_t>(what)];
  const std::int64_t at = std::max(theoretical, now.micros());
  if (at - now.micros() > tolerance)
    return static_cast<int>((at - now.micros() - tolerance) / 1'000'000 + 1);
  theoretical = at + static_cast<std::int64_t>(interval);
  return std::nullopt;
}

}  // namespace sealbook::api
