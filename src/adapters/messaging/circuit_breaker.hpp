// CircuitBreaker keeps a vendor that does not answer from being called again and again: after some
// failures in a row it opens and refuses calls, after a pause it lets one through (half open), and
// that one closes it again or doubles the pause, up to a limit.
//
// It counts failures of the service, not of a recipient. Threads: any. Time is the clock's.
#pragma once

#include <cstdint>
#include <mutex>

#include "base/clock.hpp"

namespace sealbook::adapters {

enum class CircuitState : std::uint8_t { closed, open, half_open };

struct CircuitLimits {
  unsigned failures = 5;  // in a row, until it opens
  Micros first_pause = std::chrono::seconds(30);
  Micros longest_pause = std::chrono::minutes(10);
};

class CircuitBreaker {
 public:
  CircuitBreaker(CircuitLimits limits, const Clock& clock) : limits_(limits), clock_(clock) {}

  // False: do not call. After true, one of succeeded() or failed() has to follow.
  [[nodiscard]] bool try_enter();
  void succeeded();
  void failed();

  CircuitState state() const;
  Instant opens_until() const;  // when the next call is let through; meaningful while open

 private:
  CircuitState state_now() const;  // under the mutex

  const CircuitLimits limits_;
  const Clock& clock_;  // outlives this
  mutable std::mutex mutex_;
  unsigned failures_ = 0;
  bool is_open_ = false;
  bool is_trying_ = false;  // the one call of a half-open circuit is under way
  Micros pause_{0};
  Instant until_;
};

}  // namespace sealbook::adapters
