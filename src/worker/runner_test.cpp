#include "worker/runner.hpp"

#include <gtest/gtest.h>

namespace sealbook::worker {
namespace {

using std::chrono::milliseconds;

// Waits until something holds, at most ten seconds.
bool soon(const std::function<bool()>& holds) {
  const auto ends = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > ends) return false;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return true;
}

TEST(Runner, runs_a_job_again_and_again_and_never_twice_at_once) {
  std::atomic<int> runs{0}, inside{0}, most{0};
  Runner runner;
  for (const char* id : {"one", "two"})
    runner.add({id, milliseconds(1), std::chrono::seconds(5), [&](const Stop&) -> Result<void> {
                  most = std::max<int>(most, ++inside);
                  std::this_thread::sleep_for(milliseconds(1));
                  --inside;
                  ++runs;
                  return {};
                }});
  runner.start();
  EXPECT_TRUE(soon([&] { return runs >= 20; }));
  runner.stop();
  EXPECT_EQ(most, 1);
}

TEST(Runner, looks_now_when_asked_to) {
  std::atomic<int> runs{0};
  Runner runner;
  runner.add({"rare", std::chrono::hours(1), std::chrono::seconds(5), [&](const Stop&) -> Result<void> {
                ++runs;
                return {};
              }});
  runner.start();
  EXPECT_TRUE(soon([&] { return runs == 1; }));
  // The first run may still be putting its next one off; asking again is harmless.
  EXPECT_TRUE(soon([&] { runner.look_now("rare"); return runs >= 2; }));
}

TEST(Runner, a_failing_job_backs_off_and_the_others_go_on) {
  std::atomic<int> good{0};
  Runner runner;
  runner.add({"bad", milliseconds(5), std::chrono::seconds(5), [&](const Stop&) -> Result<void> {
                throw std::runtime_error("broken");
              }});
  runner.add({"good", milliseconds(5), std::chrono::seconds(5), [&](const Stop&) -> Result<void> {
                ++good;
                return {};
              }});
  runner.start();
  EXPECT_TRUE(soon([&] { return good >= 50; }));
  runner.stop();
  EXPECT_LT(runner.counts("bad").runs, 12);
  EXPECT_EQ(runner.counts("bad").runs, runner.counts("bad").failures);
}

TEST(Runner, a_job_that_looks_at_stop_ends_within_moments) {
  std::atomic<bool> began{false};
  Runner runner;
  runner.add({"long", milliseconds(1), std::chrono::hours(1), [&](const Stop& stop) -> Result<void> {
                began = true;
                while (!stop()) std::this_thread::sleep_for(milliseconds(1));
                return {};
              }});
  runner.start();
  ASSERT_TRUE(soon([&] { return began.load(); }));
  const auto before = std::chrono::steady_clock::now();
  runner.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
}

TEST(Runner, a_job_whose_lease_another_holds_is_passed_over) {
  std::atomic<int> runs{0};
  Runner runner([](const std::string&, Micros) { return false; });
  runner.add({"theirs", milliseconds(1), std::chrono::seconds(1), [&](const Stop&) -> Result<void> {
                ++runs;
                return {};
              }});
  runner.start();
  EXPECT_TRUE(soon([&] { return runner.counts("theirs").passed_over > 3; }));
  EXPECT_EQ(runs, 0);
}

TEST(Runner, a_lease_that_cannot_be_asked_for_puts_the_job_off_and_ends_nothing) {
  std::atomic<int> asked{0}, runs{0};
  Runner runner([&](const std::string&, Micros) -> bool {
    if (++asked < 3) throw std::runtime_error("the store is away");
    return true;
  });
  runner.add({"patient", milliseconds(1), std::chrono::seconds(1), [&](const Stop&) -> Result<void> {
                ++runs;
                return {};
              }});
  runner.start();
  EXPECT_TRUE(soon([&] { return runs > 0; }));
  EXPECT_EQ(runner.counts("patient").failures, 2U);
}

}  // namespace
}  // namespace sealbook::worker
