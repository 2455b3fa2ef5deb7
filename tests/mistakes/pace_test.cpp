// Mistakes that made other schedulers slow, as tests: a list that asks again and again, and one that
// reads everything for each day. A naive double does so, and has to be seen to.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "app/booking/openings.hpp"
#include "base/random.hpp"
#include "cli/testing/world.hpp"
#include "domain/scheduling/busy_index.hpp"

namespace sealbook::mistakes {
namespace {

using cli::testing::World;
using namespace std::chrono_literals;
using scheduling::BusyIndex;
using scheduling::BusyView;
using scheduling::Claim;
using scheduling::MinuteSpan;

constexpr int days = 31;

// Counts how often somebody's book is opened.
class CountingBook final : public BusyView {
 public:
  explicit CountingBook(const BusyView& book) : book_(book) {}
  scheduling::ResourceBusy of(const ResourceId& resource) const override {
    ++opened;
    return book_.of(resource);
  }
  mutable int opened = 0;

 private:
  const BusyView& book_;
};

class PaceMistakes : public ::testing::TestWithParam<sql::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == sql::Engine::postgres && !sql::testing::postgres_dsn())
      GTEST_SKIP() << "SEALBOOK_TEST_POSTGRES is not set: no PostgreSQL to test on";
    world_.emplace(cli::testing::WorldOptions{GetParam(), 3, 0, 8});
  }
  World& world() { return *world_; }
  std::int64_t round_trips() { return world().store().database().counters().round_trips; }

 private:
  std::optional<World> world_;
};
SEALBOOK_ON_BOTH_ENGINES(PaceMistakes);

// Policy: the month is answered from memory: no question to the store or to anybody else, and each
// person's book is opened once, however many days are asked for.
TEST_P(PaceMistakes, line_10_the_list_asks_for_every_day_and_everybody) {
  auto ctx = world().call(Permission::openings_search);
  const auto service = ctx.tenant->organisation()->compiled(world().visit(), ctx.now);
  ASSERT_TRUE(service);
  scheduling::SearchWindow window;
  window.from = world().slot(0);
  window.to = window.from + std::chrono::days(days);
  window.now = ctx.now;
  window.limit = 5'000;
  const CountingBook book(world().app().busy);

  const auto found = scheduling::find_openings(*service, window, book, scheduling::Audience::patient);
  EXPECT_GT(found.openings.size(), 1'000U);
  EXPECT_LE(book.opened, 2 * 3) << "three practitioners";
  const std::int64_t before = round_trips();
  ASSERT_TRUE(app::search_openings(ctx, {world().visit(), window.from, window.to, std::nullopt, {}, 200, std::nullopt}));
  EXPECT_EQ(round_trips(), before);

  const CountingBook naive(world().app().busy);  // opened for every day and everybody
  for (int day = 0; day < days; ++day)
    for (const ResourceId& person : world().practitioners()) naive.of(person);
  EXPECT_GT(naive.opened, 2 * 3);
}

std::vector<Claim> full_book(const ResourceId& person, Instant first, int claims) {
  std::vector<Claim> book;
  for (int i = 0; i < claims; ++i) {
    const Instant starts = first + i * 60min;
    book.push_back({new_id<ClaimId>(), person, 0, {starts, starts + 30min}, std::nullopt});
  }
  return book;
}

// The best of some runs: what else the machine does makes it longer, never shorter.
template <class Work>
double seconds(Work work) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto began = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  }
  return best;
}

// Policy: a month costs what the month holds, not what the book holds.
TEST_P(PaceMistakes, line_11_every_day_reads_the_whole_book) {
  auto ctx = world().call(Permission::openings_search);
  const auto service = ctx.tenant->organisation()->compiled(world().visit(), ctx.now);
  ASSERT_TRUE(service);
  const ResourceId person = world().practitioners()[0];
  scheduling::SearchWindow window;
  window.from = world().slot(0);
  window.to = window.from + std::chrono::days(days);
  window.now = ctx.now;
  window.limit = 5'000;
  const std::array<ResourceId, 1> only{person};
  window.practitioners = only;
  // The same month in the middle of a short book and of one a hundred times as long.
  constexpr int month = days * 24;
  const auto short_book = full_book(person, window.from, month);
  const auto long_book = full_book(person, window.from - month * 50 * 60min, month * 100);
  const auto time_of = [&](const std::vector<Claim>& claims) {
    BusyIndex index;
    index.load(claims, ctx.now);
    return seconds([&] {
      const auto found = scheduling::find_openings(*service, window, index, scheduling::Audience::patient);
      EXPECT_GT(found.openings.size(), static_cast<std::size_t>(month) / 2);
    });
  };
  const auto naive_time_of = [&](const std::vector<Claim>& claims) {
    return seconds([&] {
      std::int64_t busy = 0;
      for (int day = 0; day < days; ++day) {
        const Instant from = window.from + std::chrono::days(day), to = from + 24h;
        for (const Claim& claim : claims) busy += claim.when.starts < to && from < claim.when.ends ? 1 : 0;
      }
      EXPECT_GE(busy, month);
    });
  };

  EXPECT_LT(time_of(long_book), 10 * time_of(short_book));
  EXPECT_GT(naive_time_of(long_book), 10 * naive_time_of(short_book));
}

}  // namespace
}  // namespace sealbook::mistakes
