#include "app/feeds/feeds.hpp"

#include "app/calendar/uid.hpp"
#include "app/directory/resources.hpp"
#include "app/feeds/fetch.hpp"
#include "app/testing/world.hpp"
#include "storage/tables/appointments.hpp"

namespace sealbook::app {
namespace {

using testing::code_of;

class FeedsTest : public testing::World {
 protected:
  ResourceId add_practitioner() {
    CallContext ctx = as(admin, Permission::directory_manage);
    return perform(ctx, add_resource(ctx, {ResourceKind::practitioner, "Dr. Example", 1, {}, {}}))
        .value()
        .id;
  }
  IssuedFeed make_feed(const ResourceId& practitioner,
                       calendar::FeedWording wording = calendar::FeedWording::busy) {
    CallContext ctx = as(admin, Permission::feed_manage);
    return perform(ctx, create_feed(ctx, {practitioner, "Phone", wording, messages::Locale::en}))
        .value();
  }
  CallContext nobody() {
    return CallContext{.app = app(),
                       .tenant = {},
                       .principal = {},
                       .decision = {},
                       .now = app().store.now(),
                       .request = {},
                       .if_match = {},
                       .endpoint_id = {},
                       .entries = {},
                       .explain = {}};
  }
  Result<FetchedFeed> fetch(std::string_view secret) {
    CallContext ctx = nobody();
    return fetch_feed(ctx, secret);
  }
  Result<void> revoke(const FeedId& id) {
    CallContext ctx = as(admin, Permission::feed_manage);
    ENSURE(perform(ctx, revoke_feed(ctx, id)));
    return {};
  }
  AppointmentId add_visit(const ResourceId& practitioner, Instant starts,
                          scheduling::Status status = scheduling::Status::booked) {
    CallContext ctx = as(admin, Permission::appointment_create);
    storage::AppointmentRow row;
    row.id = new_id<AppointmentId>();
    row.status = status;
    row.service = new_id<ServiceId>();
    row.location = new_id<LocationId>();
    row.practitioner = practitioner;
    row.patient = new_id<PatientId>();
    row.when = {starts, starts + std::chrono::minutes(30)};
    row.zone = "Etc/UTC";
    row.created = ctx.now;
    ctx.note(AuditAction::appointment_booked, audit::ResourceKind::appointment, row.id.raw());
    EXPECT_TRUE(perform(
        ctx, Result<Work<AppointmentId>>([row](storage::Transaction& tx) -> Result<AppointmentId> {
          storage::appointments::insert(tx, row);
          return row.id;
        })));
    return row.id;
  }
};
SEALBOOK_ON_BOTH_ENGINES(FeedsTest);

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1))
    ++n;
  return n;
}

TEST_P(FeedsTest, a_feed_shows_the_practitioners_visits_as_busy_times_and_nothing_else) {
  const ResourceId doctor = add_practitioner();
  const Instant now = app().store.now();
  const AppointmentId shown = add_visit(doctor, now + std::chrono::hours(24));
  add_visit(doctor, now - std::chrono::days(29));
  add_visit(doctor, now - std::chrono::days(31));
  add_visit(doctor, now + std::chrono::days(181));
  add_visit(doctor, now + std::chrono::hours(26), scheduling::Status::cancelled);
  add_visit(add_practitioner(), now + std::chrono::hours(24));

  const auto fetched = fetch(make_feed(doctor).secret);
  ASSERT_TRUE(fetched);
  EXPECT_EQ(count(fetched->ics, "BEGIN:VEVENT"), 2u);
  EXPECT_EQ(count(fetched->ics, "SUMMARY:Busy\r\n"), 2u);
  EXPECT_NE(fetched->ics.find("UID:" + calendar_uid(tenant->id(), shown)), std::string::npos);
  EXPECT_EQ(fetched->ics.find(shown.text()), std::string::npos);  // a uid names nothing in the API
  EXPECT_EQ(fetched->ics.find("Dr. Example"), std::string::npos);
  EXPECT_EQ(fetched->ics.find("Phone"), std::string::npos);
  const auto neutral = fetch(make_feed(doctor, calendar::FeedWording::neutral).secret);
  EXPECT_EQ(count(neutral->ics, "SUMMARY:Appointment\r\n"), 2u);
}

TEST_P(FeedsTest, the_tag_stays_until_the_calendar_changes) {
  const ResourceId doctor = add_practitioner();
  const std::string secret = make_feed(doctor).secret;
  const auto one = fetch(secret), two = fetch(secret);
  add_visit(doctor, app().store.now() + std::chrono::hours(24));
  EXPECT_EQ(one->etag, two->etag);
  EXPECT_NE(fetch(secret)->etag, one->etag);
}

TEST_P(FeedsTest, a_new_secret_ends_the_old_one_and_revoking_ends_both_also_after_a_restart) {
  const IssuedFeed first = make_feed(add_practitioner());
  ASSERT_TRUE(fetch(first.secret));
  CallContext ctx = as(admin, Permission::feed_manage);
  const auto second = perform(ctx, rotate_feed(ctx, first.feed.row.id));
  ASSERT_TRUE(second);
  EXPECT_EQ(code_of(fetch(first.secret)), ErrorCode::not_found);
  EXPECT_TRUE(fetch(second->secret));
  restart();
  EXPECT_EQ(code_of(fetch(first.secret)), ErrorCode::not_found);
  EXPECT_TRUE(fetch(second->secret));
  ASSERT_TRUE(revoke(first.feed.row.id));
  EXPECT_EQ(code_of(fetch(second->secret)), ErrorCode::not_found);
  EXPECT_EQ(code_of(revoke(first.feed.row.id)), ErrorCode::not_found);
  CallContext again = as(admin, Permission::feed_manage);
  EXPECT_EQ(code_of(rotate_feed(again, first.feed.row.id)), ErrorCode::not_found);
}

TEST_P(FeedsTest, every_secret_that_opens_nothing_is_refused_alike) {
  const IssuedFeed feed = make_feed(add_practitioner());
  ASSERT_TRUE(revoke(feed.feed.row.id));
  std::string changed = make_feed(add_practitioner()).secret;
  changed[12] = changed[12] == 'A' ? 'B' : 'A';
  for (const std::string& secret :
       {feed.secret, changed, make_token("feed").text, make_token("account").text, std::string(),
        feed.feed.row.id.text(), std::string(100, 'x')}) {
    const auto refused = fetch(secret);
    ASSERT_EQ(code_of(refused), ErrorCode::not_found);
    EXPECT_EQ(refused.error().detail, make_error(ErrorCode::not_found).detail);
    EXPECT_TRUE(refused.error().fields.empty());
  }
}

TEST_P(FeedsTest, a_secret_is_good_for_20_fetches_a_day_and_each_is_counted) {
  const IssuedFeed feed = make_feed(add_practitioner()), other = make_feed(add_practitioner());
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(fetch(feed.secret)) << i;
  for (int i = 0; i < 3; ++i) {
    CallContext ctx = nobody();
    EXPECT_EQ(code_of(fetch_feed(ctx, feed.secret)), ErrorCode::rate_limited);
    EXPECT_GT(ctx.retry_after_s, 0);
    EXPECT_LE(ctx.retry_after_s, 86'400);
  }
  EXPECT_TRUE(fetch(other.secret));
  CallContext ctx = as(admin, Permission::feed_manage);
  const auto listed = list_feeds(ctx);
  ASSERT_EQ(listed->size(), 2u);
  EXPECT_EQ(listed->at(0).row.fetches + listed->at(1).row.fetches,
            22);  // with the one refusal that is counted
  EXPECT_EQ(listed->at(0).device, "Phone");
}

TEST_P(FeedsTest, a_provider_reaches_the_own_calendar_only) {
  const ResourceId own = add_practitioner(), others = add_practitioner();
  const IssuedFeed foreign = make_feed(others);
  const Principal provider = provider_of(own);
  CallContext ctx = as(provider, Permission::feed_manage);
  EXPECT_EQ(code_of(create_feed(ctx, {others, "Phone"})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(rotate_feed(ctx, foreign.feed.row.id)), ErrorCode::not_found);
  EXPECT_EQ(code_of(revoke_feed(ctx, foreign.feed.row.id)), ErrorCode::not_found);
  EXPECT_TRUE(list_feeds(ctx)->empty());
  const auto made = perform(ctx, create_feed(ctx, {own, "Phone"}));
  ASSERT_TRUE(made);
  CallContext again = as(provider, Permission::feed_manage);
  EXPECT_EQ(list_feeds(again)->size(), 1u);
  EXPECT_TRUE(perform(again, revoke_feed(again, made->feed.row.id)));
}

TEST_P(FeedsTest, a_feed_is_of_a_practitioner_and_there_are_at_most_20) {
  const ResourceId doctor = add_practitioner();
  CallContext ctx = as(admin, Permission::feed_manage);
  EXPECT_EQ(code_of(create_feed(ctx, {new_id<ResourceId>(), "Phone"})), ErrorCode::not_found);
  for (int i = 0; i < 20; ++i) make_feed(doctor);
  EXPECT_EQ(code_of(create_feed(ctx, {doctor, "Phone"})), ErrorCode::invalid);
}

TEST_P(FeedsTest, two_changes_at_once_are_one_change) {
  const IssuedFeed feed = make_feed(add_practitioner());
  CallContext one = as(admin, Permission::feed_manage), two = as(admin, Permission::feed_manage, 1);
  auto first = rotate_feed(one, feed.feed.row.id);
  auto second = revoke_feed(two, feed.feed.row.id);
  ASSERT_TRUE(perform(one, std::move(first)));
  EXPECT_EQ(code_of(perform(two, std::move(second))), ErrorCode::precondition_failed);
}

TEST(CalendarUid, is_stable_and_tells_visits_and_tenants_apart) {
  const auto tenant = new_id<TenantId>(), other = new_id<TenantId>();
  const auto visit = new_id<AppointmentId>();
  EXPECT_EQ(calendar_uid(tenant, visit), calendar_uid(tenant, visit));
  EXPECT_NE(calendar_uid(tenant, visit), calendar_uid(other, visit));
  EXPECT_NE(calendar_uid(tenant, visit), calendar_uid(tenant, new_id<AppointmentId>()));
  EXPECT_EQ(calendar_uid(tenant, visit).size(), 36u);
  EXPECT_EQ(calendar_uid(tenant, visit)[14], '8');
}

}  // namespace
}  // namespace sealbook::app
