#include "ui/even_pace.hpp"

namespace sealbook::ui {

EvenPace::EvenPace(std::chrono::milliseconds step) : step_(step), thread_([this] { work(); }) {}

EvenPace::~EvenPace() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void EvenPace::send(Moment arrived, net::Responder responder, net::HttpResponse response) {
  const auto taken = std::chrono::steady_clock::now() - arrived;
  const auto steps = taken / step_ + 1;
  const std::lock_guard lock(mutex_);
  waiting_.emplace(arrived + steps * step_, Waiting{std::move(responder), std::move(response)});
  wake_.notify_all();
}

void EvenPace::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_ || !waiting_.empty()) {
    if (waiting_.empty()) {
      wake_.wait(lock);
      continue;
    }
    const auto first = waiting_.begin();
    if (!stopping_ && first->first > std::chrono::steady_clock::now()) {
      wake_.wait_until(lock, first->first);
      continue;
    }
    Waiting due = std::move(first->second);
    waiting_.erase(first);
    lock.unlock();
    due.responder.send(std::move(due.response));
    lock.lock();
  }
}

}  // namespace sealbook::ui
