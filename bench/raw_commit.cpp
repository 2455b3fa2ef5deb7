// How fast can the rows of a booking be written at all? What booking is compared with.
//
// Writes what a booking writes (appointment, participant, two claims, journal entry, idempotency row;
// blobs of the same size, random) into the embedded schema: first a raw loop on SQLite's own calls in
// transactions of 32, then 32 threads through the engine's queue and group commit. Same page cipher,
// WAL, synchronous=FULL, same cache. CPU per booking is of the whole process, checkpoints included.
//
//   bench_raw_commit [bookings=20000] [aged=0] [cipher=sqlcipher|aegis] [rounds=3]
//
// `aged` bookings are in the store before the clock starts.
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "sql/migrations.hpp"
#include "sql/sqlite/open_sqlite.hpp"
#include "support/machine.hpp"

namespace {

using namespace sealbook;
using namespace sealbook::sql;

constexpr int batch = 32, threads = 32, resources = 100, rows_per_booking = 6;

constexpr Statement add_appointment{
    "bench.appointment",
    "INSERT INTO appointments (tenant, id, status, version, service, service_version, location, practitioner, "
    "patient_status, starts, ends, claimed_from, claimed_until, wall_minutes, zone, tzdata, reason, initiator, flags, "
    "created, resources, sealed) VALUES (1, $1, 1, 1, $2, 1, $2, $3, 1, $4, $5, $4, $5, 600, 'Europe/Berlin', "
    "'2025b', 0, 0, 0, $4, $3, $6)"};
constexpr Statement add_participant{
    "bench.participant", "INSERT INTO participants (tenant, patient, appointment, kind) VALUES (1, $1, $2, 0)"};
constexpr Statement add_claim{
    "bench.claim",
    "INSERT INTO claims (tenant, resource, lane, starts, ends, id, kind, owner) VALUES (1, $1, 0, $2, $3, $4, 0, $4) "
    "ON CONFLICT DO NOTHING RETURNING id"};
constexpr Statement add_entry{"bench.journal",
                              "INSERT INTO journal (log, entry_id, entry, sealed) VALUES (1, $1, $2, $3)"};
constexpr Statement add_answer{
    "bench.idempotency",
    "INSERT INTO idempotency (tenant, account, key_hash, body_hash, status, created, sealed) "
    "VALUES (1, $1, $2, $2, 201, $3, $4)"};
constexpr const Statement* all[] = {&add_appointment, &add_participant, &add_claim, &add_entry, &add_answer};

// The n-th booking: ids at random, times spread over years so that keys fall anywhere in the trees.
struct Booking {
  RawId id = random_array<16>(), service = random_array<16>(), patient = random_array<16>();
  RawId practitioner{}, room{};
  std::int64_t starts, ends;
  std::array<std::uint8_t, 32> hash = random_array<32>();
  std::array<std::uint8_t, 300> sealed = random_array<300>();
  std::array<std::uint8_t, 350> body = random_array<350>();

  explicit Booking(std::uint32_t n) {
    const std::uint32_t slot = n / resources * 2654435761u >> 12;  // a permutation of 2^20 slots
    practitioner[0] = static_cast<std::uint8_t>(n % resources);
    room[0] = static_cast<std::uint8_t>(n % resources);
    room[1] = 1;
    starts = 1'760'000'000'000'000 + std::int64_t{slot} * 900'000'000;
    ends = starts + 900'000'000;
  }
};

std::filesystem::path folder;
Secret key;

SqliteConfig config_of(PageCipher cipher) {
  return {.file = folder / "store.db", .key = key.clone(), .cipher = cipher};
}

// SQLite alone.
class Raw {
 public:
  explicit Raw(PageCipher cipher) {
    check(sqlite3_open_v2((folder / "store.db").c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
    sqlite3mc_config(db_, "cipher", sqlite3mc_cipher_index(cipher == PageCipher::aegis ? "aegis" : "sqlcipher"));
    const std::string raw = "raw:" + std::string(as_text(key.expose()));
    check(sqlite3_key_v2(db_, "main", raw.data(), static_cast<int>(raw.size())));
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000");
    for (std::size_t i = 0; i < std::size(all); ++i) {
      std::string text(all[i]->text(Engine::sqlite));
      std::ranges::replace(text, '$', '?');
      check(sqlite3_prepare_v2(db_, text.c_str(), -1, &statements_[i], nullptr));
    }
  }
  ~Raw() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    check(sqlite3_close(db_));
  }
  void write(std::uint32_t from, std::uint32_t count, std::uint32_t per_transaction) {
    for (std::uint32_t n = from; n < from + count;) {
      run("BEGIN IMMEDIATE");
      for (std::uint32_t i = 0; i < per_transaction && n < from + count; ++i, ++n) add(Booking(n));
      run("COMMIT");
    }
  }
  void run(const char* text) { check(sqlite3_exec(db_, text, nullptr, nullptr, nullptr)); }

 private:
  static void check(int code) {
    if (code == SQLITE_OK) return;
    std::fprintf(stderr, "sqlite: %s\n", sqlite3_errstr(code));
    std::exit(1);
  }
  void bind(sqlite3_stmt* s, int i, ByteView v) { sqlite3_bind_blob(s, i, v.data(), static_cast<int>(v.size()), SQLITE_STATIC); }
  void bind(sqlite3_stmt* s, int i, std::int64_t v) { sqlite3_bind_int64(s, i, v); }
  template <class... V>
  int step(std::size_t which, const V&... values) {
    sqlite3_stmt* s = statements_[which];
    int i = 0;
    (bind(s, ++i, values), ...);
    int rows = 0, code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) ++rows;
    if (code != SQLITE_DONE) check(code);
    sqlite3_reset(s);
    return rows;
  }
  void add(const Booking& b) {
    ASSERT(step(2, b.practitioner, b.starts, b.ends, b.id) == 1);
    ASSERT(step(2, b.room, b.starts, b.ends, b.id) == 1);
    step(0, b.id, b.service, b.practitioner, b.starts, b.ends, b.sealed);
    step(1, b.patient, b.id);
    step(3, b.id, b.hash, b.body);
    step(4, b.service, b.hash, b.starts, b.sealed);
  }
  sqlite3* db_ = nullptr;
  sqlite3_stmt* statements_[std::size(all)] = {};
};

Outcome add(Connection& c, const Booking& b) {
  if (c.query(add_claim, ByteView(b.practitioner), b.starts, b.ends, ByteView(b.id)).empty()) return Outcome::rollback;
  if (c.query(add_claim, ByteView(b.room), b.starts, b.ends, ByteView(b.id)).empty()) return Outcome::rollback;
  c.enqueue(add_appointment, ByteView(b.id), ByteView(b.service), ByteView(b.practitioner), b.starts, b.ends,
            ByteView(b.sealed));
  c.enqueue(add_participant, ByteView(b.patient), ByteView(b.id));
  c.enqueue(add_entry, ByteView(b.id), ByteView(b.hash), ByteView(b.body));
  c.enqueue(add_answer, ByteView(b.service), ByteView(b.hash), b.starts, ByteView(b.sealed));
  return Outcome::commit;
}

void write_through_engine(Database& database, std::uint32_t from, std::uint32_t count) {
  std::atomic<std::uint32_t> next{from};
  std::vector<std::thread> submitters;
  for (int t = 0; t < threads; ++t)
    submitters.emplace_back([&] {
      const auto tenant = new_id<TenantId>();
      for (std::uint32_t n; (n = next.fetch_add(1)) < from + count;) {
        const Booking booking(n);
        ASSERT(database.write(tenant, [&](Connection& c) { return add(c, booking); }) == Outcome::commit);
      }
    });
  for (auto& submitter : submitters) submitter.join();
}

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Work>
double measured(const char* what, std::uint32_t bookings, Work work) {
  const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  work();
  const double took = seconds(CLOCK_MONOTONIC) - wall, used = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  std::printf("%-28s %8.0f bookings/s %9.0f rows/s %7.1f us CPU per booking\n", what, bookings / took,
              bookings * rows_per_booking / took, used * 1e6 / bookings);
  return bookings / took;
}

}  // namespace

int main(int argc, char** argv) {
  const auto bookings = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 20'000);
  const auto aged = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 0);
  const auto cipher = argc > 3 && std::string_view(argv[3]) == "aegis" ? PageCipher::aegis : PageCipher::sqlcipher;
  folder = std::filesystem::temp_directory_path() / ("sealbook_bench_" + to_hex(random_array<8>()));
  std::filesystem::create_directory(folder);
  key = Secret(ByteView(random_array<32>()));
  ASSERT(migrate(*open_sqlite(config_of(cipher)), embedded_migrations(Engine::sqlite)));

  std::printf("%s, %u bookings in the store, %u rows each, transactions of %d, %d threads\n",
              cipher == PageCipher::aegis ? "aegis" : "sqlcipher", aged, static_cast<unsigned>(rows_per_booking), batch, threads);
  if (aged > 0) {
    Raw past(cipher);
    past.run("PRAGMA synchronous=OFF");
    past.write(0, aged, 5'000);
  }
  const int rounds = argc > 4 ? std::max(1, std::atoi(argv[4])) : 3;
  std::uint32_t written = aged;
  double raw = 0, engine = 0;
  for (int round = 0; round < rounds; ++round) {
    {
      Raw store(cipher);
      store.write(written, batch * 10, batch);  // fills the cache
      raw = std::max(raw, measured("raw loop", bookings, [&] { store.write(written + batch * 10, bookings, batch); }));
      written += bookings + batch * 10;
    }
    const auto database = open_sqlite(config_of(cipher));
    write_through_engine(*database, written, batch * 10);
    const auto before = database->counters();
    engine = std::max(engine, measured("through the engine", bookings, [&] {
      write_through_engine(*database, written + batch * 10, bookings);
    }));
    written += bookings + batch * 10;
    const auto after = database->counters();
    std::printf("%-28s %8.1f units per commit, %lld checkpoints\n", "",
                static_cast<double>(after.units - before.units) / static_cast<double>(after.commits - before.commits),
                static_cast<long long>(after.checkpoints - before.checkpoints));
  }
  const std::string name = aged > 0 ? "raw.aged" : "raw.young";
  bench::figure(name + ".loop", raw, "/s");
  bench::figure(name + ".engine", engine, "/s");
  std::printf("engine / raw, best of %d: %.0f %%\n", rounds, 100 * engine / raw);
  std::filesystem::remove_all(folder);
}
