// powercut: mounts folders whose unsynced writes can be lost. See the README beside tests/powercut.
#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "mount.hpp"

namespace powercut {
namespace {

constexpr std::string_view usage =
    "powercut [--seed N] [--ignore-fsync] [--names-follow-files] [--sync-us N] BACKING=MOUNT...\n"
    "\n"
    "Serves each BACKING folder at MOUNT and writes \"ready\" when it does.\n"
    "  --seed N              decides what survives (1)\n"
    "  --ignore-fsync        answer fsync without making anything durable\n"
    "  --names-follow-files  an fsync of a file makes its name durable as well\n"
    "  --sync-us N           an fsync takes N microseconds (0)\n"
    "SIGUSR1 cuts the power: calls fail, BACKING holds what survived, the losses are written, then\n"
    "a line \"cut {...}\". SIGTERM ends; without a cut everything is kept.\n";

struct Options {
  std::uint64_t seed = 1;
  unsigned sync_us = 0;
  VolumeRules rules;
  std::vector<std::pair<std::string, std::string>> folders;
};

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw std::invalid_argument("not a number: " + std::string(text));
  return value;
}

Options parse(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto value = [&] {
      if (++i >= count) throw std::invalid_argument(std::string(word) + " wants a number");
      return number(words[i]);
    };
    if (word == "--seed") options.seed = value();
    else if (word == "--sync-us") options.sync_us = static_cast<unsigned>(value());
    else if (word == "--ignore-fsync") options.rules.ignore_fsync = true;
    else if (word == "--names-follow-files") options.rules.names_follow_files = true;
    else if (const auto at = word.find('='); at != std::string_view::npos && !word.starts_with('-'))
      options.folders.emplace_back(word.substr(0, at), word.substr(at + 1));
    else throw std::invalid_argument("unknown argument: " + std::string(word));
  }
  if (options.folders.empty()) throw std::invalid_argument("no folder is named");
  return options;
}

// One line that a program can read, behind the lines for people.
void print(const std::vector<CutReport>& reports, std::uint64_t seed) {
  CutReport sum;
  for (const auto& r : reports) {
    for (const auto& line : r.lines) std::cout << line << '\n';
    sum.pages_unsynced += r.pages_unsynced;
    sum.pages_kept += r.pages_kept;
    sum.pages_lost += r.pages_lost;
    sum.pages_torn += r.pages_torn;
    sum.sizes_lost += r.sizes_lost;
    sum.names_kept += r.names_kept;
    sum.names_lost += r.names_lost;
  }
  std::cout << "cut {\"seed\":" << seed << ",\"pages_unsynced\":" << sum.pages_unsynced
            << ",\"pages_kept\":" << sum.pages_kept << ",\"pages_lost\":" << sum.pages_lost
            << ",\"pages_torn\":" << sum.pages_torn << ",\"sizes_lost\":" << sum.sizes_lost
            << ",\"names_kept\":" << sum.names_kept << ",\"names_lost\":" << sum.names_lost << "}" << std::endl;
}

void cut(Machine& machine, std::vector<std::unique_ptr<Volume>>& volumes, std::uint64_t seed) {
  Luck luck(seed);
  std::vector<CutReport> reports;
  const std::lock_guard guard(machine.lock);
  machine.is_off = true;
  for (auto& volume : volumes) reports.push_back(volume->cut(luck));
  print(reports, seed);
}

void serve(const Options& options) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int s : {SIGUSR1, SIGTERM, SIGINT}) sigaddset(&signals, s);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Machine machine{.sync_us = options.sync_us};
  std::vector<std::unique_ptr<Volume>> volumes;
  std::vector<std::unique_ptr<Mount>> mounts;
  for (const auto& [backing, mount_point] : options.folders) {
    volumes.push_back(std::make_unique<Volume>(backing, options.rules));
    mounts.push_back(std::make_unique<Mount>(*volumes.back(), machine, mount_point));
    mounts.back()->start();
  }
  std::cout << "ready" << std::endl;

  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGUSR1)
    if (!machine.is_off) cut(machine, volumes, options.seed);
  for (auto& mount : mounts) mount->unmount();
  if (!machine.is_off)
    for (auto& volume : volumes) volume->keep_everything();
}

}  // namespace
}  // namespace powercut

int main(int count, char** words) {
  if (count == 2 && std::strcmp(words[1], "--help") == 0) {
    std::cout << powercut::usage;
    return 0;
  }
  try {
    // Every file of the backing folders may be open at once.
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
      files.rlim_cur = files.rlim_max;
      setrlimit(RLIMIT_NOFILE, &files);
    }
    powercut::serve(powercut::parse(count, words));
  } catch (const std::invalid_argument& wrong) {
    std::cerr << "powercut: " << wrong.what() << "\n\n" << powercut::usage;
    return 64;
  } catch (const std::exception& broken) {
    std::cerr << "powercut: " << broken.what() << '\n';
    return 1;
  }
}
