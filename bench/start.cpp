// How long does `sealbook serve` take to answer on an empty store, and what memory does it hold?
//
//   bench_start [repeats=11]
//
// `sealbook init --mode test`, a self-signed certificate, then from the start of the process to a
// whole TLS handshake and answer. The goals are 100 ms and 40 MiB.
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/clock.hpp"
#include "cli/config.hpp"
#include "net/self_signed.hpp"
#include "support/demo_server.hpp"
#include "support/load_client.hpp"
#include "support/machine.hpp"

extern char** environ;

namespace {

using namespace sealbook;
using namespace sealbook::bench;

std::uint16_t free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  if (bind(fd, reinterpret_cast<sockaddr*>(&at), size) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size) != 0)
    std::exit(1);
  close(fd);
  return ntohs(at.sin_port);
}

bool listens(std::uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(port);
  const bool yes = connect(fd, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  close(fd);
  return yes;
}

pid_t start(std::vector<std::string> words, const std::filesystem::path& log) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t process = -1;
  if (posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
    std::exit(1);
  posix_spawn_file_actions_destroy(&actions);
  return process;
}

struct Started {
  double ready_ms = 0, memory_mib = 0, cpu_ms = 0;
};

Started start_once(const std::string& program, const std::filesystem::path& folder,
                   std::uint16_t port, const std::string& ca) {
  const double begun = wall_seconds();
  const pid_t server =
      start({program, "serve", "--dir", (folder / "store").string()}, folder / "log");
  while (!listens(port)) {
    if (wall_seconds() - begun > 10 || waitpid(server, nullptr, WNOHANG) != 0) {
      std::fprintf(stderr, "the server did not start; see %s\n", (folder / "log").c_str());
      std::exit(1);
    }
    usleep(500);
  }
  Started seen;
  {
    LoadClient client(port, ca, 1);
    client.ask(get_request("/openapi.json", "none"));
    seen.ready_ms = (wall_seconds() - begun) * 1e3;
    seen.memory_mib = resident_mib_of(server);
    seen.cpu_ms = cpu_seconds_of(server) * 1e3;
  }
  kill(server, SIGTERM);
  waitpid(server, nullptr, 0);
  return seen;
}

}  // namespace

int main(int argc, char** argv) {
  const int repeats = argc > 1 ? std::max(1, std::atoi(argv[1])) : 11;
  const std::string program = (build_folder() / "sealbook").string();
  const auto folder = new_folder();
  const auto store = folder / "store";
  waitpid(start({program, "init", "--mode", "test", "--dir", store.string()}, folder / "log"),
          nullptr, 0);
  std::filesystem::create_directories(store / "tls");
  const auto tls = net::ensure_self_signed(store / "tls", SystemClock());
  const std::uint16_t port = free_port();
  auto config = cli::load_config(store);
  if (!tls || !config) return 1;
  config->certificate = tls->server_certificate;
  config->certificate_key = tls->server_key;
  config->port = port;
  if (!cli::write_config(*config)) return 1;
  std::vector<double> ready, memory, cpu;
  for (int i = 0; i < repeats; ++i) {
    const Started seen =
        quiet([&] { return start_once(program, folder, port, tls->ca_certificate.string()); });
    ready.push_back(seen.ready_ms);
    memory.push_back(seen.memory_mib);
    cpu.push_back(seen.cpu_ms);
  }
  figure("start.empty.ready", percentile(ready, 50), "ms", Goal::at_most, 100);
  figure("start.empty.memory", percentile(memory, 50), "MiB", Goal::at_most, 40);
  figure("start.empty.cpu", percentile(cpu, 50), "ms");
  std::printf("  ready: %.0f .. %.0f ms of %d starts; memory at most %.1f MiB\n", ready.front(),
              ready.back(), repeats, memory.back());
  std::filesystem::remove_all(folder);
  return 0;
}
