#include "sql/fair_queue.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace sealbook::sql {
namespace {

TEST(FairQueue, serves_lanes_in_turns_and_each_in_order) {
  FairQueue<int> queue;
  const auto busy = new_id<TenantId>(), quiet = new_id<TenantId>();
  for (int i = 0; i < 5; ++i) queue.push(busy, i);
  queue.push(quiet, 100);
  queue.push(quiet, 101);
  std::vector<int> order;
  while (!queue.empty()) order.push_back(queue.pop());
  EXPECT_EQ(order, (std::vector<int>{0, 100, 1, 101, 2, 3, 4}));
}

TEST(FairQueue, forgets_empty_lanes_when_there_are_many) {
  FairQueue<int> queue;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3'000; ++i) queue.push(new_id<TenantId>(), i);
    EXPECT_EQ(queue.size(), 3'000u);
    int next = 0;
    while (!queue.empty()) EXPECT_EQ(queue.pop(), next++);
  }
}

}  // namespace
}  // namespace sealbook::sql
