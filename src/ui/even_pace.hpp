// EvenPace sends answers on a fixed schedule: each leaves at the next whole multiple of the step
// after its request arrived. What a refusal had to look up before it was sure does not show in its
// time (CONTROLS TOK-11, THREATS T04).
//
// A timer of its own waits; no thread of the pool sleeps. Threads: any. The destructor sends what
// waits at once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "net/http_server.hpp"

namespace sealbook::ui {

class EvenPace {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  explicit EvenPace(std::chrono::milliseconds step);
  ~EvenPace();
  EvenPace(const EvenPace&) = delete;
  EvenPace& operator=(const EvenPace&) = delete;

  void send(Moment arrived, net::Responder responder, net::HttpResponse response);

 private:
  struct Waiting {
    net::Responder responder;
    net::HttpResponse response;
  };
  void work();

  std::chrono::milliseconds step_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::multimap<Moment, Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sealbook::ui
