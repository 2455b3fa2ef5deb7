#include "app/directory/closures.hpp"
#include "app/directory/departments.hpp"
#include "app/directory/locations.hpp"
#include "app/directory/resources.hpp"
#include "app/directory/schedules.hpp"
#include "app/directory/services.hpp"
#include "app/testing/world.hpp"

namespace sealbook::app {
namespace {

using testing::code_of;
using testing::pointers_of;

class DirectoryTest : public testing::World {
 protected:
  static constexpr auto manage = Permission::directory_manage;

  Location add_site() {
    CallContext ctx = as(admin, manage);
    return perform(ctx, add_location(ctx, {"Harbour", "America/New_York"})).value();
  }
  Resource add(ResourceKind kind, std::optional<LocationId> location = std::nullopt) {
    CallContext ctx = as(admin, manage);
    return perform(ctx, add_resource(ctx, {kind, "Somebody", 1, location, std::nullopt})).value();
  }
  ScheduleEntry add_hours(const ResourceId& resource, const LocationId& location) {
    CallContext ctx = as(admin, manage);
    return perform(ctx, add_schedule(ctx, {resource, location, {{0, {"09:00", "17:00"}}}, {}, {}})).value();
  }
  AddService a_service() {
    AddService command;
    command.rules.name = "First visit";
    command.rules.needs.push_back({ResourceKind::practitioner, {}, {}, {}});
    return command;
  }
};
SEALBOOK_ON_BOTH_ENGINES(DirectoryTest);

TEST_P(DirectoryTest, what_was_added_is_there_after_a_restart) {
  const Location site = add_site();
  const Resource person = add(ResourceKind::practitioner);
  const Resource room = add(ResourceKind::room, site.id);
  const ScheduleEntry hours = add_hours(person.id, site.id);
  CallContext ctx = as(admin, manage);
  const auto department = perform(ctx, add_department(ctx, {"General", site.id}));
  AddService command = a_service();
  command.description = "For people who are new here.";
  const auto service = perform(ctx, add_service(ctx, command));
  const Interval when{ctx.now, ctx.now + std::chrono::hours(2)};
  const auto closure = perform(ctx, add_closure(ctx, {site.id, std::nullopt, when, "Inventory"}));
  ASSERT_TRUE(department && service && closure);

  restart();

  const CallContext reader = as(admin, Permission::directory_view);
  EXPECT_EQ(read_location(reader, site.id).value(), site);
  EXPECT_EQ(list_departments(reader), std::vector{*department});
  EXPECT_EQ(read_resource(reader, ResourceKind::practitioner, person.id).value(), person);
  EXPECT_EQ(list_resources(reader, ResourceKind::room), std::vector{room});
  EXPECT_EQ(read_schedule(reader, hours.schedule.id).value().schedule, hours.schedule);
  EXPECT_EQ(read_service(reader, service->rules.id).value().rules, service->rules);
  EXPECT_EQ(read_service(reader, service->rules.id).value().description, command.description);
  ASSERT_EQ(list_closures(reader, {}).size(), 1U);
  EXPECT_EQ(list_closures(reader, {}).front().reason, "Inventory");
}

TEST_P(DirectoryTest, a_change_writes_the_next_version_and_a_stale_one_is_refused) {
  const Location site = add_site();
  CallContext first = as(admin, manage, 1), second = as(admin, manage, 1), unnamed = as(admin, manage);
  auto one = change_location(first, {site.id, "Harbour House", std::nullopt, std::nullopt});
  auto two = change_location(second, {site.id, "Harbour Hall", std::nullopt, std::nullopt});
  auto three = change_location(unnamed, {site.id, "Harbour Hut", std::nullopt, std::nullopt});

  EXPECT_EQ(perform(first, std::move(one)).value().version, 2U);

  EXPECT_EQ(code_of(perform(second, std::move(two))), ErrorCode::precondition_failed);
  EXPECT_EQ(code_of(perform(unnamed, std::move(three))), ErrorCode::stale_version);  // prepared again by the pipeline
  CallContext late = as(admin, manage, 1);
  EXPECT_EQ(code_of(change_location(late, {site.id, "Late", std::nullopt, std::nullopt})), ErrorCode::precondition_failed);
  restart();
  EXPECT_EQ(read_location(as(admin, Permission::directory_view), site.id).value().name, "Harbour House");
}

TEST_P(DirectoryTest, a_change_is_journaled_with_both_versions_and_a_closing_by_its_own_action) {
  const Location site = add_site();
  CallContext ctx = as(admin, manage, 1);
  ASSERT_TRUE(change_location(ctx, {site.id, std::nullopt, std::nullopt, false}));

  ASSERT_EQ(ctx.entries.size(), 1U);
  EXPECT_EQ(ctx.entries[0].action, AuditAction::location_closed);
  EXPECT_EQ(ctx.entries[0].resource, (audit::Resource{audit::ResourceKind::location, site.id.raw()}));
  EXPECT_EQ(ctx.entries[0].version_before, 1U);
  EXPECT_EQ(ctx.entries[0].version_after, 2U);
}

TEST_P(DirectoryTest, what_is_anothers_or_unknown_is_not_found) {
  const Location site = add_site();
  const Resource room = add(ResourceKind::room, site.id);
  const auto own = tenant;
  tenant = app().tenants.find(create("other-clinic").id);
  const Principal stranger = principal(Role::admin);

  CallContext ctx = as(stranger, manage, 1);
  EXPECT_EQ(code_of(change_location(ctx, {site.id, "Mine", std::nullopt, std::nullopt})), ErrorCode::not_found);
  EXPECT_EQ(code_of(add_department(ctx, {"General", site.id})), ErrorCode::not_found);
  EXPECT_EQ(code_of(read_resource(ctx, ResourceKind::room, room.id)), ErrorCode::not_found);
  EXPECT_EQ(code_of(change_resource(ctx, {room.id, ResourceKind::room, "Mine", {}, {}, {}})), ErrorCode::not_found);
  EXPECT_TRUE(ctx.entries.empty());
  tenant = own;
  EXPECT_EQ(code_of(read_resource(as(admin, Permission::directory_view), ResourceKind::device, room.id)),
            ErrorCode::not_found);
}

TEST_P(DirectoryTest, a_provider_changes_the_hours_of_its_own_calendar_and_nothing_else) {
  const Location site = add_site();
  const Resource own = add(ResourceKind::practitioner), other = add(ResourceKind::practitioner);
  const ScheduleEntry hours = add_hours(own.id, site.id), others = add_hours(other.id, site.id);
  const Principal provider = provider_of(own.id);
  CallContext ctx = as(provider, manage);
  const Interval when{ctx.now, ctx.now + std::chrono::hours(1)};

  EXPECT_TRUE(add_schedule(ctx, {own.id, site.id, {}, {}, {}}));
  EXPECT_TRUE(change_schedule(ctx, {hours.schedule.id, {}, {}, {}, false}));
  EXPECT_TRUE(add_closure(ctx, {std::nullopt, own.id, when, "Training"}));

  EXPECT_EQ(code_of(add_schedule(ctx, {other.id, site.id, {}, {}, {}})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(add_schedule(ctx, {std::nullopt, site.id, {}, {}, {}})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(change_schedule(ctx, {others.schedule.id, {}, {}, {}, false})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(set_override(ctx, others.schedule.id, local_day({std::chrono::year(2026), std::chrono::May, std::chrono::day(1)}), {})),
            ErrorCode::forbidden);
  EXPECT_EQ(code_of(add_closure(ctx, {site.id, std::nullopt, when, ""})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(add_location(ctx, {"Mine", "UTC"})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(add_service(ctx, a_service())), ErrorCode::forbidden);
  EXPECT_EQ(code_of(change_resource(ctx, {own.id, ResourceKind::practitioner, "Me", {}, {}, {}})), ErrorCode::forbidden);
}

TEST_P(DirectoryTest, refusals_name_the_members_of_the_request) {
  const Location site = add_site();
  const Resource room = add(ResourceKind::room, site.id);
  CallContext ctx = as(admin, manage);

  EXPECT_EQ(pointers_of(add_location(ctx, {"Nowhere", "Mars/Olympus"})), std::vector<std::string>{"/time_zone"});
  AddService broken = a_service();
  broken.rules.duration = Minutes(0);
  broken.rules.grid = Minutes(0);
  broken.rules.min_notice = Minutes(-1);
  EXPECT_EQ(pointers_of(add_service(ctx, broken)),
            (std::vector<std::string>{"/duration_minutes", "/notice_minutes", "/grid_minutes"}));
  AddService wrong_pool = a_service();
  wrong_pool.rules.needs[0].pool = {room.id};
  EXPECT_EQ(pointers_of(add_service(ctx, wrong_pool)), std::vector<std::string>{"/needs/0/pool/0"});
  EXPECT_EQ(pointers_of(add_schedule(ctx, {room.id, site.id, {{0, {"09:00", "17:00"}}, {1, {"25:00", "17:00"}}}, {}, {}})),
            std::vector<std::string>{"/weekly/1/from"});
  const LocalDay day = local_day({std::chrono::year(2026), std::chrono::May, std::chrono::day(1)});
  EXPECT_EQ(pointers_of(add_schedule(ctx, {room.id, site.id, {}, day, day - std::chrono::days(1)})),
            std::vector<std::string>{"/valid_until"});
  EXPECT_EQ(pointers_of(add_closure(ctx, {site.id, {}, {ctx.now, ctx.now}, ""})), std::vector<std::string>{"/ends_at"});
  EXPECT_EQ(pointers_of(add_department(ctx, {"General", new_id<LocationId>()})), std::vector<std::string>{"/location_id"});
  EXPECT_EQ(code_of(change_location(ctx, {site.id, {}, {}, {}})), ErrorCode::invalid);
}

TEST_P(DirectoryTest, an_override_is_set_changed_and_removed_by_day) {
  const Location site = add_site();
  const ScheduleEntry hours = add_hours(add(ResourceKind::practitioner).id, site.id);
  const ScheduleId id = hours.schedule.id;
  const LocalDay day = local_day({std::chrono::year(2026), std::chrono::December, std::chrono::day(24)});

  CallContext ctx = as(admin, manage);
  auto set = set_override(ctx, id, day, {{"13:00", "15:00"}, {"09:00", "12:00"}});
  EXPECT_EQ(ctx.entries.at(0).action, AuditAction::override_created);
  const auto after = perform(ctx, std::move(set)).value().schedule.overrides;
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].hours, (std::vector<scheduling::LocalHours>{{540, 720}, {780, 900}}));

  set = set_override(ctx, id, day, {});
  EXPECT_EQ(ctx.entries.at(0).action, AuditAction::override_changed);
  EXPECT_TRUE(perform(ctx, std::move(set)).value().schedule.overrides.at(0).hours.empty());

  EXPECT_TRUE(perform(ctx, remove_override(ctx, id, day)).value().schedule.overrides.empty());
  EXPECT_EQ(code_of(remove_override(ctx, id, day)), ErrorCode::not_found);
  EXPECT_EQ(read_schedule(ctx, id).value().schedule.version, 4U);
}

TEST_P(DirectoryTest, patients_see_what_is_in_use_and_meant_for_them) {
  const Location site = add_site();
  CallContext ctx = as(admin, manage);
  const auto open = perform(ctx, add_service(ctx, a_service())).value();
  AddService internal = a_service();
  internal.for_patients = false;
  const auto staff_only = perform(ctx, add_service(ctx, internal)).value();
  CallContext closing = as(admin, manage, 1);
  ASSERT_TRUE(perform(closing, change_location(closing, {site.id, {}, {}, false})));

  const CallContext patient = as(principal(Role::patient), Permission::directory_view);
  const CallContext desk = as(principal(Role::front_desk), Permission::directory_view);
  EXPECT_EQ(list_services(patient).size(), 1U);
  EXPECT_EQ(list_services(desk).size(), 2U);
  EXPECT_TRUE(read_service(patient, open.rules.id));
  EXPECT_EQ(code_of(read_service(patient, staff_only.rules.id)), ErrorCode::not_found);
  EXPECT_TRUE(list_locations(patient).empty());
  EXPECT_EQ(list_locations(desk).size(), 1U);
}

TEST_P(DirectoryTest, a_removed_closure_is_gone_and_cannot_be_removed_twice) {
  CallContext ctx = as(admin, manage);
  const Interval when{ctx.now, ctx.now + std::chrono::hours(1)};
  const auto closure = perform(ctx, add_closure(ctx, {{}, {}, when, "Holiday"})).value();
  const CallContext patient = as(principal(Role::patient), Permission::directory_view);
  EXPECT_EQ(list_closures(patient, {}).at(0).reason, "");  // only staff is told why
  EXPECT_TRUE(list_closures(patient, {when.ends, std::nullopt}).empty());

  auto again = remove_closure(ctx, closure.closure.id);
  EXPECT_TRUE(perform(ctx, remove_closure(ctx, closure.closure.id)));
  EXPECT_EQ(code_of(perform(ctx, std::move(again))), ErrorCode::not_found);
  EXPECT_EQ(code_of(remove_closure(ctx, closure.closure.id)), ErrorCode::not_found);
  EXPECT_TRUE(list_closures(ctx, {}).empty());
  restart();
  EXPECT_TRUE(list_closures(as(admin, Permission::directory_view), {}).empty());
}

}  // namespace
}  // namespace sealbook::app
