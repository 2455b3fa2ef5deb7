// How many values of 256 bytes does one core seal, open and look up in a second?
//
// Prints one line per operation: its name, operations per second, microseconds of CPU each. The goal
// is at least 300,000 seals a second. CPU time is measured, so other load on the machine hardly shows.
#include <ctime>

#include <cstdio>

#include "base/random.hpp"
#include "security/crypto/sbe1.hpp"
#include "security/keys/blind_index.hpp"
#include "support/machine.hpp"

namespace {

using namespace sealbook;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::size_t sink = 0;  // keeps the results needed

template <class Operation>
double measure(const char* name, Operation operation) {
  for (int i = 0; i < 1000; ++i) operation();  // contexts are made, ciphers fetched
  constexpr int batch = 10'000;
  long done = 0;
  const double start = cpu_seconds();
  double spent = 0;
  while (spent < 1.0) {
    for (int i = 0; i < batch; ++i) operation();
    done += batch;
    spent = cpu_seconds() - start;
  }
  const double per_second = static_cast<double>(done) / spent;
  std::printf("%-28s %10.0f /s/core  %6.3f us\n", name, per_second, 1e6 / per_second);
  return per_second;
}

}  // namespace

int main() {
  const crypto::DataKey key(crypto::KeyId::make(), 1, Secret(ByteView(random_array<32>())));
  const TenantId tenant = new_id<TenantId>();
  const PatientId patient = new_id<PatientId>();
  const crypto::SealContext where{.environment = "bench",
                                  .tenant = tenant,
                                  .table = "patients",
                                  .data_class = DataClass::pii,
                                  .row_id = patient.bytes(),
                                  .subject_id = patient.bytes(),
                                  .row_version = 1};
  const auto value = random_array<256>();
  const Bytes blob = crypto::seal(key, where, 1, value);
  keys::BlindIndexKeys index;
  index.add_older_generation(tenant, 1, Secret(ByteView(random_array<32>())));
  const auto email = *keys::normalise_email("someone@example.test");

  const double seals =
      measure("seal 256 B", [&] { sink += crypto::seal(key, where, 1, value).size(); });
  measure("open 256 B", [&] { sink += crypto::open(key, where, blob)->size(); });
  measure("hmac-sha512 of 50 B", [&] { sink += key.derivation().mac(ByteView(value).first(50))[0]; });
  measure("blind index of an e-mail", [&] { sink += index.of<"patients.email">(email).value[0]; });
  bench::figure("sealing.256_bytes", seals, "/s/core", bench::Goal::at_least, 300'000);
  return sink == 0 ? 1 : 0;
}
