// RateLimiter holds each identity to an allowance per class of call: GCRA (ITU-T I.371, the leaky
// bucket as a clock), one number of state per identity and class.
//
// Time is the process's own (std::chrono::steady_clock), which nobody sets: the clock of the
// instance may be moved by hours either way without giving or taking anybody's allowance.
// Threads: any.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "api/endpoint/endpoint.hpp"
#include "base/id.hpp"

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
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t shard_count = 16;
  static constexpr std::size_t identities_per_shard = 20'000;
  static constexpr int longest_wait_s = 3600;

  explicit RateLimiter(RateLimits limits) : limits_(limits) {}
  // Counts one call; the seconds to wait when it is one too many (1 to longest_wait_s).
  std::optional<int> take(const AccountId& who, RateClass what, Clock::time_point now = Clock::now());

 private:
  using Arrivals = std::array<std::int64_t, rate_class_count>;  // microseconds of Clock
  // Over all bytes: addresses begin alike, and std::hash takes ids for random.
  struct Spread {
    std::size_t operator()(const AccountId& id) const;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<AccountId, Arrivals, Spread> arrival;
    std::int64_t swept = 0;
  };
  // Makes room for one more: those whose allowance is whole again first, else who has most of it.
  static void evict(Shard& shard, std::int64_t now);

  RateLimits limits_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace sealbook::api
