// Clock tells the time; code that needs it takes one as a parameter.
//
// The offset moves every reading and exists for demo and tests only: a production configuration
// refuses to start with one. Threads: all of them may read and set.
#pragma once

#include <atomic>

#include "base/instant.hpp"

namespace sealbook {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  void set_offset(Micros offset) { offset_micros_.store(offset.count(), std::memory_order_relaxed); }
  Micros offset() const { return Micros(offset_micros_.load(std::memory_order_relaxed)); }

 private:
  std::atomic<std::int64_t> offset_micros_{0};
};

// A clock that stands still until told otherwise: for tests.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : micros_(start.micros()) {}
  Instant now() const override { return Instant::from_micros(micros_.load(std::memory_order_relaxed)); }
  void set(Instant now) { micros_.store(now.micros(), std::memory_order_relaxed); }
  void advance(Micros by) { micros_.fetch_add(by.count(), std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> micros_;
};

}  // namespace sealbook
