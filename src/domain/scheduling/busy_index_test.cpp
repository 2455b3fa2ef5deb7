#include "domain/scheduling/busy_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "domain/scheduling/dice.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::scheduling {
namespace {

using testing::Dice;

const Instant now = *Instant::parse("2026-06-01T09:00:00Z");
const ResourceId room = ResourceId::from_raw({1});

Claim claim(std::uint8_t n, int from, int to, std::optional<Instant> expires = {}) {
  return {ClaimId::from_raw({n}), room, 0, {now + Minutes(from), now + Minutes(to)}, expires};
}
std::string text(const BusyView& index) {
  const ResourceBusy busy = index.of(room);
  std::string all;
  const auto minute = [](UtcMinute m) { return std::to_string(m - floor_minute(now)); };
  for (const BusyEntry& e : busy.firm) all += minute(e.starts) + "-" + minute(e.ends) + " ";
  for (const ExpiringEntry& e : busy.holds)
    all += "(" + minute(e.busy.starts) + "-" + minute(e.busy.ends) + ") ";
  return all;
}

TEST(BusyIndex, keeps_claims_sorted_and_apart_from_holds) {
  BusyIndex index;
  index.add(claim(1, 30, 60), now);
  index.add(claim(2, 0, 30), now);
  index.add(claim(3, 90, 120, now + Minutes(5)), now);
  EXPECT_EQ(text(index), "0-30 30-60 (90-120) ");
  EXPECT_EQ(index.of(room).solid.size(), 1U);  // the two firm ones touch
  EXPECT_EQ(text(BusyRows(std::array{claim(1, 30, 60), claim(2, 0, 30), claim(3, 90, 120, now)})),
            text(index));
}

TEST(BusyIndex, rounds_outward_to_minutes) {
  BusyIndex index;
  Claim odd = claim(1, 0, 30);
  odd.when = {odd.when.starts + Micros(1), odd.when.ends + Micros(1)};
  index.add(odd, now);
  EXPECT_EQ(text(index), "0-31 ");
}

TEST(BusyIndex, ends_the_same_whatever_the_order_of_changes) {
  // Three claims; the second is removed. Any order, and any change twice.
  std::vector<int> order{0, 1, 2,
                         3, 4, 5};  // add 1, add 2, remove 2, add 3, add 2 again, remove 2 again
  do {
    BusyIndex index;
    for (const int step : order) {
      if (step == 0) index.add(claim(1, 0, 30), now);
      if (step == 1 || step == 4) index.add(claim(2, 30, 60), now);
      if (step == 2 || step == 5) index.remove(ClaimId::from_raw({2}), room, now);
      if (step == 3) index.add(claim(3, 60, 90, now + Minutes(5)), now);
    }
    ASSERT_EQ(text(index), "0-30 (60-90) ");
  } while (std::ranges::next_permutation(order).found);
}

TEST(BusyIndex, forgets_a_removal_after_a_bounded_time) {
  BusyIndex index(BusyIndex::Options{.tombstone_life = Minutes(10)});
  index.remove(ClaimId::from_raw({1}), room, now);
  index.add(claim(1, 0, 30), now + Minutes(9));
  EXPECT_EQ(text(index), "");
  EXPECT_EQ(index.size().tombstones, 1U);
  index.add(claim(2, 0, 30), now + Minutes(10));
  EXPECT_EQ(index.size().tombstones, 0U);
}

TEST(BusyIndex, leaves_a_reader_what_it_was_given) {
  BusyIndex index;
  index.add(claim(1, 0, 30), now);
  const ResourceBusy seen = index.of(room);
  index.add(claim(2, 30, 60), now);
  index.remove(ClaimId::from_raw({1}), room, now);
  ASSERT_EQ(seen.firm.size(), 1U);
  EXPECT_EQ(seen.firm[0].ends - seen.firm[0].starts, 30);
  EXPECT_EQ(text(index), "30-60 ");
}

TEST(BusyIndex, prunes_what_is_over) {
  BusyIndex index;
  const std::array claims{claim(1, 0, 30), claim(2, 30, 60), claim(3, 60, 90, now + Minutes(1)),
                          claim(4, 60, 90, now + Minutes(5))};
  index.load(claims, now);
  EXPECT_EQ(index.prune(now + Minutes(30), now + Minutes(1)), 2U);
  EXPECT_EQ(text(index), "30-60 (60-90) ");
  EXPECT_EQ(index.prune(now + Minutes(900), now + Minutes(9)), 2U);
  EXPECT_EQ(index.size().resources, 0U);
}

TEST(BusyIndex, loads_what_adding_one_by_one_gives) {
  Dice dice(1);
  std::vector<Claim> claims;
  for (int i = 0; i < 300; ++i) {
    const int from = static_cast<int>(dice.between(0, 5000));
    Claim one =
        claim(0, from, from + 15, dice.chance(20) ? std::optional(now + Minutes(1)) : std::nullopt);
    one.id = dice.id<ClaimId>();
    one.lane = static_cast<Lane>(dice.between(0, 2));
    claims.push_back(one);
    if (dice.chance(10)) claims.push_back(one);
  }
  BusyIndex loaded, added;
  loaded.load(claims, now);
  loaded.load(claims, now);
  for (const Claim& one : claims) added.add(one, now);
  EXPECT_EQ(loaded.size().claims + loaded.size().holds, 300U);
  EXPECT_TRUE(std::ranges::is_permutation(loaded.of(room).firm, added.of(room).firm));
  EXPECT_TRUE(std::ranges::equal(loaded.of(room).solid, added.of(room).solid));
}

TEST(BusyIndex, takes_a_million_claims_in_few_bytes_each) {
  Dice dice(2);
  std::vector<ResourceId> resources(1'000);
  for (auto& id : resources) id = dice.id<ResourceId>();
  std::vector<Claim> claims;
  for (int i = 0; i < 1'000'000; ++i) {
    const Instant starts = now + Minutes(30) * (i / 1'000);
    claims.push_back({dice.id<ClaimId>(),
                      resources[static_cast<std::size_t>(i) % 1'000],
                      0,
                      {starts, starts + Minutes(20)},
                      {}});
  }
  BusyIndex index;
  index.load(claims, now);
  const auto size = index.size();
  EXPECT_EQ(size.claims, 1'000'000U);
  EXPECT_LT(size.bytes / size.claims, 26U);
}

TEST(BusyIndex, serves_readers_while_others_write) {
  // For ThreadSanitizer, and for the invariant that a reader always sees a sorted, whole list.
  BusyIndex index;
  std::atomic<bool> stop{false};
  std::atomic<int> broken{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      while (!stop) {
        const ResourceBusy busy = index.of(room);
        if (!std::ranges::is_sorted(busy.firm, {}, &BusyEntry::starts)) ++broken;
        if (busy.firm.empty() != busy.solid.empty()) ++broken;
        (void)free_lane(busy, 1, {floor_minute(now), floor_minute(now) + 30}, now);
      }
    });
  for (std::uint64_t t = 0; t < 2; ++t)
    threads.emplace_back([&, t] {
      Dice dice(t + 10);
      for (int i = 0; i < 2'000; ++i) {
        Claim mine = claim(0, static_cast<int>(dice.between(0, 500)), 600);
        mine.id = dice.id<ClaimId>();
        index.add(mine, now);
        if (i % 50 == 0) index.prune(now - Minutes(60), now);
        index.remove(mine.id, room, now);
      }
    });
  threads[2].join();
  threads[3].join();
  stop = true;
  threads.clear();
  EXPECT_EQ(broken, 0);
  EXPECT_EQ(text(index), "");
  EXPECT_EQ(index.size().tombstones, 4'000U);
}

TEST(FreeLane, finds_a_claim_that_began_long_before) {
  const std::array claims{claim(1, -3000, 10), claim(2, -20, -10), claim(3, -5, -1)};
  const BusyRows rows(claims);
  const UtcMinute zero = floor_minute(now);
  EXPECT_FALSE(free_lane(rows.of(room), 1, {zero, zero + 5}, now));
  EXPECT_EQ(free_lane(rows.of(room), 1, {zero + 10, zero + 15}, now), Lane{0});
  EXPECT_EQ(overbooking_lane(rows.of(room), 1, {zero, zero + 5}, now), Lane{1});
}

}  // namespace
}  // namespace sealbook::scheduling
