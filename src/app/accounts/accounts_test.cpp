#include "app/accounts/accounts.hpp"

#include "app/directory/resources.hpp"
#include "app/patients/patients.hpp"
#include "app/testing/world.hpp"

namespace sealbook::app {
namespace {

using testing::code_of;
using testing::pointers_of;

class AccountsTest : public testing::World {
 protected:
  ResourceId add_practitioner() {
    CallContext ctx = as(admin, Permission::directory_manage);
    return perform(ctx, add_resource(ctx, {ResourceKind::practitioner, "Dr. Example", 1, {}, {}})).value().id;
  }
};
SEALBOOK_ON_BOTH_ENGINES(AccountsTest);

TEST_P(AccountsTest, a_new_tenant_has_a_profile_keys_and_an_administrator_also_after_a_restart) {
  const CreatedTenant made = create("second-clinic");
  const auto hash = token_hash(made.admin_token);
  ASSERT_TRUE(hash);
  for (int round = 0; round < 2; ++round) {
    const auto holder = app().tokens.find(*hash, app().store.now());
    ASSERT_TRUE(holder);
    EXPECT_EQ(holder->principal.role, Role::admin);
    EXPECT_EQ(holder->principal.tenant, made.id);
    const auto found = app().tenants.find(made.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(holder->tenant_no, found->ref().no);
    EXPECT_EQ(found->profile()->slug, "second-clinic");
    EXPECT_EQ(regimes_of(found->profile()->regime), (std::vector{Regime::healthcare, Regime::gdpr}));
    restart();
  }
}

TEST_P(AccountsTest, a_slug_belongs_to_one_tenant) {
  CallContext one = operator_context(app()), two = operator_context(app());
  auto first = create_tenant(one, {"same-slug", "A", "A", "", {Regime::baseline}});
  auto second = create_tenant(two, {"same-slug", "B", "B", "", {Regime::baseline}});
  ASSERT_TRUE(perform(one, std::move(first)));

  const auto refused = perform(two, std::move(second));  // both were prepared before either was there
  EXPECT_EQ(code_of(refused), ErrorCode::state_conflict);
  EXPECT_EQ(pointers_of(refused), std::vector<std::string>{"/slug"});
  EXPECT_EQ(code_of(create_tenant(two, {"same-slug", "C", "C", "", {Regime::baseline}})), ErrorCode::state_conflict);
  EXPECT_EQ(pointers_of(create_tenant(two, {"third", "C", "C", "", {Regime::gdpr, Regime::gdpr}})),
            std::vector<std::string>{"/regime/1"});
}

TEST_P(AccountsTest, an_account_has_what_its_role_needs) {
  const ResourceId practitioner = add_practitioner();
  CallContext ctx = as(admin, Permission::role_grant);
  const auto made = perform(ctx, create_account(ctx, {Role::provider, practitioner, {}, {}}));
  ASSERT_TRUE(made);
  EXPECT_EQ(app().tokens.find(*token_hash(made->token), ctx.now)->principal.practitioner, practitioner);

  EXPECT_EQ(pointers_of(create_account(ctx, {Role::super_admin, {}, {}, {}})), std::vector<std::string>{"/role"});
  EXPECT_EQ(pointers_of(create_account(ctx, {Role::provider, {}, {}, {}})), std::vector<std::string>{"/practitioner_id"});
  EXPECT_EQ(pointers_of(create_account(ctx, {Role::admin, practitioner, {}, {}})), std::vector<std::string>{"/practitioner_id"});
  EXPECT_EQ(pointers_of(create_account(ctx, {Role::patient, {}, {}, {}})), std::vector<std::string>{"/patient_id"});
  EXPECT_EQ(pointers_of(create_account(ctx, {Role::billing, {}, {}, ctx.now})), std::vector<std::string>{"/expires_at"});
  EXPECT_EQ(code_of(create_account(ctx, {Role::provider, new_id<ResourceId>(), {}, {}})), ErrorCode::not_found);
  EXPECT_EQ(code_of(create_account(ctx, {Role::patient, {}, new_id<PatientId>(), {}})), ErrorCode::not_found);
}

TEST_P(AccountsTest, a_token_ends_when_it_says_and_survives_a_restart_until_then) {
  CallContext ctx = as(admin, Permission::role_grant);
  const Instant ends = ctx.now + std::chrono::hours(1);
  const auto made = perform(ctx, create_account(ctx, {Role::auditor, {}, {}, ends}));
  ASSERT_TRUE(made);
  restart();
  const Hash256 hash = *token_hash(made->token);
  EXPECT_TRUE(app().tokens.find(hash, ends - std::chrono::microseconds(1)));
  EXPECT_FALSE(app().tokens.find(hash, ends));
  CallContext reader = as(admin, Permission::role_grant);
  const auto accounts = list_accounts(reader);
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(accounts[1].id, made->id);
}

}  // namespace
}  // namespace sealbook::app
