// How fast are openings, patient reads and bookings over TLS 1.3 with a bearer token?
//
//   bench_over_tls [embedded|postgres] [seconds=5] [rounds=5]
//
// The server is the real program in a process of its own (its CPU is counted alone); the client
// shares its cores. Openings: 100 practitioners with 50 visits each, one practitioner, 30 days,
// first 20, 16 connections. Reads: audited, 16 connections. Bookings: 32 connections, a note of 200
// B, different times of 100 practitioners, so that no refusal is right.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "support/clinic.hpp"
#include "support/machine.hpp"

namespace {

using namespace sealbook;
using namespace sealbook::bench;

struct Run {
  double per_second = 0, cpu_ms = 0, p50_ms = 0, p99_ms = 0;
  std::size_t answers = 0, refused = 0, conflicts = 0;
};

// Requests from all connections for a while, or until `make` has no more.
template <class Make>
Run load(const DemoServer& server, LoadClient& client, double seconds, int expected, Make make) {
  Run run;
  std::vector<double> took;
  const double cpu = cpu_seconds_of(server.process()), start = wall_seconds();
  client.run(
      [&](std::size_t, std::string& request) {
        return wall_seconds() - start < seconds && make(request);
      },
      [&](std::size_t, int status, std::string_view, double waited) {
        ++run.answers;
        if (status != expected) ++run.refused;
        if (status == 409) ++run.conflicts;
        took.push_back(waited);
      });
  const double wall = wall_seconds() - start, n = static_cast<double>(run.answers);
  run.per_second = static_cast<double>(run.answers - run.refused) / wall;
  run.cpu_ms = (cpu_seconds_of(server.process()) - cpu) / n * 1e3;
  run.p50_ms = percentile(took, 50) * 1e3;
  run.p99_ms = percentile(took, 99) * 1e3;
  return run;
}

struct Goals {
  double per_second, cpu_ms, p99_ms;  // 0: only reported
};

// The median round by throughput, with the least and most of the rounds.
void report(const std::string& name, std::vector<Run> rounds, const Goals& goals) {
  std::ranges::sort(rounds, {}, &Run::per_second);
  const Run& middle = rounds[rounds.size() / 2];
  const auto say = [&](const char* what, double value, const char* unit, Goal kind, double goal) {
    figure(name + "." + what, value, unit, goal > 0 ? kind : Goal::none, goal);
  };
  say("per_second", middle.per_second, "/s", Goal::at_least, goals.per_second);
  say("server_cpu", middle.cpu_ms, "ms", Goal::at_most, goals.cpu_ms);
  say("p50", middle.p50_ms, "ms", Goal::at_most, 0);
  say("p99", middle.p99_ms, "ms", Goal::at_most, goals.p99_ms);
  std::size_t refused = 0, conflicts = 0;
  for (const Run& run : rounds) {
    refused += run.refused;
    conflicts += run.conflicts;
  }
  figure(name + ".refused", static_cast<double>(refused), "answers", Goal::at_most, 0);
  figure(name + ".false_conflicts", static_cast<double>(conflicts), "answers", Goal::at_most, 0);
  std::printf("  rounds: %.0f .. %.0f /s\n", rounds.front().per_second, rounds.back().per_second);
}

void openings(DemoServer& server, LoadClient& client, const std::string& engine, double seconds,
              int rounds) {
  const Clinic clinic(server, client, Hours::office, 100, 15);
  std::vector<std::string> offers;
  for (std::size_t p = 0; p < clinic.practitioners.size(); ++p) {
    std::vector<std::string> all;
    clinic.collect_offers(client, p, 30, 600, all);
    // Every sixth quarter hour: none overlaps, about 50 of the 30 days.
    for (std::size_t i = 0; i < all.size() && i < 300; i += 6) offers.push_back(all[i]);
  }
  std::size_t booked = 0;
  const Run visits = load(server, client, 600, 201, [&](std::string& request) {
    if (booked == offers.size()) return false;
    request = clinic.booking(offers[booked], booked);
    return ++booked > 0;
  });
  std::printf("openings: %zu visits in the books, %zu refused\n", visits.answers - visits.refused,
              visits.refused);
  std::vector<std::string> requests;
  for (std::size_t p = 0; p < clinic.practitioners.size(); ++p)
    requests.push_back(clinic.search(p, 30, 20));
  std::size_t next = 0;
  const auto ask = [&](std::string& request) {
    request = requests[next++ % requests.size()];
    return true;
  };
  load(server, client, 0.5, 200, ask);
  std::vector<Run> runs;
  for (int i = 0; i < rounds; ++i)
    runs.push_back(quiet([&] { return load(server, client, seconds, 200, ask); }));
  report("tls.openings." + engine, std::move(runs), {7000, 0.10, 7});
}

void reads(DemoServer& server, LoadClient& client, const Clinic& clinic, const std::string& engine,
           double seconds, int rounds) {
  std::size_t next = 0;
  const auto ask = [&](std::string& request) {
    request = get_request("/v1/patients/" + clinic.patients[next++ % clinic.patients.size()],
                          clinic.desk);
    return true;
  };
  load(server, client, 0.5, 200, ask);
  std::vector<Run> runs;
  for (int i = 0; i < rounds; ++i)
    runs.push_back(quiet([&] { return load(server, client, seconds, 200, ask); }));
  report("tls.patient_read." + engine, std::move(runs), {engine == "embedded" ? 3000.0 : 0, 0, 0});
}

void bookings(DemoServer& server, const Clinic& clinic, const std::string& engine, double seconds,
              int rounds) {
  LoadClient client(server.port(), server.ca(), 32);
  std::vector<Run> runs;
  std::vector<std::vector<std::string>> offers(clinic.practitioners.size());
  for (int i = 0; i < rounds; ++i) {
    for (std::size_t p = 0; p < offers.size(); ++p) {
      offers[p].clear();
      clinic.collect_offers(client, p, 300,
                            200 * static_cast<std::size_t>(std::max(1.0, seconds / 2)), offers[p]);
    }
    std::size_t next = 0;
    runs.push_back(quiet([&] {
      return load(server, client, seconds, 201, [&](std::string& request) {
        const std::size_t person = next % offers.size(), at = next / offers.size();
        if (at >= offers[person].size()) return false;
        request = clinic.booking(offers[person][at], next++);
        return true;
      });
    }));
  }
  report("tls.booking." + engine, std::move(runs), {engine == "embedded" ? 3000.0 : 0, 0, 0});
}

}  // namespace

int main(int argc, char** argv) {
  const std::string engine = argc > 1 ? argv[1] : "embedded";
  const double seconds = argc > 2 ? std::atof(argv[2]) : 5;
  const int rounds = argc > 3 ? std::max(1, std::atoi(argv[3])) : 5;
  DemoServer server(engine == "postgres" ? sql::Engine::postgres : sql::Engine::sqlite);
  LoadClient client(server.port(), server.ca(), 16);
  openings(server, client, engine, seconds, rounds);
  const Clinic always(server, client, Hours::all_day, 100, 30);
  reads(server, client, always, engine, seconds, rounds);
  bookings(server, always, engine, seconds, rounds);
  return 0;
}
