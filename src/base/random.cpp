#include "base/random.hpp"

#include <openssl/rand.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <stdexcept>

#include "base/secret.hpp"

namespace sealbook {
namespace {

// Counts forks, so that a child never hands out what its parent drew.
std::atomic<unsigned> fork_generation{0};
const int at_fork = pthread_atfork(nullptr, nullptr, [] { fork_generation.fetch_add(1); });

struct Pool {
  std::array<std::uint8_t, 4096> bytes;
  std::size_t used = sizeof bytes;
  unsigned generation = 0;
  ~Pool() { wipe(bytes.data(), bytes.size()); }
};

thread_local Pool pool;

void refill() {
  if (RAND_bytes(pool.bytes.data(), static_cast<int>(pool.bytes.size())) != 1)
    throw std::runtime_error("the random generator failed");
  pool.used = 0;
}

}  // namespace

void fill_random(std::span<std::uint8_t> out) {
  if (const unsigned now = fork_generation.load(std::memory_order_relaxed); now != pool.generation) {
    pool.used = pool.bytes.size();
    pool.generation = now;
  }
  while (!out.empty()) {
    if (pool.used == pool.bytes.size()) refill();
    const std::size_t n = std::min(out.size(), pool.bytes.size() - pool.used);
    std::memcpy(out.data(), pool.bytes.data() + pool.used, n);
    wipe(pool.bytes.data() + pool.used, n);
    pool.used += n;
    out = out.subspan(n);
  }
}

}  // namespace sealbook
