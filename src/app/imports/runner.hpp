// ImportRunner is the thread that does what is left of imports: those that were just started, and
// at start those that a stop or a crash interrupted. One import at a time, the oldest first.
//
// An import that is still being received an hour after it began was cut off: it is ended as failed.
// What fails for reasons outside (database away) is tried again a little later. Lifetime: the App
// outlives it; the destructor stops behind the chunk that is being done.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/app.hpp"

namespace sealbook::app::imports {

class ImportRunner {
 public:
  explicit ImportRunner(App& app);
  ~ImportRunner();
  ImportRunner(const ImportRunner&) = delete;
  ImportRunner& operator=(const ImportRunner&) = delete;

  void wake();  // from any thread
  // Does all there is to do on the calling thread; for tests and jobs of another runner.
  static bool run_all(App& app, const std::function<bool()>& may_go_on);

 private:
  void work();
  App& app_;
  std::mutex mutex_;
  std::condition_variable condition_;
  bool woken_ = true, stopping_ = false;
  std::jthread thread_;
};

}  // namespace sealbook::app::imports
