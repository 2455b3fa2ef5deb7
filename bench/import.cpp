// How fast do people of a CSV file come in, sealed and journaled, and does memory stay flat?
//
//   bench_import [embedded|postgres] [rows=100000] [cache_mib=64]
//
// A synthetic file is streamed through reading (every row checked, chunks sealed and committed) and
// the job (matched, sealed, journaled, committed). Prints rows per second of both together, CPU per
// row, resident memory along the way, and the ratio to inserting rows of the same shape in as many
// commits without sealing, journal, matching or reading. The store's page cache (64 MiB a connection
// in a server) fills up once: what memory does beyond that is the import's. Goal: 5,000 rows/s,
// memory flat.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "app/imports/job.hpp"
#include "app/imports/start.hpp"
#include "base/random.hpp"
#include "cli/testing/world.hpp"
#include "domain/synth/files.hpp"

namespace {

using namespace sealbook;
using cli::testing::World;

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double wall_seconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double resident_mb() {
  std::ifstream in("/proc/self/statm");
  std::size_t total = 0, resident = 0;
  in >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

// The file as it is written, never as a whole: the plan's people, line by line.
class SynthSource final : public importing::ByteSource {
 public:
  explicit SynthSource(std::size_t people) { plan_.people = people; }
  std::string_view next() override {
    if (at_ >= plan_.people) return {};
    // The writer gives all lines from the first on; a window of people is cut out by a plan of its
    // own.
    piece_.clear();
    if (at_ == 0)
      piece_ = "external_id,given,family,second_family,birth_date,email,phone,language\r\n";
    for (std::size_t end = std::min(at_ + 500, plan_.people); at_ < end; ++at_)
      add(synth::person(plan_.seed, at_));
    return piece_;
  }
  void rewind() override { at_ = 0; }

 private:
  void add(const synth::Person& p) {
    piece_ += p.external_id + "," + p.record.name.given.front().reveal() + "," +
              p.record.name.family.reveal() + ",";
    if (p.record.name.second_family) piece_ += p.record.name.second_family->reveal();
    piece_ += "," + date_text(p.record.birth_date.reveal()) + ",";
    std::string phone;
    for (const Contact& c : p.record.contacts)
      (c.kind == ContactKind::email ? piece_ : phone) += c.value.reveal();
    piece_ += "," + phone + ",en\r\n";
  }
  synth::Plan plan_;
  std::size_t at_ = 0;
  std::string piece_;
};

// The same rows without anything but the writing: a patient, three index values, an old id.
double raw_rows_per_second(World& world, std::size_t rows) {
  storage::PatientRow row;
  row.sealed_pii = Bytes(260);
  const double began = wall_seconds();
  for (std::size_t done = 0; done < rows; done += app::imports::chunk_rows) {
    const auto written = world.app().store.write(
        world.tenant().ref(), [&](storage::Transaction& tx) -> Result<void> {
          std::vector<storage::external_refs::Target> old_ids;
          for (std::size_t i = 0; i < app::imports::chunk_rows; ++i) {
            row.id = new_id<PatientId>();
            std::vector<storage::PatientIndexRow> index;
            for (const auto kind :
                 {storage::PatientIndexKind::email, storage::PatientIndexKind::phone,
                  storage::PatientIndexKind::person})
              index.push_back({kind, random_array<16>(), 1});
            storage::patients::insert(tx, row, index);
            old_ids.push_back(
                {{storage::ExternalRefKind::patient, random_array<16>(), 1}, row.id.raw()});
          }
          storage::external_refs::insert(tx, old_ids, {});
          return {};
        });
    if (!written) return 0;
  }
  return static_cast<double>(rows) / (wall_seconds() - began);
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string engine = argc > 1 ? argv[1] : "embedded";
  const std::size_t rows = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 100'000;
  const std::int64_t cache_kib = (argc > 3 ? std::strtol(argv[3], nullptr, 10) : 64) * 1024;
  const auto kind = engine == "postgres" ? sql::Engine::postgres : sql::Engine::sqlite;
  World world({kind, 1, 0, 1, cache_kib});
  SynthSource source(rows);
  const double began = wall_seconds(), cpu = cpu_seconds();
  auto ctx = world.call(Permission::participant_import);
  const app::imports::StartImport command{
      source, app::imports::Format::csv, storage::ImportKind::people, {}, false, {}};
  const auto started = app::perform(ctx, app::imports::start_import(ctx, command));
  if (!started) return std::fprintf(stderr, "not started: %s\n", started.error().detail.c_str()), 1;
  const double read = wall_seconds(), read_cpu = cpu_seconds() - cpu;
  std::printf("%s: %zu rows read in %.1f s, %.1f us CPU per row, %.0f MB resident\n", engine.c_str(), rows,
              read - began, read_cpu / static_cast<double>(rows) * 1e6, resident_mb());
  std::int64_t next_tenth = 1;
  const auto tenant = world.app().tenants.find(world.tenant().id());
  const auto done = app::imports::run_import(world.app(), tenant, started->id,
                                             [&](std::int64_t chunk, std::int64_t of) {
                                               if (chunk * 10 < of * next_tenth) return true;
                                               std::printf("  %3lld %% after %.1f s, %.0f MB resident\n",
                                                           static_cast<long long>(next_tenth * 10),
                                                           wall_seconds() - read, resident_mb());
                                               ++next_tenth;
                                               return true;
                                             });
  if (!done) return std::fprintf(stderr, "not done: %s\n", done.error().detail.c_str()), 1;
  const double ended = wall_seconds(), used = cpu_seconds() - cpu;
  const auto seen = app::imports::read_import(ctx, started->id);
  const auto n = static_cast<double>(rows);
  std::printf(
      "%s: %.0f rows/s (reading %.1f s, job %.1f s), %.1f us CPU per row, %lld created, %lld "
      "problems\n",
      engine.c_str(), n / (ended - began), read - began, ended - read, used / n * 1e6,
      static_cast<long long>(seen->row.counts.made),
      static_cast<long long>(seen->row.counts.problems));
  World bare({kind, 1, 0, 1, cache_kib});
  bare.app().store.without_journal_for_benchmark();
  const double raw_cpu = cpu_seconds();
  const double raw = raw_rows_per_second(bare, rows);
  std::printf("raw inserts of the same shape and commits: %.0f rows/s, %.1f us CPU per row; the import is %.2f of it\n",
              raw, (cpu_seconds() - raw_cpu) / n * 1e6, n / (ended - began) / raw);
  return 0;
}
