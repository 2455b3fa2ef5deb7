// prove_availability: the availability engine against the oracle, a million random cases, and then
// the same test against an engine with planted bugs.
//
//   prove_availability [--planted] [--cases N] [--seed N] [--threads N]
//
// The second part is prove_availability_planted: this source linked with an engine that can be told
// to make one mistake. It shows for each mistake how many cases it took to notice. --planted runs
// that part alone. Prints one line per case as ./dev prove reads it (tests/README.md).
// Exits 0 when all cases agree and all planted bugs were caught; 1 otherwise; 2 on bad usage.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>

#include "domain/scheduling/planted.hpp"
#include "domain/scheduling/property_check.hpp"

namespace {

using sealbook::scheduling::testing::CaseCheck;

struct Arguments {
  std::uint64_t cases = 1'000'000;
  std::uint64_t seed = 1;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  bool planted = false;
};

bool read_number(const char* text, auto& out) {
  const char* end = text + std::strlen(text);
  const auto read = std::from_chars(text, end, out);
  return read.ec == std::errc() && read.ptr == end;
}

bool read_arguments(int argc, char** argv, Arguments& arguments) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--planted") {
      arguments.planted = true;
      continue;
    }
    if (i + 1 == argc) return false;
    const char* value = argv[++i];
    const bool ok = name == "--cases"     ? read_number(value, arguments.cases)
                    : name == "--seed"    ? read_number(value, arguments.seed)
                    : name == "--threads" ? read_number(value, arguments.threads)
                                          : false;
    if (!ok) return false;
  }
  return arguments.threads > 0;
}

// Case n of a run; neighbouring seeds give unrelated cases.
std::uint64_t case_seed(const Arguments& arguments, std::uint64_t n) {
  return arguments.seed * 0x9e3779b97f4a7c15ULL + n;
}

struct Tally {
  std::atomic<std::uint64_t> next{0}, openings{0}, with_openings{0};
  std::atomic<bool> failed{false};
  std::mutex printing;
};

void run_cases(const Arguments& arguments, Tally& tally) {
  for (std::uint64_t n = tally.next++; n < arguments.cases && !tally.failed; n = tally.next++) {
    CaseCheck check(case_seed(arguments, n));
    const std::string difference = check.run();
    tally.openings += check.openings();
    tally.with_openings += check.openings() > 0 ? 1U : 0U;
    if (!difference.empty()) {
      tally.failed = true;
      const std::scoped_lock lock(tally.printing);
      std::printf("FAILED agrees_with_the_oracle: case %llu of seed %llu: %s\n",
                  static_cast<unsigned long long>(n),
                  static_cast<unsigned long long>(arguments.seed), difference.c_str());
    }
  }
}

[[maybe_unused]] int prove(const Arguments& arguments) {
  Tally tally;
  std::vector<std::jthread> threads;
  for (unsigned t = 0; t < arguments.threads; ++t)
    threads.emplace_back([&] { run_cases(arguments, tally); });
  while (isatty(STDERR_FILENO) != 0 && tally.next < arguments.cases && !tally.failed) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    std::fprintf(stderr, "\r%llu of %llu cases", static_cast<unsigned long long>(tally.next.load()),
                 static_cast<unsigned long long>(arguments.cases));
  }
  threads.clear();
  if (tally.failed) return 1;
  std::printf(
      "ok agrees_with_the_oracle: %llu cases, %llu with openings, %llu openings compared, seed "
      "%llu\n",
      static_cast<unsigned long long>(arguments.cases),
      static_cast<unsigned long long>(tally.with_openings.load()),
      static_cast<unsigned long long>(tally.openings.load()),
      static_cast<unsigned long long>(arguments.seed));
  std::fflush(stdout);
  return 0;
}

#ifdef SEALBOOK_PLANTED_BUGS
// How many cases it takes to notice; 0 when none of them does.
std::uint64_t cases_to_notice(const Arguments& arguments) {
  for (std::uint64_t n = 0; n < arguments.cases; ++n)
    if (!CaseCheck(case_seed(arguments, n)).run().empty()) return n + 1;
  return 0;
}

int prove_planted(Arguments arguments) {
  using namespace sealbook::scheduling;
  arguments.cases = std::min<std::uint64_t>(arguments.cases, 20'000);
  planted_bug = PlantedBug::none;
  Arguments sound = arguments;
  sound.cases = 500;
  const std::uint64_t false_alarm = cases_to_notice(sound);
  if (false_alarm != 0)
    std::printf("FAILED no_false_alarm: case %llu\n", static_cast<unsigned long long>(false_alarm));
  else std::printf("ok no_false_alarm\n");
  std::size_t missed = false_alarm != 0 ? 1 : 0;
  for (std::size_t bug = 1; bug < planted_bug_names.size(); ++bug) {
    planted_bug = static_cast<PlantedBug>(bug);
    const std::uint64_t cases = cases_to_notice(arguments);
    missed += cases == 0 ? 1 : 0;
    if (cases > 0)
      std::printf("ok catches_%s: by case %llu\n", planted_bug_names[bug].data(),
                  static_cast<unsigned long long>(cases));
    else
      std::printf("FAILED catches_%s: not within %llu cases\n", planted_bug_names[bug].data(),
                  static_cast<unsigned long long>(arguments.cases));
  }
  return missed == 0 ? 0 : 1;
}
#endif

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!read_arguments(argc, argv, arguments)) {
    std::fprintf(stderr,
                 "usage: prove_availability [--planted] [--cases N] [--seed N] [--threads N]\n");
    return 2;
  }
#ifdef SEALBOOK_PLANTED_BUGS
  return prove_planted(arguments);
#else
  if (!arguments.planted && prove(arguments) != 0) return 1;
  const std::string sibling = std::string(argv[0]) + "_planted";
  execv(sibling.c_str(), argv);
  std::fprintf(stderr, "%s is missing; build the target prove_availability_planted\n",
               sibling.c_str());
  return 2;
#endif
}
