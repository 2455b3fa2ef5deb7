// How fast is a booking in process: use case, sealing, journal and commit, without the network?
//
//   bench_booking [embedded|postgres] [bookings=20000] [aged=0] [journal=on|off] [submitters=32]
//
// 32 submitters at different times of 100 practitioners and 100 rooms, a note of 200 B each. Prints
// bookings per second, CPU of the whole process per booking, conflicts (there must be none) and, on
// PostgreSQL, round trips per booking. Compare with bench_raw_commit (embedded) and pgbench in the
// same minute.
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <semaphore>
#include <thread>

#include "cli/testing/world.hpp"

namespace {

using namespace sealbook;
using cli::testing::World;

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double wall_seconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Run {
  double wall = 0, cpu = 0;
  std::int64_t failed = 0, round_trips = 0;
};

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
  World world({engine == "postgres" ? sql::Engine::postgres : sql::Engine::sqlite, 100, 100, 64});
  if (!journal) world.app().store.without_journal_for_benchmark();
  if (aged > 0) book_many(world, 0, aged, submitters);
  const Run run = book_many(world, aged, bookings, submitters);
  const auto n = static_cast<double>(bookings);
  std::printf("%s, %zu in the store, journal %s, %zu submitters: %.0f bookings/s, %.1f us CPU per booking, %lld refused",
              engine.c_str(), aged, journal ? "on" : "off", submitters, n / run.wall, run.cpu / n * 1e6,
              static_cast<long long>(run.failed));
  if (engine == "postgres") std::printf(", %.2f round trips per booking", static_cast<double>(run.round_trips) / n);
  std::printf("\n");
  return run.failed == 0 ? 0 : 1;
}
