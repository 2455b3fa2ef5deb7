// How fast is a booking in process: use case, sealing, journal and commit, without the network?
//
//   bench_booking [embedded|postgres] [bookings=20000] [aged=0] [journal=on|off] [submitters=32] [rounds=1]
//
// 32 submitters at different times of 100 practitioners and 100 rooms, a note of 200 B each. Prints
// bookings per second, CPU of the whole process per booking, conflicts (there must be none) and, on
// PostgreSQL, round trips per booking (without those of an idle store) and the ratio to pgbench, which runs between the rounds.
// bench/write-path runs it by turns with bench_raw_commit, and with the journal off.
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <semaphore>
#include <thread>

#include "cli/testing/world.hpp"
#include "support/load_client.hpp"
#include "support/machine.hpp"
#include "support/pgbench.hpp"

namespace {

using namespace sealbook;
using namespace sealbook::bench;
using cli::testing::World;

struct Run {
  double wall = 0, cpu = 0;
  std::int64_t failed = 0, round_trips = 0;
};

// Round trips a second of what runs anyway: the sequencer looks for new entries.
double idle_round_trips(World& world) {
  const auto before = world.app().store.database().counters().round_trips;
  const double start = wall_seconds();
  std::this_thread::sleep_for(std::chrono::seconds(2));
  return static_cast<double>(world.app().store.database().counters().round_trips - before) / (wall_seconds() - start);
}

// The n-th booking's time: each of the resources gets its own sequence, spread over the year.
Run book_many(World& world, std::size_t first, std::size_t count, std::size_t submitters) {
  const auto& people = world.practitioners();
  const auto& rooms = world.rooms();
  const std::string text(200, 'n');
  std::atomic<std::size_t> next{first};
  std::atomic<std::int64_t> failed{0};
  const auto trips_before = world.app().store.database().counters().round_trips;
  const double wall = wall_seconds(), cpu = cpu_seconds();
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < submitters; ++t)
      threads.emplace_back([&] {
        for (std::size_t i = next++; i < first + count; i = next++) {
          const std::size_t person = i % people.size();
          const Instant starts = world.slot(i / people.size() * 37 % 14'000 + i / people.size() / 14'000);
          auto ctx = world.call();
          app::BookAppointment booking{world.offer(world.with_room(), starts, {people[person], rooms[person % rooms.size()]}),
                                       world.patients()[i % world.patients().size()], SensitiveText(text), std::nullopt};
          if (!app::perform(ctx, app::book(ctx, booking))) ++failed;
        }
      });
  }
  return {wall_seconds() - wall, cpu_seconds() - cpu, failed.load(),
          world.app().store.database().counters().round_trips - trips_before};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string engine = argc > 1 ? argv[1] : "embedded";
  const std::size_t bookings = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20'000;
  const std::size_t aged = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 0;
  const bool journal = argc <= 4 || std::string(argv[4]) != "off";
  const std::size_t submitters = argc > 5 ? std::strtoul(argv[5], nullptr, 10) : 32;
  const int rounds = argc > 6 ? std::max(1, std::atoi(argv[6])) : 1;
  const bool on_postgres = engine == "postgres";
  World world({on_postgres ? sql::Engine::postgres : sql::Engine::sqlite, 100, 100, 64, sql::SqliteConfig{}.cache_kib});
  if (!journal) world.app().store.without_journal_for_benchmark();
  std::optional<Pgbench> pgbench;
  if (on_postgres && journal) pgbench.emplace();
  if (aged > 0) book_many(world, 0, aged, submitters);
  if (aged > 0 && pgbench) pgbench->fill(aged, submitters);
  const double idle = on_postgres ? idle_round_trips(world) : 0;
  std::size_t booked = aged;
  std::int64_t refused = 0;
  std::vector<double> rates, costs, trips, others;
  const auto n = static_cast<double>(bookings);
  for (int round = 0; round < rounds; ++round) {
    const Run run = quiet([&] {
      booked += bookings;
      return book_many(world, booked - bookings, bookings, submitters);
    });
    rates.push_back(n / run.wall);
    costs.push_back(run.cpu / n * 1e6);
    trips.push_back((static_cast<double>(run.round_trips) - idle * run.wall) / n);
    refused += run.failed;
    if (pgbench) others.push_back(quiet([&] { return pgbench->run_for(5, submitters); }));
  }
  const std::string name = "booking." + engine + (aged > 0 ? ".aged" : ".young") + (journal ? "" : ".no_journal");
  std::printf("%s, %zu in the store, journal %s, %zu submitters\n", engine.c_str(), aged, journal ? "on" : "off", submitters);
  figure(name + ".per_second", percentile(rates, 50), "/s");
  const bool has_goal = !on_postgres && journal;
  figure(name + ".cpu", percentile(costs, 50), "us", has_goal ? Goal::at_most : Goal::none, aged > 0 ? 150 : 100);
  figure(name + ".refused", static_cast<double>(refused), "bookings", Goal::at_most, 0);
  if (on_postgres) figure(name + ".round_trips", std::round(percentile(trips, 50) * 100) / 100, "each", Goal::at_most, 3);
  if (pgbench) {
    figure(name + ".pgbench", percentile(others, 50), "/s");
    figure(name + ".of_pgbench", 100 * percentile(rates, 50) / percentile(others, 50), "%", Goal::at_least, 40);
  }
  return refused == 0 ? 0 : 1;
}
