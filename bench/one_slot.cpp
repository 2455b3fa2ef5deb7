// How long do 1,000 connected clients wait who all want one slot at once?
//
//   bench_one_slot [embedded|postgres] [repeats=10] [clients=1000]
//
// All are connected (TLS 1.3) before the first request. Exactly one wins; the others are told 409
// with alternatives. The goal is the time from the first request to the last answer: 0.5 s
// embedded, 1 s PostgreSQL. A second or third winner, or another answer, ends the program with
// status 1.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "support/clinic.hpp"
#include "support/machine.hpp"

namespace {

using namespace sealbook;
using namespace sealbook::bench;

struct Race {
  double seconds = 0, server_cpu = 0;
  std::size_t winners = 0, losers = 0, others = 0, without_alternatives = 0;
};

Race race(const DemoServer& server, LoadClient& client, std::vector<std::string> requests) {
  Race result;
  const double cpu = cpu_seconds_of(server.process()), start = wall_seconds();
  client.run(
      [&](std::size_t connection, std::string& request) {
        request = std::exchange(requests[connection], {});
        return !request.empty();
      },
      [&](std::size_t, int status, std::string_view body, double) {
        if (status == 201) ++result.winners;
        else if (status == 409) ++result.losers;
        else ++result.others;
        if (status == 409 && body.find("\"alternatives\":[{") == std::string_view::npos)
          ++result.without_alternatives;
      });
  result.seconds = wall_seconds() - start;
  result.server_cpu = cpu_seconds_of(server.process()) - cpu;
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string engine = argc > 1 ? argv[1] : "embedded";
  const std::size_t repeats = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10;
  const std::size_t clients = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1000;
  DemoServer server(engine == "postgres" ? sql::Engine::postgres : sql::Engine::sqlite);
  LoadClient client(server.port(), server.ca(), clients);
  const Clinic clinic(server, client, Hours::all_day, 4, 30);
  std::vector<std::string> offers;
  clinic.collect_offers(client, 0, 30, repeats, offers);
  std::vector<double> took, cpu;
  bool right = true;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const Race seen = quiet([&] {
      std::vector<std::string> requests;
      for (std::size_t c = 0; c < clients; ++c) requests.push_back(clinic.booking(offers[i], c));
      return race(server, client, std::move(requests));
    });
    took.push_back(seen.seconds);
    cpu.push_back(seen.server_cpu);
    if (seen.winners == 1 && seen.losers == clients - 1 && seen.without_alternatives == 0) continue;
    std::printf("WRONG: %zu won, %zu lost (%zu without alternatives), %zu other answers\n",
                seen.winners, seen.losers, seen.without_alternatives, seen.others);
    right = false;
  }
  std::printf("%s: %zu races of %zu clients, one winner in each: %s\n", engine.c_str(), took.size(),
              clients, right ? "yes" : "NO");
  const double goal = engine == "postgres" ? 1.0 : 0.5;
  figure("one_slot." + engine + ".median", percentile(took, 50), "s", Goal::at_most, goal);
  figure("one_slot." + engine + ".worst", took.back(), "s", Goal::at_most, goal);
  figure("one_slot." + engine + ".server_cpu", percentile(cpu, 50), "s");
  return right && took.size() == repeats ? 0 : 1;
}
