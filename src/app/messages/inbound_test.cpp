#include "app/messages/inbound.hpp"

#include "app/calendar/uid.hpp"
#include "app/messages/tokens.hpp"
#include "app/testing/message_world.hpp"

namespace sealbook::app {
namespace {

using std::chrono::hours;

struct Reply {
  std::string uid;
  std::int64_t sequence = 0;
  std::string attendee = "answers@example.test";
  std::string answer = "ACCEPTED";
  std::string text() const {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//test//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
           "UID:" + uid + "\r\nSEQUENCE:" + std::to_string(sequence) +
           "\r\nDTSTAMP:20261124T100000Z\r\nATTENDEE;PARTSTAT=" + answer + ":mailto:" + attendee +
           "\r\nORGANIZER:mailto:desk@example.test\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  }
};

class InboundTest : public testing::MessageWorld {
 protected:
  // A visit of somebody who was sent its confirmation, and the token of that mail.
  void SetUp() override {
    MessageWorld::SetUp();
    if (IsSkipped()) return;
    patient_ = person("answers@example.test");
    row_ = visit(patient_, hours(24 * 9));
    deliver();
    const auto sent = ledger_of(patient_);
    ASSERT_EQ(sent.size(), 1U);
    token_ = message_token(*tenant, TokenUse::reply, sent.front().id);
  }
  Reply reply() const { return {calendar_uid(tenant->id(), row_.id), row_.version}; }
  Taken taken(const Reply& answer) { return take_reply(app(), token_, SensitiveText(answer.text())).value(); }
  AppointmentRow now() {
    CallContext ctx = as(admin, Permission::appointment_view);
    return ctx.read([&](storage::Snapshot& s) { return storage::appointments::find(s, row_.id).value(); });
  }

  PatientId patient_;
  AppointmentRow row_;
  std::string token_;
};
SEALBOOK_ON_BOTH_ENGINES(InboundTest);

TEST_P(InboundTest, an_answer_from_a_calendar_is_applied_to_its_visit) {
  const AppointmentRow before = now();
  EXPECT_EQ(taken(reply()), Taken::recorded);
  const AppointmentRow after = now();
  EXPECT_EQ(after.version, before.version + 1);
  EXPECT_EQ(after.when.starts, before.when.starts) << "times in a file from outside count for nothing";
  EXPECT_EQ(after.status, before.status);
}

TEST_P(InboundTest, an_answer_for_another_visit_version_or_attendee_changes_nothing) {
  const AppointmentRow before = now();
  Reply other = reply();
  other.uid = calendar_uid(tenant->id(), new_id<AppointmentId>());
  EXPECT_EQ(taken(other), Taken::nothing_to_do);
  Reply never_sent = reply();
  never_sent.sequence += 1;
  EXPECT_EQ(taken(never_sent), Taken::nothing_to_do);
  Reply somebody_else = reply();
  somebody_else.attendee = "stranger@example.test";
  EXPECT_EQ(taken(somebody_else), Taken::nothing_to_do);
  Reply undecided = reply();
  undecided.answer = "TENTATIVE";
  EXPECT_EQ(taken(undecided), Taken::nothing_to_do);
  EXPECT_EQ(now().version, before.version);
}

TEST_P(InboundTest, an_answer_to_a_time_that_moved_since_changes_nothing) {
  const Reply old = reply();
  row_ = moved(row_, hours(24 * 8));
  EXPECT_EQ(taken(old), Taken::nothing_to_do);
  EXPECT_EQ(now().version, row_.version);
}

TEST_P(InboundTest, a_token_that_is_another_uses_or_a_guess_names_nothing) {
  const auto bounce = message_token(*tenant, TokenUse::bounce, ledger_of(patient_).front().id);
  const SensitiveText file(reply().text());
  EXPECT_EQ(take_reply(app(), bounce, file).value(), Taken::not_ours);
  EXPECT_EQ(take_reply(app(), std::string(43, 'A'), file).value(), Taken::not_ours);
  EXPECT_EQ(now().version, row_.version);
}

}  // namespace
}  // namespace sealbook::app
