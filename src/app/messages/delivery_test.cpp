#include "app/messages/deliver.hpp"

#include <set>

#include "app/messages/outbox.hpp"
#include "app/testing/message_world.hpp"

namespace sealbook::app {
namespace {

using messages::MessageState;
using messages::Refusal;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class DeliveryTest : public testing::MessageWorld {};
SEALBOOK_ON_BOTH_ENGINES(DeliveryTest);

TEST_P(DeliveryTest, what_staff_cause_waits_for_an_undo_and_what_the_person_causes_does_not) {
  visit(person("own@example.test"), hours(24 * 9));
  visit(person("staff@example.test"), hours(24 * 9), outbox::undo_time);
  EXPECT_EQ(deliver().handed_over, 1U);
  EXPECT_EQ(sent_to("own@example.test"), 1U);
  at(seconds(31));
  EXPECT_EQ(deliver().handed_over, 1U);
  EXPECT_EQ(sent_to("staff@example.test"), 1U);
}

TEST_P(DeliveryTest, a_change_that_is_taken_back_in_time_leaves_no_trace_outside) {
  const auto patient = person("undone@example.test");
  cancelled(visit(patient, hours(24 * 9), outbox::undo_time), outbox::undo_time);
  at(minutes(2));
  deliver();
  EXPECT_TRUE(mailer_.sent.empty());
  for (const auto& row : ledger_of(patient)) EXPECT_EQ(row.state, MessageState::withdrawn);
  EXPECT_EQ(ledger_of(patient).size(), 2U);
}

TEST_P(DeliveryTest, a_move_there_and_back_tells_nothing_new) {
  const auto patient = person("back@example.test");
  const auto row = visit(patient, hours(24 * 9));
  deliver();
  moved(moved(row, hours(24 * 8), outbox::undo_time), hours(24 * 9), outbox::undo_time);
  at(minutes(2));
  deliver();
  EXPECT_EQ(sent_to("back@example.test"), 1U);
}

// FIELD section 2, line 17. The double writes its reminders ahead when a visit is booked, as those
// programs do, and sends what it wrote.
TEST_P(DeliveryTest, a_moved_visit_is_reminded_of_by_its_new_time_and_a_cancelled_one_never) {
  struct WritesAhead {
    std::vector<Instant> due;
    void booked(Instant starts) { due.push_back(starts - hours(24)); }
    std::size_t sent_by(Instant now) const {
      return static_cast<std::size_t>(std::ranges::count_if(due, [&](Instant d) { return d <= now; }));
    }
  } naive;
  const auto a = visit(person("moved@example.test"), hours(24 * 2));
  const auto b = visit(person("gone@example.test"), hours(24 * 2));
  naive.booked(a.when.starts);
  naive.booked(b.when.starts);
  deliver();
  at(minutes(1));
  moved(a, hours(24 * 9));
  cancelled(b);
  deliver();
  mailer_.sent.clear();
  at(hours(25));
  deliver();
  EXPECT_TRUE(mailer_.sent.empty());
  EXPECT_EQ(naive.sent_by(start_ + hours(25)), 2U) << "the double should have sent what holds no more";
  at(hours(24 * 8) + minutes(1));
  deliver();
  EXPECT_EQ(sent_to("moved@example.test"), 1U);
  EXPECT_EQ(sent_to("gone@example.test"), 0U);
}

// FIELD section 2, line 18. The double asks which visits start in exactly a day, to the minute, and
// keeps no record of what it sent.
TEST_P(DeliveryTest, an_outage_loses_no_reminder_and_a_second_look_sends_none_twice) {
  const auto row = visit(person("once@example.test"), hours(26));
  const auto naive = [&](Instant now) { return (row.when.starts - hours(24)).minutes() == now.minutes() ? 1 : 0; };
  deliver();
  mailer_.sent.clear();
  // The server is down from before the moment until forty minutes after it.
  at(hours(2) + minutes(40));
  EXPECT_EQ(naive(app().store.now()), 0) << "the double should have lost it";
  deliver();
  EXPECT_EQ(sent_to("once@example.test"), 1U);
  deliver();
  kill_and_start();
  deliver();
  EXPECT_EQ(sent_to("once@example.test"), 1U);
  const Instant moment = row.when.starts - hours(24);
  EXPECT_EQ(naive(moment) + naive(moment), 2)
      << "the double should have sent it twice";
}

TEST_P(DeliveryTest, a_reminder_that_makes_no_sense_any_more_is_not_sent) {
  visit(person("late@example.test"), hours(26));
  deliver();
  mailer_.sent.clear();
  at(hours(2) + hours(13));  // half a day after its moment, eleven hours before the visit
  deliver();
  EXPECT_TRUE(mailer_.sent.empty());
}

TEST_P(DeliveryTest, a_visit_that_is_booked_after_a_reminders_moment_has_its_confirmation_alone) {
  visit(person("soon@example.test"), hours(20));
  deliver();
  at(minutes(5));
  deliver();
  EXPECT_EQ(sent_to("soon@example.test"), 1U);
}

TEST_P(DeliveryTest, a_note_reminds_nobody_twice) {
  const auto row = visit(person("note@example.test"), hours(26));
  deliver();
  at(hours(2) + minutes(1));
  deliver();
  noted(row);
  at(hours(2) + minutes(2));
  deliver();
  kill_and_start();
  deliver();
  EXPECT_EQ(sent_to("note@example.test"), 2U);  // the confirmation and the reminder
}

TEST_P(DeliveryTest, a_mail_that_could_not_be_handed_over_is_tried_again_under_the_same_name) {
  std::vector<std::string> names;
  mailer_.answer = [&](const OutgoingMail& mail) {
    names.push_back(mail.message_id);
    return names.size() == 1 ? MailOutcome{MailVerdict::try_later, 451, {}} : MailOutcome{MailVerdict::accepted, 250, {}};
  };
  const auto patient = person("again@example.test");
  visit(patient, hours(24 * 9));
  EXPECT_EQ(deliver().put_off, 1U);
  EXPECT_EQ(deliver().handed_over, 0U) << "it has to wait";
  at(minutes(2));
  EXPECT_EQ(deliver().handed_over, 1U);
  ASSERT_EQ(names.size(), 2U);
  EXPECT_EQ(names[0], names[1]);
  EXPECT_EQ(ledger_of(patient).at(0).attempts, 2);
  EXPECT_EQ(ledger_of(patient).at(0).unsure, 0);
}

TEST_P(DeliveryTest, a_crash_between_sending_and_recording_doubles_one_mail_and_counts_it) {
  const auto patient = person("double@example.test");
  visit(patient, hours(24 * 9));
  const auto facts = load_round(app(), *tenant).value();
  const std::vector<DueReminder> none;
  auto claimed = claim_due(app(), tenant, facts.settings, {none, storage::ledger::Leases::respected, 10}).value();
  ASSERT_EQ(claimed.rows.size(), 1U);
  auto prepared = prepare_mail(app(), *tenant, facts, claimed.rows[0]);
  ASSERT_TRUE(prepared);
  mailer_.send(prepared->permit, prepared->mail);  // and now the power goes
  kill_and_start();
  if (GetParam() == sql::Engine::postgres) {
    deliver();
    EXPECT_EQ(mailer_.sent.size(), 1U) << "another node may still be at it";
    at(message_lease + seconds(1));
  }
  deliver();
  ASSERT_EQ(mailer_.sent.size(), 2U);
  EXPECT_EQ(mailer_.sent[0].message_id, mailer_.sent[1].message_id);
  EXPECT_EQ(ledger_of(patient).at(0).unsure, 1);
}

TEST_P(DeliveryTest, two_nodes_that_look_at_once_send_each_message_once) {
  // On the embedded store a first look takes over what a dead process left; both have had theirs.
  Delivery other(app(), {.threads = 2});
  other.run([] { return false; });
  deliver();
  for (int i = 0; i < 40; ++i) visit(person("n" + std::to_string(i) + "@example.test"), hours(24 * 9));
  std::jthread second([&] { other.run([] { return false; }); });
  deliver();
  second.join();
  std::set<std::string> names;
  for (const auto& mail : mailer_.sent) names.insert(mail.message_id);
  EXPECT_EQ(names.size(), 40U);
  EXPECT_EQ(mailer_.sent.size(), 40U);
}

TEST(MessageBackOff, doubles_to_an_hour_and_ends_when_it_makes_no_sense) {
  storage::MessageRow row;
  row.purpose = messages::Purpose::confirmation;
  row.due = Instant::from_seconds(1'000'000);
  row.attempts = 1;
  EXPECT_EQ(*next_try(row, row.due, 0), row.due + seconds(30));
  row.attempts = 4;
  EXPECT_EQ(*next_try(row, row.due, 0), row.due + minutes(4));
  row.attempts = 40;
  EXPECT_LE(*next_try(row, row.due, 1), row.due + minutes(75));
  EXPECT_FALSE(next_try(row, row.due + hours(72), 0));
  row.purpose = messages::Purpose::code;
  EXPECT_FALSE(next_try(row, row.due, 0));
}

}  // namespace
}  // namespace sealbook::app
