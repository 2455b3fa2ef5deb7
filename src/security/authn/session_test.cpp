#include "security/authn/session_index.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace sealbook::authn {
namespace {

using namespace std::chrono_literals;

const Instant start = Instant::from_seconds(1'800'000'000);

Session session_of(Role role, SessionMethod method = SessionMethod::passkey) {
  Session s;
  s.id = new_id<SessionId>();
  s.hash = make_session_token().hash;
  s.principal.account = new_id<AccountId>();
  s.principal.role = role;
  s.method = method;
  s.created = s.factor = s.seen = start;
  s.expires = start + limits_of(role, method).whole;
  return s;
}

TEST(Session, ends_after_its_roles_time_without_requests_and_in_all) {
  struct Row { Role role; Micros idle, whole; };
  for (const auto& [role, idle, whole] : {Row{Role::front_desk, 15min, 12h}, Row{Role::admin, 10min, 8h},
                                          Row{Role::super_admin, 10min, 8h}, Row{Role::patient, 30min, 24h}}) {
    Session s = session_of(role);
    EXPECT_TRUE(stands(s, start + idle - 1us));
    EXPECT_FALSE(stands(s, start + idle));
    s.seen = start + whole - 1us;
    EXPECT_TRUE(stands(s, start + whole - 1us));
    EXPECT_FALSE(stands(s, start + whole));
  }
  EXPECT_TRUE(stands(session_of(Role::admin, SessionMethod::demo), start + 7h));
  EXPECT_FALSE(stands(session_of(Role::admin, SessionMethod::enrolment), start + 15min));
}

TEST(Session, use_renews_it_up_to_its_limit) {
  SessionIndex index;
  const Session s = session_of(Role::scheduler);
  index.put(s);
  Instant now = start;
  for (; now < start + 12h; now = now + 10min) ASSERT_TRUE(index.find(s.hash, now));
  EXPECT_TRUE(index.find(s.hash, start + 12h - 1us));
  EXPECT_FALSE(index.find(s.hash, start + 12h));
}

TEST(Session, being_asked_after_its_end_does_not_renew_it) {
  SessionIndex index;
  const Session s = session_of(Role::scheduler);
  index.put(s);
  EXPECT_FALSE(index.find(s.hash, start + 15min));
  EXPECT_FALSE(index.find(s.hash, start + 15min + 1us));
  EXPECT_TRUE(index.of_account(s.principal.account, start + 15min).empty());
}

TEST(SessionIndex, a_new_cookie_replaces_the_old_one_and_what_was_read_before_does_not_undo_it) {
  SessionIndex index;
  const Session before = session_of(Role::provider);
  Session after = before;
  after.hash = make_session_token().hash;
  after.factor = start + 1min;
  index.put(before);
  index.put(after);
  index.put(before);  // as another thread read it a moment ago
  EXPECT_FALSE(index.find(before.hash, start + 2min));
  EXPECT_TRUE(index.find(after.hash, start + 2min));
}

TEST(SessionIndex, what_ended_stays_ended_whatever_is_read_late) {
  SessionIndex index;
  const Session alive = session_of(Role::billing);
  Session ended = alive;
  ended.ended = start + 1s;
  index.put(alive);
  index.put(ended);
  index.put(alive);
  EXPECT_FALSE(index.find(alive.hash, start + 2s));
  EXPECT_TRUE(index.of_account(alive.principal.account, start + 2s).empty());
}

TEST(SessionIndex, an_end_that_is_read_before_its_beginning_counts) {
  SessionIndex index;
  const Session alive = session_of(Role::billing);
  Session ended = alive;
  ended.ended = start;
  index.put(ended);
  index.put(alive);
  EXPECT_FALSE(index.find(alive.hash, start));
}

TEST(SessionIndex, tells_who_was_seen_once_per_step) {
  SessionIndex index;
  const Session s = session_of(Role::scheduler);
  index.put(s);
  EXPECT_TRUE(index.take_seen(30s).empty());
  ASSERT_TRUE(index.find(s.hash, start + 31s));
  ASSERT_EQ(index.take_seen(30s).size(), 1U);
  EXPECT_TRUE(index.take_seen(30s).empty());
}

TEST(SessionToken, is_256_bits_and_found_by_its_hash_only_in_its_one_form) {
  const SessionToken token = make_session_token();
  EXPECT_EQ(token.text.size(), 43U);
  EXPECT_EQ(session_hash(token.text), token.hash);
  EXPECT_NE(make_session_token().text, token.text);
  for (const std::string& wrong : {std::string(), token.text.substr(1), token.text + "A", std::string(43, '.'), std::string(42, 'A') + "="})
    EXPECT_FALSE(session_hash(wrong)) << wrong;
}

TEST(SessionCookie, is_locked_to_this_host_https_and_our_own_requests) {
  EXPECT_EQ(session_cookie("abc"), "__Host-sid=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_EQ(no_session_cookie(), "__Host-sid=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST(CsrfToken, fits_its_session_and_cookie_only) {
  const Secret root{ByteView(Bytes(32, 1))}, other{ByteView(Bytes(32, 2))};
  const Session s = session_of(Role::admin);
  Session renewed = s;
  renewed.hash[0] ^= 1;
  const std::string token = csrf_token(root, s);
  EXPECT_TRUE(is_csrf_token(root, s, token));
  EXPECT_FALSE(is_csrf_token(root, renewed, token));
  EXPECT_FALSE(is_csrf_token(root, session_of(Role::admin), token));
  EXPECT_FALSE(is_csrf_token(other, s, token));
  EXPECT_FALSE(is_csrf_token(root, s, ""));
}

TEST(DeviceLabel, is_out_of_a_closed_list) {
  EXPECT_EQ(device_label("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox on Linux");
  EXPECT_EQ(device_label("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/143.0 Safari/537.36 Edg/143.0"), "Edge on Windows");
  EXPECT_EQ(device_label("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"), "Safari on iOS");
  EXPECT_EQ(device_label("Jane Roe's <script>"), "A browser on an unknown system");
}

}  // namespace
}  // namespace sealbook::authn
