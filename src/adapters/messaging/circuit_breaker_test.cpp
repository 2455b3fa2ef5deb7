#include "adapters/messaging/circuit_breaker.hpp"

#include <gtest/gtest.h>

namespace sealbook::adapters {
namespace {

using namespace std::chrono_literals;

struct Circuit {
  ManualClock clock{Instant::from_seconds(1'800'000'000)};
  CircuitBreaker breaker{{.failures = 3, .first_pause = 30s, .longest_pause = 100s}, clock};
  void fail() {
    ASSERT_TRUE(breaker.try_enter());
    breaker.failed();
  }
};

TEST(CircuitBreaker, opens_after_failures_in_a_row_only) {
  Circuit c;
  c.fail();
  c.fail();
  ASSERT_TRUE(c.breaker.try_enter());
  c.breaker.succeeded();
  c.fail();
  c.fail();
  EXPECT_EQ(c.breaker.state(), CircuitState::closed);
  c.fail();
  EXPECT_EQ(c.breaker.state(), CircuitState::open);
  EXPECT_FALSE(c.breaker.try_enter());
}

TEST(CircuitBreaker, lets_one_call_through_after_the_pause) {
  Circuit c;
  for (int i = 0; i < 3; ++i) c.fail();
  c.clock.advance(30s);
  EXPECT_EQ(c.breaker.state(), CircuitState::half_open);
  EXPECT_TRUE(c.breaker.try_enter());
  EXPECT_FALSE(c.breaker.try_enter());
  c.breaker.succeeded();
  EXPECT_EQ(c.breaker.state(), CircuitState::closed);
  EXPECT_TRUE(c.breaker.try_enter());
}

TEST(CircuitBreaker, each_failed_try_doubles_the_pause_up_to_a_limit) {
  Circuit c;
  for (int i = 0; i < 3; ++i) c.fail();
  for (const auto pause : {30s, 60s, 100s, 100s}) {
    c.clock.advance(pause - 1s);
    EXPECT_FALSE(c.breaker.try_enter());
    c.clock.advance(1s);
    c.fail();
    EXPECT_EQ(c.breaker.state(), CircuitState::open);
  }
}

}  // namespace
}  // namespace sealbook::adapters
