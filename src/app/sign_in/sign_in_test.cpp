#include "app/accounts/accounts.hpp"
#include "app/patients/patients.hpp"
#include "app/sign_in/codes.hpp"
#include "app/sign_in/passkeys.hpp"
#include "app/testing/world.hpp"
#include "security/authn/webauthn/testing/soft_authenticator.hpp"

namespace sealbook::app::sign_in {
namespace {

using app::testing::code_of;
using authn::webauthn::testing::SoftAuthenticator;
using webauthn::Ceremony;

class SignIn : public app::testing::World {
 protected:
  void SetUp() override {
    World::SetUp();
    if (!IsSkipped()) app().public_url = "https://book.example.test";
  }
  CallContext stranger() {
    return {.app = app(), .tenant = nullptr, .principal = {}, .decision = {}, .now = app().store.now(), .request = {},
            .if_match = {}, .endpoint_id = {}, .entries = {}, .explain = {}};
  }
  // A call by whoever has that session.
  CallContext call_of(const Session& session) {
    CallContext ctx = stranger();
    ctx.tenant = app().tenants.find_by_no(session.tenant_no);
    ctx.principal = session.principal;
    ctx.session = std::make_shared<const Session>(session);
    return ctx;
  }
  Result<Session> enter(const std::string& token) {
    CallContext ctx = stranger();
    auto done = perform(ctx, open_enrolment(ctx, token));
    if (!done) return std::unexpected(done.error());
    return *ctx.session;
  }
  std::string link_of(const AccountId& account) {
    CallContext ctx = as(admin, Permission::role_grant);
    const auto made = perform(ctx, create_enrolment(ctx, account));
    EXPECT_TRUE(made);
    return made ? made->url.substr(made->url.rfind('/') + 1) : "";
  }
  Result<PasskeyView> enrol(const Session& session, const SoftAuthenticator& device) {
    CallContext ctx = call_of(session);
    const auto terms = creation_terms(ctx);
    return perform(ctx, add_passkey(ctx, "My key", device.make_credential(terms->challenge)));
  }
  Assertion answer(const SoftAuthenticator& device, ByteView challenge, const AccountId& who, std::uint32_t counter = 0) {
    return {device.id(), device.get_assertion(challenge, who.bytes(), {.type = {}, .counter = counter})};
  }
  Result<Session> come_in(const SoftAuthenticator& device, const AccountId& who, std::uint32_t counter = 0) {
    CallContext ctx = stranger();
    const auto terms = request_terms(ctx, Ceremony::sign_in);
    auto done = perform(ctx, sign_in_by_passkey(ctx, answer(device, terms->challenge, who, counter)));
    if (!done) return std::unexpected(done.error());
    return *ctx.session;
  }
  bool is_known(const Session& session) { return app().sessions.find(session.hash, app().store.now()) != nullptr; }
};
SEALBOOK_ON_BOTH_ENGINES(SignIn);

TEST_P(SignIn, a_link_opens_once_and_its_session_gets_the_first_passkey) {
  const SoftAuthenticator device(webauthn::Algorithm::es256);
  const std::string token = link_of(admin.account);
  const auto session = enter(token);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->method, SessionMethod::enrolment);
  EXPECT_EQ(code_of(enter(token)), ErrorCode::unauthenticated);
  ASSERT_TRUE(enrol(*session, device));
  const auto entered = come_in(device, admin.account);
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->principal.role, Role::admin);
  EXPECT_EQ(entered->principal.tenant, tenant->id());
  restart();
  app().public_url = "https://book.example.test";
  EXPECT_TRUE(is_known(*entered));
  EXPECT_TRUE(come_in(device, admin.account));
}

TEST_P(SignIn, a_link_is_good_for_a_day_and_a_newer_one_ends_it) {
  const std::string first = link_of(admin.account), second = link_of(admin.account);
  EXPECT_EQ(code_of(enter(first)), ErrorCode::unauthenticated);
  move_clock(enrolment_life);
  EXPECT_EQ(code_of(enter(second)), ErrorCode::unauthenticated);
}

TEST_P(SignIn, a_link_for_an_account_with_passkeys_is_good_a_day_later) {
  ASSERT_TRUE(enrol(*enter(link_of(admin.account)), SoftAuthenticator(webauthn::Algorithm::eddsa)));
  const std::string token = link_of(admin.account);
  EXPECT_EQ(code_of(enter(token)), ErrorCode::unauthenticated);
  move_clock(enrolment_life + std::chrono::seconds(1));
  const auto session = enter(token);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->method, SessionMethod::recovery);
}

TEST_P(SignIn, a_challenge_that_was_answered_counts_no_more) {
  const SoftAuthenticator device(webauthn::Algorithm::es256);
  ASSERT_TRUE(enrol(*enter(link_of(admin.account)), device));
  CallContext one = stranger(), two = stranger();
  const auto terms = request_terms(one, Ceremony::sign_in);
  const Assertion assertion = answer(device, terms->challenge, admin.account);
  auto first = sign_in_by_passkey(one, assertion), second = sign_in_by_passkey(two, assertion);
  ASSERT_TRUE(perform(one, std::move(first)));  // both were judged before either was recorded
  EXPECT_EQ(code_of(perform(two, std::move(second))), ErrorCode::unauthenticated);
  EXPECT_TRUE(is_known(*one.session));
  EXPECT_FALSE(is_known(*two.session));
}

TEST_P(SignIn, a_credential_belongs_to_one_account) {
  const SoftAuthenticator device(webauthn::Algorithm::es256);
  const auto session = enter(link_of(admin.account));
  ASSERT_TRUE(enrol(*session, device));
  EXPECT_EQ(code_of(enrol(*session, device)), ErrorCode::state_conflict);
}

TEST_P(SignIn, a_counter_that_goes_back_blocks_the_passkey) {
  const SoftAuthenticator device(webauthn::Algorithm::es256);
  ASSERT_TRUE(enrol(*enter(link_of(admin.account)), device));
  ASSERT_TRUE(come_in(device, admin.account, 5));
  EXPECT_EQ(code_of(come_in(device, admin.account, 5)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(come_in(device, admin.account, 6)), ErrorCode::unauthenticated);
}

TEST_P(SignIn, stepping_up_gives_another_cookie_and_needs_ones_own_passkey) {
  const SoftAuthenticator device(webauthn::Algorithm::es256), other(webauthn::Algorithm::es256);
  ASSERT_TRUE(enrol(*enter(link_of(admin.account)), device));
  CallContext maker = as(admin, Permission::role_grant);
  const auto desk = perform(maker, create_account(maker, {Role::front_desk, {}, {}, {}}));
  ASSERT_TRUE(enrol(*enter(link_of(desk->id)), other));
  const auto session = come_in(device, admin.account);
  ASSERT_TRUE(session);

  CallContext wrong = call_of(*session);
  const auto foreign = request_terms(wrong, Ceremony::step_up);
  EXPECT_EQ(code_of(perform(wrong, step_up(wrong, answer(other, foreign->challenge, desk->id)))), ErrorCode::unauthenticated);
  CallContext ctx = call_of(*session);
  const auto terms = request_terms(ctx, Ceremony::step_up);
  EXPECT_EQ(terms->allowed, std::vector<Bytes>{device.id()});
  move_clock(std::chrono::minutes(1));
  ctx.now = app().store.now();
  ASSERT_TRUE(perform(ctx, step_up(ctx, answer(device, terms->challenge, admin.account))));
  EXPECT_FALSE(is_known(*session));
  EXPECT_TRUE(is_known(*ctx.session));
  EXPECT_EQ(ctx.session->id, session->id);
  EXPECT_GT(ctx.session->factor, session->factor);
}

TEST_P(SignIn, the_last_passkey_stays) {
  const SoftAuthenticator one(webauthn::Algorithm::es256), two(webauthn::Algorithm::eddsa);
  const auto session = enter(link_of(admin.account));
  const auto first = enrol(*session, one), second = enrol(*session, two);
  ASSERT_TRUE(first && second);
  const auto remove = [&](const PasskeyId& id) {
    CallContext ctx = call_of(*session);
    return code_of(perform(ctx, remove_passkey(ctx, id)));
  };
  EXPECT_EQ(remove(first->id), std::nullopt);
  EXPECT_EQ(remove(first->id), ErrorCode::not_found);
  EXPECT_EQ(remove(second->id), ErrorCode::state_conflict);
  EXPECT_EQ(code_of(come_in(one, admin.account)), ErrorCode::unauthenticated);
  EXPECT_TRUE(come_in(two, admin.account));
}

TEST_P(SignIn, the_operator_gets_an_account_once_and_a_link_each_time) {
  const auto ask = [&] {
    CallContext ctx = operator_context(app());
    return perform(ctx, create_operator_enrolment(ctx));
  };
  const auto first = ask(), second = ask();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(code_of(enter(first->url.substr(first->url.rfind('/') + 1))), ErrorCode::unauthenticated);
  const auto session = enter(second->url.substr(second->url.rfind('/') + 1));
  ASSERT_TRUE(session);
  EXPECT_EQ(session->principal.role, Role::super_admin);
  EXPECT_EQ(session->tenant_no, 0);
  const SoftAuthenticator device(webauthn::Algorithm::rs256);
  ASSERT_TRUE(enrol(*session, device));
  EXPECT_TRUE(come_in(device, session->principal.account));
}

TEST_P(SignIn, the_demos_links_open_nothing_in_production) {
  EXPECT_EQ(code_of(sign_in_demo(app(), admin.account, "A browser", nullptr)), ErrorCode::forbidden);
  app().is_production = false;
  EXPECT_TRUE(sign_in_demo(app(), admin.account, "A browser", nullptr));
  EXPECT_EQ(code_of(sign_in_demo(app(), new_id<AccountId>(), "A browser", nullptr)), ErrorCode::not_found);
}

TEST_P(SignIn, what_other_nodes_did_is_followed) {
  const SoftAuthenticator device(webauthn::Algorithm::es256);
  ASSERT_TRUE(enrol(*enter(link_of(admin.account)), device));
  const auto session = come_in(device, admin.account);
  ASSERT_TRUE(session);
  authn::SessionIndex elsewhere;  // another node's memory
  for (const auto& each : app().session_store->changed_since({})) elsewhere.put(each);
  EXPECT_TRUE(elsewhere.find(session->hash, app().store.now()));
  const Instant looked = app().store.now();
  CallContext ctx = call_of(*session);
  ASSERT_TRUE(perform(ctx, end_own(ctx)));
  for (const auto& each : app().session_store->changed_since(looked)) elsewhere.put(each);
  EXPECT_FALSE(elsewhere.find(session->hash, app().store.now()));
}

}  // namespace
}  // namespace sealbook::app::sign_in
