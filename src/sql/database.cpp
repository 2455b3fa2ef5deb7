#include "sql/database.hpp"

#include <condition_variable>
#include <mutex>

namespace sealbook::sql {

namespace {

// Where a caller sleeps until its unit has ended.
struct Waiter {
  std::mutex mutex;
  std::condition_variable ended_signal;
  bool ended = false;
  Outcome outcome = Outcome::rollback;
  std::exception_ptr error;
};

}  // namespace

Outcome Database::write(const TenantId& queue, std::move_only_function<Outcome(Connection&)> work) {
  Waiter waiter;
  submit({queue, std::move(work), [&waiter](Outcome outcome, std::exception_ptr error) {
            // Signalled under the lock: the waiter goes away as soon as it is free.
            const std::lock_guard lock(waiter.mutex);
            waiter.outcome = outcome;
            waiter.error = std::move(error);
            waiter.ended = true;
            waiter.ended_signal.notify_one();
          }});
  std::unique_lock lock(waiter.mutex);
  waiter.ended_signal.wait(lock, [&] { return waiter.ended; });
  if (waiter.error) std::rethrow_exception(waiter.error);
  return waiter.outcome;
}

}  // namespace sealbook::sql
