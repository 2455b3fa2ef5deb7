// What all mounts of one process share: the power, and the lock under which it fails.
#pragma once

#include <mutex>

namespace powercut {

struct Machine {
  std::mutex lock;          // over all volumes and `is_off`
  bool is_off = false;      // from the cut on every call fails with EIO
  unsigned sync_us = 0;     // how long an fsync takes, in microseconds
};

}  // namespace powercut
