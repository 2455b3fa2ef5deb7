#include "app/booking/live_holds.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace sealbook::app {
namespace {

TEST(LiveHolds, an_account_has_so_many_at_once_and_gets_them_back) {
  LiveHolds holds;
  const auto one = new_id<AccountId>(), other = new_id<AccountId>();
  const auto first = new_id<HoldId>(), second = new_id<HoldId>(), third = new_id<HoldId>();
  const Instant now = Instant::from_micros(1'000'000'000);
  const Instant end = now + std::chrono::minutes(5);
  EXPECT_TRUE(holds.add(one, first, end, now, 2));
  EXPECT_TRUE(holds.add(one, second, end, now, 2));
  EXPECT_TRUE(holds.add(one, second, end, now, 2)) << "tried again, the same hold";
  EXPECT_FALSE(holds.add(one, third, end, now, 2));
  EXPECT_TRUE(holds.add(other, third, end, now, 2)) << "somebody else has their own";
  holds.remove(one, first);
  EXPECT_TRUE(holds.add(one, first, end, now, 2));
  EXPECT_FALSE(holds.add(one, new_id<HoldId>(), end, now, 2));
  EXPECT_TRUE(holds.add(one, new_id<HoldId>(), end + std::chrono::minutes(5), end, 2)) << "run out";
}

}  // namespace
}  // namespace sealbook::app
