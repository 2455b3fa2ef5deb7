#include "demo_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/random.hpp"
#include "load_client.hpp"

extern char** environ;

namespace sealbook::bench {
namespace {

std::string read_line(int fd) {
  std::string line;
  for (char c; ::read(fd, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

std::filesystem::path build_folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

std::filesystem::path new_folder() {
  const auto folder =
      std::filesystem::temp_directory_path() / ("sealbook_bench_" + to_hex(random_array<8>()));
  std::filesystem::create_directory(folder);
  return folder;
}

DemoServer::DemoServer(sql::Engine engine) : folder_(new_folder()) {
  std::vector<std::string> words{(build_folder() / "sealbook").string(),
                                 "demo",
                                 "--json",
                                 "--port",
                                 "0",
                                 "--dir",
                                 (folder_ / "demo").string()};
  if (engine == sql::Engine::postgres) {
    store_ = std::make_unique<sql::testing::TestDatabase>(engine);
    keyring_ = std::make_unique<sql::testing::TestDatabase>(engine);
    const auto dsn = [](const sql::testing::TestDatabase& made) {
      return std::string(as_text(made.postgres_config().dsn.expose()));
    };
    setenv("SEALBOOK_STORE_URL", dsn(*store_).c_str(), 1);
    setenv("SEALBOOK_KEYRING_URL", dsn(*keyring_).c_str(), 1);
    for (const char* word : {"--database-url", "secret://env/SEALBOOK_STORE_URL", "--keyring-url",
                             "secret://env/SEALBOOK_KEYRING_URL"})
      words.emplace_back(word);
  }
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int ends[2];
  if (pipe(ends) != 0) std::exit(1);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addopen(&actions, 2, (folder_ / "log").c_str(), O_WRONLY | O_CREAT,
                                   0600);
  if (posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
    std::exit(1);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  output_ = ends[0];
  const std::string ready = read_line(output_);
  const std::string url = member(ready, "url");
  if (url.empty()) {
    std::fprintf(stderr, "the demo did not start; its log is in %s\n", folder_.c_str());
    std::exit(1);
  }
  port_ = static_cast<std::uint16_t>(std::atoi(url.c_str() + url.rfind(':') + 1));
  ca_ = member(ready, "ca");
  operator_token_ = member(ready, "token", ready.find("\"super_admin\""));
}

DemoServer::~DemoServer() {
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
  close(output_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace sealbook::bench
