// Races, each on both engines, 100 times (issue: no double booking ever, nobody refused a free slot).
//
//   prove_races [--times N] [--clients N]
//
// 1. N clients at one slot: exactly one owner, all others told slot_taken.
// 2. N clients at unequal, overlapping intervals: the owners' claims never overlap, and every refusal
//    overlaps an owner (nobody is refused a free slot).
// 3. Claims of several resources in opposite orders: no deadlock is seen by a caller.
// 4. A hold at the moment of its expiry against a booking: one owner.
// 5. N clients at N different slots: nobody is refused.
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <latch>
#include <map>
#include <set>
#include <thread>

#include "app/booking/holds.hpp"
#include "base/random.hpp"
#include "cli/testing/world.hpp"

namespace {

using namespace sealbook;
using cli::testing::World;

struct Attempt {
  ServiceId service;
  Instant starts;
  std::vector<ResourceId> named;
};
struct Outcome {
  Attempt attempt;
  Result<app::AppointmentRow> result = fail(ErrorCode::internal);
};

// All at once, as the pipeline does it: prepared on the caller's thread, queued, answered later.
std::vector<Outcome> run_all(World& world, const std::vector<Attempt>& attempts) {
  std::vector<Outcome> outcomes(attempts.size());
  std::latch answered(static_cast<std::ptrdiff_t>(attempts.size()));
  std::latch ready(1);
  std::vector<std::jthread> threads;
  constexpr std::size_t thread_count = 16;
  for (std::size_t t = 0; t < thread_count; ++t)
    threads.emplace_back([&, t] {
      ready.wait();
      for (std::size_t i = t; i < attempts.size(); i += thread_count) {
        auto& out = outcomes[i];
        out.attempt = attempts[i];
        auto ctx = std::make_shared<app::CallContext>(world.call());
        const PatientId patient = world.patients()[i % world.patients().size()];
        auto work = app::book(*ctx, {world.offer(attempts[i].service, attempts[i].starts, attempts[i].named), patient, {}, {}});
        if (!work) {
          out.result = fail(std::move(work).error());
          answered.count_down();
          continue;
        }
        auto row = std::make_shared<std::optional<app::AppointmentRow>>();
        world.app().store.submit(
            ctx->store_ref(),
            [work = std::move(*work), sealed = app::seal_entries(*ctx), row](storage::Transaction& tx) mutable -> Result<void> {
              TRY(booked, work(tx));
              for (const auto& entry : sealed) tx.audit(entry);
              *row = std::move(booked);
              return {};
            },
            [&out, &answered, row](Result<void> done) {
              if (done) out.result = std::move(**row);
              else out.result = fail(std::move(done).error());
              answered.count_down();
            });
      }
    });
  ready.count_down();
  answered.wait();
  return outcomes;
}

struct Tally {
  std::size_t won = 0, taken = 0, other = 0;
};
Tally tally(const std::vector<Outcome>& outcomes) {
  Tally t;
  for (const Outcome& o : outcomes) {
    if (o.result) ++t.won;
    else if (o.result.error().code == ErrorCode::slot_taken) ++t.taken;
    else {
      ++t.other;
      if (t.other == 1) std::printf("  unexpected: %s %s\n", o.result.error().detail.c_str(), o.result.error().cause.c_str());
    }
  }
  return t;
}

bool no_overlap(World& world) {
  const auto overlaps = world.overlapping_claims();
  if (overlaps != 0) std::printf("  %lld claims overlap in the store\n", static_cast<long long>(overlaps));
  return overlaps == 0;
}

bool one_slot(World& world, std::size_t clients, std::size_t round) {
  std::vector<Attempt> attempts(clients, {world.visit(), world.slot(round * 40), {world.practitioners()[0]}});
  const Tally t = tally(run_all(world, attempts));
  return t.won == 1 && t.taken == clients - 1 && no_overlap(world);
}

bool unequal_intervals(World& world, std::size_t clients, std::size_t round) {
  std::vector<Attempt> attempts;
  for (std::size_t i = 0; i < clients; ++i)
    attempts.push_back({world.visit(), world.slot(round * 40 + 10) + std::chrono::minutes(random_array<1>()[0] % 24 * 5),
                        {world.practitioners()[1]}});
  const auto outcomes = run_all(world, attempts);
  const Tally t = tally(outcomes);
  std::vector<Interval> owned;
  for (const Outcome& o : outcomes)
    if (o.result) owned.push_back(o.result->claimed);
  for (const Outcome& o : outcomes) {
    if (o.result) continue;
    const Interval wanted{o.attempt.starts, o.attempt.starts + std::chrono::minutes(30)};
    if (std::ranges::none_of(owned, [&](const Interval& i) { return i.overlaps(wanted); })) {
      std::printf("  somebody was refused a free time\n");
      return false;
    }
  }
  return t.other == 0 && t.won >= 1 && no_overlap(world);
}

bool opposite_orders(World& world, std::size_t clients, std::size_t round) {
  std::vector<Attempt> attempts;
  const auto& p = world.practitioners();
  const auto& r = world.rooms();
  for (std::size_t i = 0; i < clients; ++i) {
    std::vector<ResourceId> named{p[i % 2], r[(i / 2) % 2]};
    if (i % 3 == 0) std::swap(named[0], named[1]);
    attempts.push_back({world.with_room(), world.slot(round * 40 + 20), std::move(named)});
  }
  const Tally t = tally(run_all(world, attempts));
  // Two practitioners and two rooms: at most two visits; the first taken pair leaves at least one.
  return t.other == 0 && t.won >= 1 && t.won <= 2 && no_overlap(world);
}

bool hold_at_expiry(World& world, std::size_t clients, std::size_t round) {
  auto ctx = world.call();
  const Instant starts = world.slot(round * 40 + 30);
  const std::vector<ResourceId> named{world.practitioners()[2]};
  const Micros life = std::chrono::milliseconds(20);
  const auto hold = app::perform(ctx, app::place_hold(ctx, world.offer(world.visit(), starts, named), life));
  if (!hold) return false;
  std::this_thread::sleep_for(std::chrono::milliseconds(10 + random_array<1>()[0] % 16));
  // The holder redeems while others try: before expiry only the holder can win, after it anybody.
  std::atomic<int> redeemed{0};
  std::jthread holder([&] {
    auto mine = world.call();
    const auto row = app::perform(mine, app::book(mine, {world.offer(world.visit(), starts, named), world.patients()[0], {}, hold->id}));
    if (row) redeemed = 1;
  });
  const Tally t = tally(run_all(world, std::vector<Attempt>(clients, {world.visit(), starts, named})));
  holder.join();
  if (t.other != 0 || !no_overlap(world)) return false;
  if (t.won + static_cast<std::size_t>(redeemed) > 1) return false;
  if (t.won + static_cast<std::size_t>(redeemed) == 1) return true;
  // Everybody came before the expiry and the holder's booking lost: then the time must be free now.
  std::this_thread::sleep_for(std::chrono::milliseconds(40));
  return world.book(world.visit(), starts, named, world.patients()[0]).has_value();
}

bool different_slots(World& world, std::size_t clients, std::size_t round) {
  std::vector<Attempt> attempts;
  for (std::size_t i = 0; i < clients; ++i)
    attempts.push_back({world.visit(), world.slot(10'000 + round * clients + i), {world.practitioners()[3]}});
  const Tally t = tally(run_all(world, attempts));
  return t.won == clients && no_overlap(world);
}

struct Race {
  const char* name;
  bool (*run)(World&, std::size_t clients, std::size_t round);
  std::size_t clients;
};

std::size_t number_after(int argc, char** argv, const char* flag, std::size_t otherwise) {
  for (int i = 1; i + 1 < argc; ++i)
    if (std::strcmp(argv[i], flag) == 0) return static_cast<std::size_t>(std::atoll(argv[i + 1]));
  return otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t times = number_after(argc, argv, "--times", 100);
  const std::size_t clients = number_after(argc, argv, "--clients", 1000);
  const Race races[] = {{"one_slot", one_slot, clients},
                        {"unequal_intervals", unequal_intervals, clients},
                        {"opposite_orders", opposite_orders, clients / 4},
                        {"hold_at_expiry", hold_at_expiry, 32},
                        {"different_slots", different_slots, 32}};
  int passed = 0, failed = 0, skipped = 0;
  for (const sql::Engine engine : {sql::Engine::sqlite, sql::Engine::postgres}) {
    const char* engine_name = engine == sql::Engine::sqlite ? "sqlite" : "postgres";
    if (engine == sql::Engine::postgres && !sql::testing::postgres_dsn()) {
      for (const Race& race : races) std::printf("skipped %s/%s: SEALBOOK_TEST_POSTGRES is not set\n", race.name, engine_name);
      skipped += static_cast<int>(std::size(races));
      continue;
    }
    World world({engine, 4, 2, 8});
    for (const Race& race : races) {
      std::size_t good = 0;
      for (std::size_t round = 0; round < times; ++round) good += race.run(world, race.clients, round) ? 1 : 0;
      std::printf("%s %s/%s: %zu of %zu rounds, %zu clients\n", good == times ? "ok" : "FAILED", race.name, engine_name,
                  good, times, race.clients);
      std::fflush(stdout);
      (good == times ? passed : failed) += 1;
    }
  }
  std::printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
  return failed == 0 ? 0 : 1;
}
