// Runs the same attempt on many threads at one moment, and counts who got what they wanted.
#pragma once

#include <atomic>
#include <functional>
#include <latch>
#include <thread>
#include <vector>

namespace sealbook::mistakes {

inline int race(int clients, const std::function<bool(int)>& attempt) {
  std::latch together(clients);
  std::atomic<int> won{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < clients; ++i)
      threads.emplace_back([&, i] {
        together.arrive_and_wait();
        won += attempt(i) ? 1 : 0;
      });
  }
  return won;
}

}  // namespace sealbook::mistakes
