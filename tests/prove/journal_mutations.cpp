// prove_journal_mutations: damages a journal ten thousand times, in twenty-one ways, as someone would
// who holds every key but the checkpoint's, and has each damage found and named by the public key and
// a pinned earlier checkpoint.
//
//   prove_journal_mutations [--count N] [--seed N]
//
// Prints one line per kind of damage as ./dev prove reads it (tests/README.md). The last cases show
// what the finding hangs on: without the pin an older genuine state passes, and with the checkpoint's
// key anything does. Exits 0 when all damage was found and named.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "security/audit/testing/mutations.hpp"

namespace {

using namespace sealbook;
using namespace sealbook::audit;

struct Tally {
  std::uint64_t made = 0;
  std::uint64_t found = 0;
  std::uint64_t named = 0;
  std::string first_miss;
};

std::optional<Finding> first_wrong(const testing::SampleStates& states, const testing::JournalFiles& files,
                                   const VerifyOptions& options) {
  testing::MapView view(files);
  const auto report = verify_journal(view, states.keys.signer.instance_key(), options);
  if (!report) return Finding{"", std::nullopt, std::nullopt, report.error().detail, 0};
  return report->wrong;
}

std::string case_name(std::string_view kind) {
  std::string out(kind);
  for (char& c : out)
    if (c == ' ' || c == ',') c = '_';
  return out;
}

bool print_case(const std::string& name, bool passed, const std::string& what) {
  std::printf("%s %s: %s\n", passed ? "ok" : "FAILED", name.c_str(), what.c_str());
  return passed;
}

bool damage(const testing::SampleStates& states, std::uint64_t count, std::uint64_t seed) {
  testing::Mutator mutator(states, seed);
  const VerifyOptions pinned{.pinned = {states.pinned}};
  std::map<std::string, Tally> tallies;
  for (std::uint64_t i = 0; i < count; ++i) {
    const testing::Mutation mutation = mutator.make(i % mutator.kinds());
    Tally& tally = tallies[mutation.kind];
    ++tally.made;
    const auto wrong = first_wrong(states, mutation.files, pinned);
    if (wrong) ++tally.found;
    const bool named = wrong && testing::Mutator::names_it(mutation, *wrong);
    tally.named += named;
    if (!named && tally.first_miss.empty())
      tally.first_miss = "mutation " + std::to_string(i) + (wrong ? " was named as " + to_text(*wrong) : " was not found");
  }
  bool all = true;
  for (const auto& [kind, tally] : tallies)
    all &= print_case(case_name(kind), tally.named == tally.made,
                      std::to_string(tally.made) + " made, " + std::to_string(tally.found) + " found, " +
                          std::to_string(tally.named) + " named rightly" + (tally.first_miss.empty() ? "" : "; " + tally.first_miss));
  return all;
}

// The same journal undamaged, and what the verifier could not know without its pin.
bool show_what_it_hangs_on(const testing::SampleStates& states) {
  const VerifyOptions pinned{.pinned = {states.pinned}};
  const testing::SampleStates other;  // other entries, the same keys: what the checkpoint's key can make
  bool all = print_case("undamaged", !first_wrong(states, states.present, pinned), "the journal verifies");
  all &= print_case("older_state_without_pin", !first_wrong(states, states.oldest, {}) && first_wrong(states, states.oldest, pinned),
                    "a genuine older state passes without the pinned checkpoint, and is found with it");
  all &= print_case("another_history_by_the_key", !first_wrong(states, other.present, {}) && first_wrong(states, other.present, pinned),
                    "who holds the checkpoint's key can write another history, which the pinned checkpoint finds");
  return all;
}

bool number_after(int argc, char** argv, const char* name, std::uint64_t& out) {
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::strcmp(argv[i], name) != 0) continue;
    const char* text = argv[i + 1];
    return std::from_chars(text, text + std::strlen(text), out).ec == std::errc{};
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t count = 10'000;
  std::uint64_t seed = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  if (!number_after(argc, argv, "--count", count) || !number_after(argc, argv, "--seed", seed)) return 2;
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  const testing::SampleStates states;
  const bool found = damage(states, count, seed);
  const bool shown = show_what_it_hangs_on(states);
  return found && shown ? 0 : 1;
}
