// Runner runs background jobs on one thread: each every so often, at once when asked to look now, a
// little later after it failed. Jobs never overlap. A job whose lease another node holds is passed
// over.
//
// A job gets a function that says when to stop: at the end of its deadline, or when the runner ends;
// it has to look at it between its steps. The destructor waits for the job under way.
// Threads: add() before start(); look_now() and counts() from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace sealbook::worker {

using Stop = std::function<bool()>;

struct Job {
  std::string id;
  Micros every = std::chrono::seconds(1);
  Micros deadline = std::chrono::seconds(30);
  std::function<Result<void>(const Stop&)> run;
};

// Who may run a job now. Empty: this is the only node.
using TakeLease = std::function<bool(const std::string& job, Micros length)>;

struct JobCounts {
  std::int64_t runs = 0, failures = 0, passed_over = 0;
};

class Runner {
 public:
  explicit Runner(TakeLease take_lease = {}) : take_lease_(std::move(take_lease)) {}
  ~Runner() { stop(); }
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void add(Job job);
  void start();
  // Ends the job under way at its next look at Stop, and the thread. May be called twice.
  void stop();
  // Runs that job as soon as the thread is free.
  void look_now(std::string_view id);
  JobCounts counts(std::string_view id) const;

 private:
  using Steady = std::chrono::steady_clock;
  struct Entry {
    Job job;
    Steady::time_point next;
    unsigned failures_in_row = 0;
    JobCounts counts;
  };
  void work();
  std::optional<Result<void>> attempt(Entry& entry);
  void run_one(Entry& entry);

  TakeLease take_lease_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace sealbook::worker
