// RateLimiter holds each identity to an allowance per class of call: GCRA (ITU-T I.371, the leaky
// bucket as a clock), one number of state per identity and class. Threads: any.
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "api/endpoint/endpoint.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"

namespace sealbook::api {

inline constexpr std::size_t rate_class_count = 8;

struct Allowance {
  double per_second = 20;  // sustained
  double burst = 100;      // at once
};

struct RateLimits {
  std::array<Allowance, rate_class_count> by_class{};  // in the order of RateClass
  static RateLimits production();
  // For demo and tests: 500 at once and more, as CONTRACT asks.
  static RateLimits generous();
};

class RateLimiter {
 public:
  explicit RateLimiter(RateLimits limits) : limits_(limits) {}
  // Counts one call; the seconds to wait when it is one too many.
  std::optional<int> take(const AccountId& who, RateClass what, Instant now);

 private:
  struct Shard {
    std::mutex mutex;
    std::unordered_map<AccountId, std::array<std::int64_t, rate_class_count>> arrival;  // micros
  };
  static constexpr std::size_t shard_count = 16;
  static constexpr std::size_t identities_per_shard = 20'000;
  RateLimits limits_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace sealbook::api
