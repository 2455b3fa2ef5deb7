#include "ui/same_origin.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace sealbook::ui {
namespace {

net::HttpRequest from(std::vector<net::HeaderView> headers) {
  headers.push_back({"Host", "book.example.test"});
  return net::make_request("POST", "/l/x/start", headers);
}

TEST(SameOrigin, the_browsers_own_word_decides) {
  EXPECT_TRUE(is_from_this_origin(from({{"Sec-Fetch-Site", "same-origin"}})));
  // What browsers send for a page under Referrer-Policy no-referrer.
  EXPECT_TRUE(is_from_this_origin(from({{"Sec-Fetch-Site", "same-origin"}, {"Origin", "null"}})));
  for (const char* other : {"cross-site", "same-site", "none", "", "SAME-ORIGIN"})
    EXPECT_FALSE(is_from_this_origin(
        from({{"Sec-Fetch-Site", other}, {"Origin", "https://book.example.test"}})))
        << other;
}

TEST(SameOrigin, without_it_the_origin_has_to_be_this_host_over_https) {
  EXPECT_TRUE(is_from_this_origin(from({{"Origin", "https://book.example.test"}})));
  for (const char* other :
       {"null", "http://book.example.test", "https://book.example.test.evil.test",
        "https://evil.test", "https://book.example.test:444", "https://BOOK.example.test"})
    EXPECT_FALSE(is_from_this_origin(from({{"Origin", other}}))) << other;
  EXPECT_FALSE(is_from_this_origin(from({})));
}

net::HttpRequest with_cookie_of(const Visitor& visitor) {
  static std::string cookie;
  cookie = visitor.set_cookie();
  cookie.resize(cookie.find(';'));
  return from({{"Cookie", cookie}});
}

TEST(Visitor, a_token_fits_its_visitor_and_path_only) {
  const Visitor fresh = Visitor::of(from({}));
  ASSERT_TRUE(fresh.is_new());
  const Visitor again = Visitor::of(with_cookie_of(fresh));
  const Visitor other = Visitor::of(with_cookie_of(Visitor::of(from({}))));

  EXPECT_FALSE(again.is_new());
  EXPECT_TRUE(again.fits("/l/x/start", fresh.form_token("/l/x/start")));
  EXPECT_FALSE(again.fits("/l/y/start", fresh.form_token("/l/x/start")));
  EXPECT_FALSE(other.fits("/l/x/start", fresh.form_token("/l/x/start")));
  EXPECT_FALSE(again.fits("/l/x/start", ""));
  // Who came without a cookie has no form of ours.
  EXPECT_FALSE(fresh.fits("/l/x/start", fresh.form_token("/l/x/start")));
}

TEST(Visitor, a_token_of_another_session_does_not_fit) {
  const Visitor before = Visitor::of(with_cookie_of(Visitor::of(from({}))));
  Visitor after = Visitor::of(with_cookie_of(before));
  const std::string token = before.form_token("/l/x/book");
  ASSERT_TRUE(after.fits("/l/x/book", token));
  after.bind("session-2");
  EXPECT_FALSE(after.fits("/l/x/book", token));
}

TEST(Visitor, the_cookie_is_host_bound_and_out_of_scripts_reach) {
  const std::string text = Visitor::of(from({})).set_cookie();
  EXPECT_TRUE(text.starts_with("__Host-visitor="));
  EXPECT_NE(text.find("; Path=/; Secure; HttpOnly; SameSite=Lax"), std::string::npos);
  EXPECT_EQ(text.find("Domain"), std::string::npos);
}

TEST(Visitor, a_cookie_of_another_size_is_drawn_anew) {
  EXPECT_TRUE(Visitor::of(from({{"Cookie", "__Host-visitor=AAAA"}})).is_new());
}

}  // namespace
}  // namespace sealbook::ui
