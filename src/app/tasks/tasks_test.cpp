#include "app/directory/closures.hpp"
#include "app/links/testing.hpp"
#include "app/tasks/manage.hpp"

namespace sealbook::app::tasks {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

class TaskTest : public links::testing::LinkWorld {
 protected:
  std::vector<TaskRow> open_tasks(TaskKind kind) {
    CallContext ctx = as(admin, Permission::task_manage);
    storage::tasks::Page page;
    page.kind = kind;
    return list(ctx, page).value();
  }
  void todays_at(Micros since_start) {
    move_clock(since_start);
    ASSERT_TRUE(open_todays(app(), tenant));
  }
  // A visit that the person booked through their link.
  storage::AppointmentRow booked() {
    const auto request = proven(invited(event, person), person);
    const auto here = links::session(app(), request);
    EXPECT_TRUE(here && links::book(app(), *here, offer_in(*here)));
    CallContext ctx = as(admin, Permission::appointment_view);
    storage::appointments::Page page;
    page.from = now;
    page.to = now + days(60);
    const auto rows = ctx.read([&](storage::Snapshot& s) { return storage::appointments::list(s, page); });
    EXPECT_EQ(rows.size(), 1U);
    return rows.at(0);
  }
  void close(const AddClosure& closure) {
    act(Permission::directory_manage, [&](auto& c) { return add_closure(c, closure); });
  }
  std::size_t displaced() { return open_tasks(TaskKind::displaced_visit).size(); }
};
SEALBOOK_ON_BOTH_ENGINES(TaskTest);

TEST_P(TaskTest, silence_after_a_reminder_is_a_task_once) {
  const auto answers = make_person("answers@example.test"), listed = make_person("listed@example.test");
  act(Permission::event_manage, [&](auto& c) { return events::add_people(c, {event, {answers, listed}, {}}); });
  const auto request = proven(invited(event, answers), answers);
  const auto here = links::session(app(), request);
  ASSERT_TRUE(here && links::book(app(), *here, offer_in(*here)));
  const auto invitation = act(Permission::invitation_send, [&](auto& c) {
    return events::invite(c, {event, std::vector{person}});
  });
  todays_at(days(4));
  EXPECT_TRUE(open_tasks(TaskKind::unanswered).empty()) << "nobody has been reminded";
  act(Permission::invitation_send, [&](auto& c) { return events::remind(c, invitation.id); });
  todays_at(days(6));
  EXPECT_TRUE(open_tasks(TaskKind::unanswered).empty()) << "three days to answer";
  todays_at(days(4) + hours(73));
  const auto found = open_tasks(TaskKind::unanswered);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].patient, person);
  todays_at(days(9));
  EXPECT_EQ(open_tasks(TaskKind::unanswered).size(), 1U);
}

TEST_P(TaskTest, silence_shortly_before_the_links_end_is_a_task_and_a_booking_is_an_answer) {
  const auto late = make_event([&](auto& e) { e.dates.ends = now + days(4); });
  const auto books = make_person("books@example.test");
  act(Permission::event_manage, [&](auto& c) { return events::add_people(c, {late, {person, books}, {}}); });
  invited(late, person);
  const auto request = proven(invited(late, books), books);
  const auto here = links::session(app(), request);
  ASSERT_TRUE(here && links::book(app(), *here, offer_in(*here)));
  todays_at(days(1));
  EXPECT_TRUE(open_tasks(TaskKind::unanswered).empty()) << "three days are left";
  todays_at(days(2) + hours(1));
  const auto found = open_tasks(TaskKind::unanswered);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].patient, person);
}

TEST_P(TaskTest, a_closure_over_a_visit_opens_a_task_and_leaves_the_visit) {
  const auto visit = booked();
  close({place, {}, {visit.when.ends, visit.when.ends + hours(1)}, ""});
  EXPECT_EQ(displaced(), 0U) << "touching is not overlapping";
  close({place, visit.practitioner, {visit.when.starts - hours(1), visit.when.starts + minutes(1)}, ""});
  ASSERT_EQ(displaced(), 1U);
  EXPECT_EQ(open_tasks(TaskKind::displaced_visit)[0].appointment, visit.id);
  close({{}, {}, visit.when, ""});
  EXPECT_EQ(displaced(), 1U) << "the same visit has its task";
  CallContext ctx = as(admin, Permission::appointment_view);
  const auto still = ctx.read([&](storage::Snapshot& s) { return storage::appointments::find(s, visit.id); });
  EXPECT_EQ(still->status, scheduling::Status::booked);
}

TEST_P(TaskTest, hours_that_no_longer_hold_a_visit_open_a_task_and_others_do_not) {
  const auto visit = booked();
  CallContext ctx = as(admin, Permission::directory_manage);
  const ScheduleId schedule = list_schedules(ctx, {}).at(0).schedule.id;
  const LocalDay day = to_local(visit.when.starts, *TimeZone::named("America/New_York")).day;
  const auto on_day = [&](LocalDay at, const std::vector<DayHours>& hours) {
    act(Permission::directory_manage, [&](auto& c) { return set_override(c, schedule, at, hours); });
  };
  on_day(day + days(1), {});
  on_day(day, {{"07:00", "19:00"}});
  EXPECT_EQ(displaced(), 0U);
  on_day(day, {});
  ASSERT_EQ(displaced(), 1U);
  EXPECT_EQ(open_tasks(TaskKind::displaced_visit)[0].patient, person);
}

TEST_P(TaskTest, a_practitioner_who_leaves_leaves_tasks) {
  const auto visit = booked();
  ASSERT_TRUE(visit.practitioner);
  ChangeResource gone;
  gone.id = *visit.practitioner;
  gone.kind = ResourceKind::practitioner;
  gone.active = false;
  act(Permission::directory_manage, [&](auto& c) { return change_resource(c, gone); });
  EXPECT_EQ(displaced(), 1U);
}

}  // namespace
}  // namespace sealbook::app::tasks
