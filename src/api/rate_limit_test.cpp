#include "api/rate_limit.hpp"

#include <gtest/gtest.h>

namespace sealbook::api {
namespace {

using Time = RateLimiter::Clock::time_point;
using std::chrono::seconds;

AccountId somebody(std::uint64_t number) {
  RawId raw{};
  // As an address of IPv4 mapped into IPv6: what differs stands at the end.
  raw[10] = raw[11] = 0xFF;
  for (std::size_t i = 0; i < 4; ++i) raw[12 + i] = static_cast<std::uint8_t>(number >> (8 * i));
  return AccountId::from_raw(raw);
}

RateLimits five_at_once() {
  RateLimits limits;
  limits.by_class.fill({1, 5});
  return limits;
}

int answered(RateLimiter& limiter, const AccountId& who, Time now, int calls) {
  int count = 0;
  for (int i = 0; i < calls; ++i)
    if (!limiter.take(who, RateClass::search, now)) ++count;
  return count;
}

TEST(RateLimiter, answers_the_burst_and_then_one_by_one) {
  RateLimiter limiter(five_at_once());
  const Time start(seconds(1000));
  EXPECT_EQ(answered(limiter, somebody(1), start, 20), 5);
  EXPECT_EQ(limiter.take(somebody(1), RateClass::search, start), 2);
  EXPECT_EQ(answered(limiter, somebody(1), start + seconds(2), 20), 2);
}

TEST(RateLimiter, never_asks_for_a_wait_below_one_or_above_an_hour) {
  RateLimits limits;
  limits.by_class.fill({1e-9, 1});
  RateLimiter limiter(limits);
  EXPECT_FALSE(limiter.take(somebody(1), RateClass::search, Time(seconds(1))));
  EXPECT_EQ(limiter.take(somebody(1), RateClass::search, Time(seconds(1))),
            RateLimiter::longest_wait_s);
}

// One identity that is over its allowance, and then more strangers than are remembered.
TEST(RateLimiter, a_flood_of_addresses_gives_nobody_a_new_allowance) {
  RateLimiter limiter(five_at_once());
  const Time start(seconds(1000));
  EXPECT_EQ(answered(limiter, somebody(0), start, 20), 5);
  constexpr auto all = RateLimiter::shard_count * RateLimiter::identities_per_shard;
  for (std::uint64_t i = 1; i <= all + all / 8; ++i)
    limiter.take(somebody(i), RateClass::search, start);
  EXPECT_EQ(answered(limiter, somebody(0), start, 20), 0);
}

// Spread over the shards: as many as one shard holds do not displace one another.
TEST(RateLimiter, remembers_as_many_addresses_of_one_family_as_it_has_room_for) {
  RateLimiter limiter(five_at_once());
  const Time start(seconds(1000));
  constexpr std::uint64_t many = 4 * RateLimiter::identities_per_shard;
  for (std::uint64_t i = 0; i < many; ++i) answered(limiter, somebody(i), start, 5);
  int forgotten = 0;
  for (std::uint64_t i = 0; i < many; i += 97)
    forgotten += limiter.take(somebody(i), RateClass::search, start) ? 0 : 1;
  EXPECT_EQ(forgotten, 0);
}

}  // namespace
}  // namespace sealbook::api
