#include "app/links/guard.hpp"

#include <gtest/gtest.h>

namespace sealbook::app::links {
namespace {

const Instant now = Instant::from_seconds(1'800'000'000);
const Bytes whom{1, 2, 3}, another{1, 2, 4};

TEST(Guard, allows_so_many_in_a_window_to_each) {
  Guard guard;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(guard.allow(Counted::code_tries, whom, now));
  EXPECT_TRUE(guard.exhausted(Counted::code_tries, whom, now));
  EXPECT_FALSE(guard.allow(Counted::code_tries, whom, now));
  EXPECT_TRUE(guard.allow(Counted::code_tries, another, now));
  EXPECT_TRUE(guard.allow(Counted::code_tries, whom, now + allowance_of(Counted::code_tries).window));
}

TEST(Guard, what_one_network_may_do_is_scaled_and_the_tries_of_a_code_are_not) {
  Guard guard;
  guard.set_network_scale(1000);
  for (int i = 0; i < 5000; ++i) EXPECT_TRUE(guard.allow(Counted::failed_proofs, whom, now));
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(guard.allow(Counted::code_tries, whom, now));
  EXPECT_FALSE(guard.allow(Counted::code_tries, whom, now));
}

TEST(Guard, has_room_for_a_bounded_number_and_refuses_beyond_it) {
  Guard guard(2);
  EXPECT_TRUE(guard.allow(Counted::public_mails, Bytes{1}, now));
  EXPECT_TRUE(guard.allow(Counted::public_mails, Bytes{2}, now));
  EXPECT_FALSE(guard.allow(Counted::public_mails, Bytes{3}, now));
  EXPECT_TRUE(guard.allow(Counted::public_mails, Bytes{3}, now + std::chrono::hours(2)));
}

}  // namespace
}  // namespace sealbook::app::links
