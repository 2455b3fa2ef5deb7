// How fast does the journal take entries, prove one of a million, and verify a million?
//
//   bench_journal [--entries N]     (default 1,000,000; needs about 450 MB below TMPDIR)
//
// Prints one line per question: wall and CPU time. Goals: at least 20,000 entries a second at
// saturation, a million verified within 2 s, an inclusion proof within 1 ms at the 99th percentile.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>

#include "security/audit/proofs.hpp"
#include "security/audit/testing/sample_journal.hpp"
#include "support/machine.hpp"

namespace {

using namespace sealbook;
using namespace sealbook::audit;
using bench::cpu_seconds;
using bench::wall_seconds;

struct Stopwatch {
  double wall = wall_seconds();
  double cpu = cpu_seconds();
  void add_to(double& wall_sum, double& cpu_sum) const {
    wall_sum += wall_seconds() - wall;
    cpu_sum += cpu_seconds() - cpu;
  }
};

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "bench_journal: %s\n", what);
  std::exit(1);
}

// Entries go through prepare(), committed() and the sequencer's thread into files, synced as ever.
void append_all(std::uint64_t entries, const testing::SampleKeys& keys, TileStore& tiles) {
  testing::MemoryJournalStore journal;
  const SystemClock clock;
  Sequencer sequencer(tiles, journal, keys.signer, clock);
  if (!sequencer.start()) give_up("the journal does not start");
  const TenantId tenant = testing::sample_tenant(1);
  double prepare_wall = 0, prepare_cpu = 0, append_wall = 0, append_cpu = 0, queue_wall = 0;
  constexpr std::uint64_t batch = 50'000;
  for (std::uint64_t done = 0; done < entries; done += batch) {
    const std::uint64_t count = std::min(batch, entries - done);
    std::vector<CommittedEntry> committed;
    const Stopwatch preparing;
    for (std::uint64_t i = 0; i < count; ++i)
      committed.push_back({0, testing::prepared_sample(keys, tenant, done + i)});
    preparing.add_to(prepare_wall, prepare_cpu);
    for (CommittedEntry& entry : committed) entry = journal.add(tenant, entry.entry);
    const Stopwatch appending;
    for (const CommittedEntry& entry : committed) sequencer.committed(tenant, {&entry, 1});
    queue_wall += wall_seconds() - appending.wall;
    if (!sequencer.flush()) give_up("the journal cannot be written");
    appending.add_to(append_wall, append_cpu);
  }
  const auto n = static_cast<double>(entries);
  std::printf("prepare (encode, salt, seal)   %9.0f entries/s  %6.2f us CPU each\n", n / prepare_wall, 1e6 * prepare_cpu / n);
  std::printf("sequence and publish (synced)  %9.0f entries/s  %6.2f us CPU each\n", n / append_wall, 1e6 * append_cpu / n);
  std::printf("  of it on the engine's thread                     %6.2f us wall each\n", 1e6 * queue_wall / n);
  bench::figure("journal.entries", n / (append_wall + prepare_wall), "/s", bench::Goal::at_least, 20'000);
}

void verify_all(const std::filesystem::path& folder, const NoteKey& key, std::uint64_t entries) {
  const Stopwatch watch;
  const auto report = verify_folder(folder, key);
  double wall = 0, cpu = 0;
  watch.add_to(wall, cpu);
  if (!report || !report->ok() || report->entries != entries) give_up("the journal does not verify");
  std::printf("verify %llu entries: %.3f s CPU, %.0f MB\n", static_cast<unsigned long long>(entries), cpu,
              static_cast<double>(report->bytes) / 1e6);
  bench::figure("journal.verify", wall, "s", bench::Goal::at_most, 2e-6 * static_cast<double>(entries));
}

void prove_many(TileStore& tiles, std::uint64_t entries) {
  const std::string log = log_name(testing::sample_tenant(1));
  constexpr int count = 20'000;
  std::vector<double> took;
  const double cpu = cpu_seconds();
  for (int i = 0; i < count; ++i) {
    const std::uint64_t index = load_u64(random_array<8>().data()) % entries;
    const double start = wall_seconds();
    if (!inclusion_proof(tiles, log, index, entries)) give_up("no proof");
    took.push_back(wall_seconds() - start);
  }
  std::sort(took.begin(), took.end());
  std::printf("inclusion proof: p50 %.0f us, worst %.0f us, CPU %.0f us each\n", 1e6 * took[count / 2], 1e6 * took.back(),
              1e6 * (cpu_seconds() - cpu) / count);
  bench::figure("journal.inclusion_proof.p99", 1e6 * took[count * 99 / 100], "us", bench::Goal::at_most, 1000);
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t entries = 1'000'000;
  if (argc == 3 && std::strcmp(argv[1], "--entries") == 0)
    std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), entries);
  if (entries == 0) give_up("--entries needs a number");
  const testing::SampleKeys keys;
  const testing::TemporaryFolder folder;
  FileTileStore tiles(folder.audit(), keys.signer.instance_key());
  append_all(entries, keys, tiles);
  verify_all(folder.audit(), keys.signer.instance_key(), entries);
  verify_all(folder.audit(), keys.signer.instance_key(), entries);
  prove_many(tiles, entries);
  return 0;
}
