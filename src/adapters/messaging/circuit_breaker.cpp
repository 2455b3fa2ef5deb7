#include "adapters/messaging/circuit_breaker.hpp"

#include <algorithm>

namespace sealbook::adapters {

CircuitState CircuitBreaker::state_now() const {
  if (!is_open_) return CircuitState::closed;
  return clock_.now() < until_ ? CircuitState::open : CircuitState::half_open;
}

bool CircuitBreaker::try_enter() {
  const std::lock_guard lock(mutex_);
  switch (state_now()) {
    case CircuitState::closed: return true;
    case CircuitState::open: return false;
    case CircuitState::half_open: break;
  }
  if (is_trying_) return false;
  is_trying_ = true;
  return true;
}

void CircuitBreaker::succeeded() {
  const std::lock_guard lock(mutex_);
  failures_ = 0;
  is_open_ = is_trying_ = false;
  pause_ = Micros(0);
}

void CircuitBreaker::failed() {
  const std::lock_guard lock(mutex_);
  ++failures_;
  // Calls that began before it opened add nothing; the one that tried it doubles the pause.
  if (is_open_ ? !is_trying_ : failures_ < limits_.failures) return;
  pause_ = pause_ == Micros(0) ? limits_.first_pause : std::min(pause_ * 2, limits_.longest_pause);
  until_ = clock_.now() + pause_;
  is_open_ = true;
  is_trying_ = false;
}

CircuitState CircuitBreaker::state() const {
  const std::lock_guard lock(mutex_);
  return state_now();
}

Instant CircuitBreaker::opens_until() const {
  const std::lock_guard lock(mutex_);
  return until_;
}

}  // namespace sealbook::adapters
