#include "base/clock.hpp"

#include <time.h>

namespace sealbook {

Instant SystemClock::now() const {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return Instant::from_micros(now.tv_sec * 1'000'000 + now.tv_nsec / 1000) + offset();
}

}  // namespace sealbook
