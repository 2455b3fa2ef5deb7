#include "app/templates/templates.hpp"

#include <gmock/gmock.h>

#include "app/testing/world.hpp"
#include "domain/messages/shipped.hpp"
#include "storage/tables/templates.hpp"

namespace sealbook::app::templates {
namespace {

using app::testing::code_of;
using app::testing::pointers_of;
using messages::Channel;
using messages::Locale;
using messages::Purpose;
using messages::TemplateText;

class TemplatesTest : public app::testing::World {
 protected:
  static constexpr auto manage = Permission::template_manage;

  static TemplateText a_reminder(const std::string& body) {
    return {Channel::email, Locale::en, Purpose::reminder, "Hello",
            body + "\n{{organisation.message_name}} {{organisation.phone}}"};
  }
  Entry add(const TemplateText& text) {
    CallContext ctx = as(admin, manage);
    return perform(ctx, templates::create(ctx, text)).value();
  }
  std::string chosen(Locale locale = Locale::en) {
    return choose(*tenant, Channel::email, Purpose::reminder, locale)->text().body;
  }
  std::string shipped(Locale locale = Locale::en) {
    return messages::find_shipped(Channel::email, Purpose::reminder, locale)->text().body;
  }
};
SEALBOOK_ON_BOTH_ENGINES(TemplatesTest);

TEST_P(TemplatesTest, a_tenants_own_template_takes_the_place_of_the_shipped_one) {
  EXPECT_EQ(chosen(), shipped());

  const Entry mine = add(a_reminder("See you soon."));

  EXPECT_EQ(chosen(), mine.text.body);
  EXPECT_EQ(chosen(Locale::es), shipped(Locale::es));
  restart();
  EXPECT_EQ(chosen(), mine.text.body);
}

TEST_P(TemplatesTest, the_newest_is_used_and_closing_it_brings_back_the_one_before) {
  const Entry old = add(a_reminder("Old."));
  const Entry fresh = add(a_reminder("Fresh."));
  EXPECT_EQ(chosen(), fresh.text.body);

  CallContext ctx = as(admin, manage);
  EXPECT_TRUE(perform(ctx, close(ctx, fresh.id)));
  EXPECT_EQ(chosen(), old.text.body);
  EXPECT_EQ(code_of(close(ctx, fresh.id)), ErrorCode::not_found);
  CallContext again = as(admin, manage);
  EXPECT_TRUE(perform(again, close(again, old.id)));
  EXPECT_EQ(chosen(), shipped());
}

TEST_P(TemplatesTest, one_that_says_too_much_is_not_saved) {
  CallContext ctx = as(admin, manage);
  const auto refused = templates::create(ctx, a_reminder("Dear {{patient.name.given}}"));

  EXPECT_EQ(code_of(refused), ErrorCode::invalid);
  EXPECT_EQ(pointers_of(refused), std::vector<std::string>{"/body"});
  EXPECT_EQ(chosen(), shipped());
}

TEST_P(TemplatesTest, a_change_is_checked_and_needs_the_version_that_was_seen) {
  const Entry mine = add(a_reminder("One."));
  CallContext late = as(admin, manage, 7);
  EXPECT_EQ(code_of(change(late, {mine.id, std::nullopt, "x", std::nullopt})),
            ErrorCode::precondition_failed);
  CallContext ctx = as(admin, manage, 1);
  EXPECT_EQ(code_of(change(ctx, {mine.id, std::nullopt, "{{appointment.reason}}", std::nullopt})),
            ErrorCode::invalid);

  const auto changed =
      perform(ctx, change(ctx, {mine.id, std::nullopt, a_reminder("Two.").body, std::nullopt}));

  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->version, 2);
  EXPECT_EQ(chosen(), a_reminder("Two.").body);
  restart();
  EXPECT_EQ(chosen(), a_reminder("Two.").body);
}

TEST_P(TemplatesTest, a_closed_one_can_be_brought_back) {
  const Entry mine = add(a_reminder("One."));
  CallContext ctx = as(admin, manage, 1);
  EXPECT_TRUE(perform(ctx, change(ctx, {mine.id, std::nullopt, std::nullopt, false})));
  EXPECT_EQ(chosen(), shipped());

  CallContext again = as(admin, manage, 2);
  EXPECT_TRUE(perform(again, change(again, {mine.id, std::nullopt, std::nullopt, true})));

  EXPECT_EQ(chosen(), mine.text.body);
}

// A row of an older program, or of someone who wrote to the store: sealed rightly, unsafe today.
TEST_P(TemplatesTest, what_the_rules_of_today_refuse_is_never_chosen) {
  const Entry mine = add(a_reminder("One."));
  tenant->change_templates([&](Shelf& shelf) { shelf.at(mine.id).made = nullptr; });

  EXPECT_EQ(chosen(), shipped());
}

TEST_P(TemplatesTest, the_store_holds_no_text_of_a_template_in_the_clear) {
  add(a_reminder("Kanarienvogel."));
  std::vector<storage::TemplateRow> rows;
  app().store.read(tenant->ref(), [&](storage::Snapshot& s) { rows = storage::templates::all(s); });

  ASSERT_EQ(rows.size(), 1U);
  const std::string raw(rows[0].sealed.begin(), rows[0].sealed.end());
  EXPECT_FALSE(raw.contains("Kanarien"));
}

TEST_P(TemplatesTest, a_preview_shows_both_levels_with_an_invented_person) {
  const CallContext ctx = as(admin, manage);
  const auto shown = preview(ctx, a_reminder("On {{appointment.day}}."));

  ASSERT_TRUE(shown);
  ASSERT_EQ(shown->renderings.size(), 2U);
  EXPECT_THAT(shown->renderings[0].message.text.reveal(),
              ::testing::HasSubstr("On (please call us)."));
  EXPECT_THAT(shown->renderings[1].message.text.reveal(), ::testing::HasSubstr("day, "));
  EXPECT_THAT(shown->renderings[0].message.text.reveal(),
              ::testing::HasSubstr("Your clinic +12025550100"));
  EXPECT_EQ(chosen(), shipped());
}

TEST_P(TemplatesTest, a_preview_without_a_body_shows_what_is_in_use) {
  const CallContext ctx = as(admin, manage);
  EXPECT_EQ(preview(ctx, {Channel::sms, Locale::es, Purpose::code, {}, {}})->renderings.size(), 2U);
  EXPECT_EQ(pointers_of(preview(ctx, {Channel::voice, Locale::en, Purpose::code, {}, {}})),
            std::vector<std::string>{"/body"});
}

TEST_P(TemplatesTest, another_tenants_templates_are_not_there) {
  const Entry mine = add(a_reminder("One."));
  const auto other = app().tenants.find(create("second-clinic").id);

  EXPECT_EQ(choose(*other, Channel::email, Purpose::reminder, Locale::en)->text().body, shipped());
  EXPECT_FALSE(other->templates()->contains(mine.id));
}

}  // namespace
}  // namespace sealbook::app::templates
