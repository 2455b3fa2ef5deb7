// Guard counts what comes in through links and public pages, in this node's memory: tries of a code,
// and calls by network, person and address.
//
// The store counts too (tries of a code, codes sent); the guard counts before the answer is known, so
// that parallel guesses do not overtake the store. Counters live for their window, and there is
// room for a bounded number: when it is used up, nothing more is allowed until some have run out.
// Threads: any.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/instant.hpp"

namespace sealbook::app::links {

// Stored nowhere; what a counter is about.
enum class Counted : std::uint8_t {
  code_tries,     // of one code
  link_calls,     // from one network: what costs a look-up
  failed_proofs,  // from one network
  code_requests,  // of one person
  public_starts,  // from one network
  public_mails,   // to one address, however it is asked for
  public_tenant,  // of one tenant
};

struct Allowance {
  std::int64_t most = 0;
  Micros window{};
};
Allowance allowance_of(Counted what);

class Guard {
 public:
  explicit Guard(std::size_t capacity = 100'000) : capacity_(capacity) {}

  // Multiplies what one network may do: where everybody comes from one address, as on a demo.
  void set_network_scale(std::int64_t scale) { network_scale_.store(scale, std::memory_order_relaxed); }

  // Counts one more; false when that is more than the window allows.
  bool allow(Counted what, ByteView whom, Instant now);
  // Whether `allow` would say no, without counting.
  bool exhausted(Counted what, ByteView whom, Instant now) const;
  // How many were counted in the present window.
  std::int64_t count(Counted what, ByteView whom, Instant now) const;

 private:
  struct Counter {
    Instant ends;
    std::int64_t count = 0;
  };
  std::int64_t most_of(Counted what) const;
  static std::string key_of(Counted what, ByteView whom);
  bool make_room(Instant now);

  std::size_t capacity_;
  std::atomic<std::int64_t> network_scale_{1};
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Counter> counters_;
};

}  // namespace sealbook::app::links
