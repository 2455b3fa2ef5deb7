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
  EXPECT_TRUE(
      guard.allow(Counted::code_tries, whom, now + allowance_of(Counted::code_tries).window));
}

TEST(Guard, what_one_network_may_do_is_scaled_and_the_tries_of_a_code_are_not) {
  Guard guard;
  guard.set_network_scale(1000);
  for (int i = 0; i < 5000; ++i) EXPECT_TRUE(guard.allow(Counted::failed_proofs, whom, now));
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(guard.allow(Counted::code_tries, whom, now));
  EXPECT_FALSE(guard.allow(Counted::code_tries, whom, now));
}

using Network = std::array<std::uint8_t, 16>;

Network network_of(std::uint8_t site, unsigned number) {
  return {0x20,
          0x01,
          0x0d,
          0xb8,
          0,
          site,
          static_cast<std::uint8_t>(number >> 8),
          static_cast<std::uint8_t>(number)};
}

TEST(Guard, has_room_for_a_bounded_number_and_lets_go_of_those_that_end_first) {
  Guard guard(2);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(guard.allow(Counted::public_mails, Bytes{1}, now));
  EXPECT_TRUE(guard.allow(Counted::public_mails, Bytes{2}, now + Micros(1)));
  EXPECT_FALSE(guard.allow(Counted::public_mails, Bytes{1}, now + Micros(2)));
  EXPECT_TRUE(
      guard.allow(Counted::public_mails, Bytes{3}, now + Micros(2)));  // instead of the first
  EXPECT_EQ(guard.count(Counted::public_mails, Bytes{1}, now + Micros(2)), 0);
  EXPECT_EQ(guard.count(Counted::public_mails, Bytes{2}, now + Micros(2)), 1);
}

TEST(Guard, a_crowd_of_networks_stops_neither_codes_nor_mails_nor_anybody_new) {
  Guard guard(1000);
  for (unsigned i = 0; i < 65'536; ++i) {
    guard.allow(Counted::failed_proofs, network_of(static_cast<std::uint8_t>(i % 200), i), now);
    guard.allow(Counted::link_calls, network_of(static_cast<std::uint8_t>(i % 200), i), now);
  }
  const Network honest{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1};
  EXPECT_TRUE(guard.allow(Counted::link_calls, honest, now));
  EXPECT_TRUE(guard.allow(Counted::code_tries, whom, now));
  EXPECT_TRUE(guard.allow(Counted::code_requests, whom, now));
  EXPECT_TRUE(guard.allow(Counted::public_mails, whom, now));
}

TEST(Guard, a_site_of_ipv6_has_the_allowance_of_sixteen_networks) {
  Guard guard;
  int allowed = 0;
  for (unsigned i = 0; i < 65'536; ++i)
    allowed += guard.allow(Counted::failed_proofs, network_of(1, i), now) ? 1 : 0;
  EXPECT_EQ(allowed, 16 * 60);
  EXPECT_TRUE(guard.exhausted(Counted::failed_proofs, network_of(1, 9), now));
  EXPECT_FALSE(guard.exhausted(Counted::failed_proofs, network_of(2, 9), now));
  // A network of IPv4 stands for itself.
  for (std::uint8_t i = 0; i < 20; ++i) {
    const Network one{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, i};
    for (int n = 0; n < 60; ++n) EXPECT_TRUE(guard.allow(Counted::failed_proofs, one, now));
  }
}

TEST(Guard, a_counter_opens_anew_after_its_window_however_often) {
  Guard guard(4);
  Instant at = now;
  for (int i = 0; i < 100; ++i) {
    for (int n = 0; n < 5; ++n) EXPECT_TRUE(guard.allow(Counted::code_tries, whom, at));
    EXPECT_FALSE(guard.allow(Counted::code_tries, whom, at));
    at = at + allowance_of(Counted::code_tries).window;
  }
}

}  // namespace
}  // namespace sealbook::app::links
