// Mistakes that other schedulers made with booking, as tests: each rule is put to sealbook, on both
// engines, and to a naive double that makes the mistake. The double has to fail, or the test shows
// nothing. The policy that each one fixes stands above it.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>

#include "app/booking/holds.hpp"
#include "app/booking/openings.hpp"
#include "base/random.hpp"
#include "cli/testing/world.hpp"
#include "racing.hpp"

namespace sealbook::mistakes {
namespace {

using cli::testing::World;
using namespace std::chrono_literals;

class BookingMistakes : public ::testing::TestWithParam<sql::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == sql::Engine::postgres && !sql::testing::postgres_dsn())
      GTEST_SKIP() << "SEALBOOK_TEST_POSTGRES is not set: no PostgreSQL to test on";
    world_.emplace(cli::testing::WorldOptions{GetParam(), 3, 0, 8});
  }
  World& world() { return *world_; }
  bool book(int client, Instant starts, std::vector<ResourceId> named) {
    const auto& people = world().patients();
    return world().book(world().visit(), starts, std::move(named),
                        people[static_cast<std::size_t>(client) % people.size()]).has_value();
  }

 private:
  std::optional<World> world_;
};
SEALBOOK_ON_BOTH_ENGINES(BookingMistakes);

constexpr int clients = 24;

// Looks whether the time is free, and writes later: between the two anybody may come.
class ChecksThenInserts {
 public:
  bool book(std::int64_t starts, std::int64_t ends) {
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [from, until] : taken_)
        if (from < ends && starts < until) return false;
    }
    std::this_thread::sleep_for(5ms);
    const std::lock_guard lock(mutex_);
    taken_.emplace_back(starts, ends);
    return true;
  }

 private:
  std::mutex mutex_;
  std::vector<std::pair<std::int64_t, std::int64_t>> taken_;
};

// Policy: of any number of bookings for one time, one is made; the database decides, inside the
// transaction that books.
TEST_P(BookingMistakes, line_1_two_requests_for_one_slot) {
  const Instant starts = world().slot(10);

  EXPECT_EQ(race(clients, [&](int i) { return book(i, starts, {world().practitioners()[0]}); }), 1);

  ChecksThenInserts naive;
  EXPECT_GT(race(clients, [&](int) { return naive.book(600, 630); }), 1);
}

// Refuses only what starts at the same moment, as a unique index on the start does.
class KnowsStartsOnly {
 public:
  bool book(std::int64_t starts) {
    const std::lock_guard lock(mutex_);
    return starts_.insert(starts).second;
  }

 private:
  std::mutex mutex_;
  std::set<std::int64_t> starts_;
};

// Policy: intervals are compared, not their starts; without waiting, sleeping or luck.
TEST_P(BookingMistakes, line_5_overlapping_times_that_start_apart) {
  const auto attempt = [&](int i) { return world().slot(20) + (i % 5) * 5min; };

  EXPECT_EQ(race(clients, [&](int i) { return book(i, attempt(i), {world().practitioners()[0]}); }), 1);
  EXPECT_EQ(world().overlapping_claims(), 0);

  KnowsStartsOnly naive;
  EXPECT_GT(race(clients, [&](int i) { return naive.book(attempt(i).minutes()); }), 1);
}

// Policy: what is not final yet (a hold, a pending request) occupies its time as a visit does.
TEST_P(BookingMistakes, line_2_a_pending_time_is_confirmed_twice) {
  const std::string offer = world().offer(world().visit(), world().slot(30), {world().practitioners()[0]});

  const int held = race(clients, [&](int) {
    auto ctx = world().call();
    return app::perform(ctx, app::place_hold(ctx, offer, std::nullopt)).has_value();
  });
  EXPECT_EQ(held, 1);
  EXPECT_FALSE(book(0, world().slot(30), {world().practitioners()[0]}));

  // Pending requests that occupy nothing: each of them is confirmed later.
  std::vector<int> pending;
  std::mutex mutex;
  EXPECT_GT(race(clients, [&](int i) {
    const std::lock_guard lock(mutex);
    pending.push_back(i);
    return true;
  }), 1);
}

// Policy: a hold is an input of the booking: it counts for the one who placed it and for nobody else.
TEST_P(BookingMistakes, line_3_somebody_elses_hold_is_ignored) {
  const std::string offer = world().offer(world().visit(), world().slot(40), {world().practitioners()[0]});
  auto ctx = world().call();
  const auto hold = app::perform(ctx, app::place_hold(ctx, offer, std::nullopt));
  ASSERT_TRUE(hold);
  const auto book_with = [&](app::CallContext call, std::optional<HoldId> with) {
    return app::perform(call, app::book(call, {offer, world().patients()[0], std::nullopt, with})).has_value();
  };
  app::CallContext stranger = world().call();
  stranger.principal.account = AccountId::from_raw(random_array<16>());

  EXPECT_FALSE(book_with(world().call(), std::nullopt)) << "the time is held";
  EXPECT_FALSE(book_with(std::move(stranger), hold->id)) << "the hold is another's";
  EXPECT_TRUE(book_with(world().call(), hold->id)) << "the hold is one's own";

  const auto naive = [](std::optional<HoldId>) { return true; };  // never looks at holds
  EXPECT_TRUE(naive(std::nullopt)) << "the double books a held time";
}

// Policy: an unnamed member of a pool is chosen inside the transaction, among those free there.
TEST_P(BookingMistakes, line_4_any_provider_is_chosen_outside_the_lock) {
  const Instant starts = world().slot(50);

  EXPECT_EQ(race(clients, [&](int i) { return book(i, starts, {}); }), 3) << "three practitioners, three visits";
  EXPECT_EQ(world().overlapping_claims(), 0);

  // All see the first provider free before anybody has booked.
  std::mutex mutex;
  std::vector<int> bookings_of(3);
  const auto free_one = [&] {
    const std::lock_guard lock(mutex);
    return std::ranges::find(bookings_of, 0) - bookings_of.begin();
  };
  race(clients, [&](int) {
    const auto provider = free_one();
    std::this_thread::sleep_for(5ms);
    const std::lock_guard lock(mutex);
    if (provider < 3) ++bookings_of[static_cast<std::size_t>(provider)];
    return true;
  });
  EXPECT_GT(*std::ranges::max_element(bookings_of), 1);
}

std::vector<app::FoundOpening> day_of_openings(World& world) {
  auto ctx = world.call(Permission::openings_search);
  app::SearchOpenings search{world.visit(), world.slot(0), world.slot(48), std::nullopt, {}, 200, std::nullopt};
  auto found = app::search_openings(ctx, search);
  EXPECT_TRUE(found);
  return found ? std::move(found->openings) : std::vector<app::FoundOpening>{};
}

// Policy: one engine for the list and for the booking. What is listed can be booked (line 8), and
// what can be booked on the grid is listed (line 9).
TEST_P(BookingMistakes, lines_8_and_9_the_list_and_the_booking_disagree) {
  const ResourceId person = world().practitioners()[0];
  for (int n = 0; n < 12; ++n) ASSERT_TRUE(book(n, world().slot(static_cast<std::size_t>(n) * 3), {person}));
  std::set<Instant> listed;
  for (const app::FoundOpening& opening : day_of_openings(world()))
    if (opening.practitioner == person) listed.insert(opening.when.starts);
  const Instant last = *listed.rbegin();

  int checked = 0;
  for (Instant at = world().slot(0); at <= last; at = at + 5min) {
    auto ctx = world().call(Permission::openings_check);
    const auto free = app::check_time(ctx, {world().visit(), {person}, at, std::nullopt});
    EXPECT_EQ(free.has_value(), listed.contains(at)) << at.text();
    ++checked;
  }
  EXPECT_GT(checked, 50);

  // A list with a rule of its own (it forgets that visits end) disagrees with the booking.
  const auto naive_list = [&](Instant at) { return (at - world().slot(0)) % 90min != 0min; };
  EXPECT_NE(naive_list(world().slot(0) + 5min), listed.contains(world().slot(0) + 5min));
}

std::set<Instant> listed_for(World& world, const ResourceId& practitioner) {
  std::set<Instant> listed;
  for (const app::FoundOpening& opening : day_of_openings(world))
    if (opening.practitioner == practitioner) listed.insert(opening.when.starts);
  return listed;
}

// Policy: there is one book. What was moved or cancelled frees its time at once, and takes its new one
// at once, without a refresh that somebody would have to wait for.
TEST_P(BookingMistakes, line_15_what_was_moved_stays_busy) {
  const ResourceId person = world().practitioners()[0];
  const Instant before = world().slot(3), after = world().slot(6);
  auto visit = world().book(world().visit(), before, {person}, world().patients()[0]);
  ASSERT_TRUE(visit);
  const std::set<Instant> copied = listed_for(world(), person);  // what a calendar copy knows until it is refreshed
  ASSERT_FALSE(copied.contains(before));

  auto ctx = world().call(Permission::appointment_reschedule);
  ASSERT_TRUE(app::perform(ctx, app::reschedule(ctx, visit->id, world().offer(world().visit(), after, {person}))));
  std::set<Instant> listed = listed_for(world(), person);
  EXPECT_TRUE(listed.contains(before));
  EXPECT_FALSE(listed.contains(after));
  auto cancelling = world().call(Permission::appointment_cancel);
  ASSERT_TRUE(app::perform(cancelling, app::cancel(cancelling, visit->id, scheduling::CancelReason::clinic_request)));
  listed = listed_for(world(), person);
  EXPECT_TRUE(listed.contains(after));

  EXPECT_FALSE(copied.contains(before)) << "the copy still calls the free time busy";
}

}  // namespace
}  // namespace sealbook::mistakes
