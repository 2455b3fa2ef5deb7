#include "sql/postgres/database_clock.hpp"

#include <chrono>

namespace sealbook::sql {

namespace {

constexpr Statement server_time{"clock.now", "SELECT 0",
                                "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"};
constexpr std::int64_t fresh_micros = 1'000'000;

std::int64_t steady_now() {
  return std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

void DatabaseClock::ask(std::int64_t steady_micros) {
  if (!connection_ || !connection_->alive()) connection_ = std::make_unique<PgConnection>(config_);
  const std::int64_t server = connection_->query(server_time).integer(0, 0);
  // The server looked at its clock somewhere between the question and the answer.
  const std::int64_t middle = steady_micros + (steady_now() - steady_micros) / 2;
  ahead_micros_.store(server - middle, std::memory_order_relaxed);
  asked_at_.store(middle, std::memory_order_release);
}

Instant DatabaseClock::now() {
  std::int64_t steady = steady_now();
  const std::int64_t asked_at = asked_at_.load(std::memory_order_acquire);
  if (asked_at == 0 || steady - asked_at > fresh_micros) {
    const bool must = asked_at == 0;
    std::unique_lock lock(mutex_, std::defer_lock);
    if (must) lock.lock();
    if (must || lock.try_lock()) {
      try {
        if (asked_at_.load(std::memory_order_relaxed) == asked_at) ask(steady_now());
      } catch (const EngineError&) {
        connection_.reset();
        if (must) throw;
        // What was heard is carried on: whoever goes on to the store is told there that it is away.
      }
      steady = steady_now();
    }
  }
  const Micros offset = config_.clock == nullptr ? Micros(0) : config_.clock->offset();
  return Instant::from_micros(steady + ahead_micros_.load(std::memory_order_relaxed)) + offset;
}

}  // namespace sealbook::sql
