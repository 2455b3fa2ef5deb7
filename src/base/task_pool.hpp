// TaskPool runs short follow-ups off the engine's and the network's threads: preparing a call again,
// looking for alternatives, replaying a stored answer. Tasks run in order of arrival, on any of its
// threads. The destructor finishes what is queued.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sealbook {

class TaskPool {
 public:
  using Task = std::move_only_function<void()>;
  explicit TaskPool(unsigned threads);
  ~TaskPool();
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  void run(Task task);
  // How many tasks wait for a thread: who takes tasks from strangers asks first.
  std::size_t waiting() const;

 private:
  void work();
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace sealbook
