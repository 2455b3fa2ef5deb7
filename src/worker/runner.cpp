#include "worker/runner.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace sealbook::worker {
namespace {

constexpr Micros longest_back_off = std::chrono::minutes(1);

}  // namespace

void Runner::add(Job job) {
  auto entry = std::make_unique<Entry>();
  entry->job = std::move(job);
  entry->next = Steady::now();
  entries_.push_back(std::move(entry));
}

void Runner::start() {
  stopping_ = false;
  thread_ = std::thread([this] { work(); });
}

void Runner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Runner::look_now(std::string_view id) {
  {
    const std::lock_guard lock(mutex_);
    for (auto& entry : entries_)
      if (entry->job.id == id) entry->next = Steady::now();
  }
  wake_.notify_all();
}

JobCounts Runner::counts(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  for (const auto& entry : entries_)
    if (entry->job.id == id) return entry->counts;
  return {};
}

// Nothing when another node has the job. The store may be away for the lease as well as for the job.
std::optional<Result<void>> Runner::attempt(Entry& entry) try {
  if (take_lease_ && !take_lease_(entry.job.id, entry.job.deadline)) return std::nullopt;
  const auto ends = Steady::now() + entry.job.deadline;
  return entry.job.run([this, ends] { return stopping_.load() || Steady::now() >= ends; });
} catch (const std::exception& broken) {
  Error error = make_error(ErrorCode::unavailable);
  error.cause = broken.what();
  return fail(std::move(error));
}

void Runner::run_one(Entry& entry) {
  const auto attempted = attempt(entry);
  if (!attempted) {
    const std::lock_guard lock(mutex_);
    ++entry.counts.passed_over;
    entry.next = Steady::now() + entry.job.every;
    return;
  }
  const Result<void>& result = *attempted;
  if (!result) log::warning("job_failed", {{"code", result.error().code}});
  const std::lock_guard lock(mutex_);
  ++entry.counts.runs;
  entry.counts.failures += result ? 0 : 1;
  entry.failures_in_row = result ? 0 : std::min(entry.failures_in_row + 1, 10U);
  const Micros back_off = std::min<Micros>(entry.job.every * (std::int64_t{1} << entry.failures_in_row), longest_back_off);
  entry.next = std::max(entry.next, Steady::now() + (result ? entry.job.every : std::max(back_off, entry.job.every)));
}

void Runner::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto due = std::ranges::min_element(entries_, {}, [](const auto& entry) { return entry->next; });
    if (due == entries_.end()) return;
    if (Steady::now() < (*due)->next) {
      wake_.wait_until(lock, (*due)->next);
      continue;
    }
    Entry& entry = **due;
    lock.unlock();
    run_one(entry);
    lock.lock();
  }
}

}  // namespace sealbook::worker
