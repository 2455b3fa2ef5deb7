#include "pgbench.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "sql/migrations.hpp"

namespace sealbook::bench {
namespace {

constexpr const char* script = R"(\set person random(0, 99)
\set slot random(1, 100000000)
WITH n AS MATERIALIZED (
  SELECT uuid_send(gen_random_uuid()) AS id, uuid_send(gen_random_uuid()) AS service,
         decode(lpad(to_hex(:person::int), 32, '0'), 'hex') AS practitioner,
         decode(lpad(to_hex(:person::int + 256), 32, '0'), 'hex') AS room,
         :slot::bigint * 1800000000 AS starts, :slot::bigint * 1800000000 + 1800000000 AS ends,
         convert_to(repeat('x', 300), 'UTF8') AS sealed, convert_to(repeat('h', 32), 'UTF8') AS hash
), one AS (
  INSERT INTO claims (tenant, resource, lane, starts, ends, id, kind, owner)
  SELECT 1, practitioner, 0, starts, ends, id, 0, id FROM n ON CONFLICT DO NOTHING RETURNING id
), two AS (
  INSERT INTO claims (tenant, resource, lane, starts, ends, id, kind, owner)
  SELECT 1, room, 0, starts, ends, id, 0, id FROM n ON CONFLICT DO NOTHING RETURNING id
), visit AS (
  INSERT INTO appointments (tenant, id, status, version, service, service_version, location, practitioner,
    patient_status, starts, ends, claimed_from, claimed_until, wall_minutes, zone, tzdata, reason, initiator, flags,
    created, resources, sealed)
  SELECT 1, id, 1, 1, service, 1, service, practitioner, 1, starts, ends, starts, ends, 600, 'Europe/Berlin', '2025b',
    0, 0, 0, starts, practitioner, sealed FROM n
), person AS (
  INSERT INTO participants (tenant, patient, appointment, kind) SELECT 1, practitioner, id, 0 FROM n
), entry AS (
  INSERT INTO journal (log, entry_id, entry, sealed) SELECT 1, id, hash, sealed FROM n
)
INSERT INTO idempotency (tenant, account, key_hash, body_hash, status, created, sealed)
SELECT 1, service, id, hash, 201, starts, sealed FROM n;
)";

}  // namespace

Pgbench::Pgbench() : database_(sql::Engine::postgres), script_(database_.folder() / "booking.sql") {
  ASSERT(sql::migrate(database_.database(), sql::embedded_migrations(sql::Engine::postgres)));
  std::ofstream(script_) << script;
}

Pgbench::~Pgbench() = default;

double Pgbench::run_for(int seconds, std::size_t clients) {
  return run("-T" + std::to_string(seconds), clients);
}

void Pgbench::fill(std::size_t bookings, std::size_t clients) {
  run("-t" + std::to_string((bookings + clients - 1) / clients), clients);
}

double Pgbench::run(const std::string& option, std::size_t clients) {
  const std::string dsn(as_text(database_.postgres_config().dsn.expose()));
  const std::string count = std::to_string(clients);
  std::fflush(stdout);
  int ends[2];
  ASSERT(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 1);
    execl("/usr/lib/postgresql/15/bin/pgbench", "pgbench", "-n", "-Mprepared", "-c", count.c_str(),
          "-j2", option.c_str(), "-f", script_.c_str(), dsn.c_str(), nullptr);
    _exit(127);
  }
  close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, static_cast<std::size_t>(n));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  const std::size_t at = said.find("tps = ");
  if (status != 0 || at == std::string::npos) {
    std::fprintf(stderr, "pgbench failed:\n%s\n", said.c_str());
    std::exit(1);
  }
  return std::atof(said.c_str() + at + 6);
}

}  // namespace sealbook::bench
