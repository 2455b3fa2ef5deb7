#include "app/messages/gate.hpp"

#include "app/messages/blocks.hpp"
#include "app/messages/inbound.hpp"
#include "app/messages/record.hpp"
#include "app/tasks/manage.hpp"
#include "app/testing/message_world.hpp"

namespace sealbook::app {
namespace {

using messages::MessageState;
using messages::Refusal;
using std::chrono::hours;
using std::chrono::minutes;
using testing::code_of;

class GateTest : public testing::MessageWorld {
 protected:
  std::vector<tasks::TaskRow> open_tasks() {
    CallContext ctx = as(admin, Permission::task_manage);
    return tasks::list(ctx, {}).value();
  }
  Result<ContactBlockRow> block(const PatientId& patient, const std::string& address, bool blocked) {
    CallContext ctx = as(admin, Permission::patient_change);
    return perform(ctx, block_contact(ctx, {patient, SensitiveText(address), BlockReason::opted_out, blocked}));
  }
  std::string token_of(TokenUse use, const PatientId& patient) {
    return message_token(*tenant, use, ledger_of(patient).at(0).id);
  }
};
SEALBOOK_ON_BOTH_ENGINES(GateTest);

TEST_P(GateTest, an_opt_out_stops_what_is_queued_and_leaves_others_with_that_address_alone) {
  const auto mother = person("home@example.test"), child = person("home@example.test");
  visit(mother, hours(24 * 9));
  visit(child, hours(24 * 9));
  ASSERT_TRUE(block(mother, "HOME@example.test", true));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 1U);
  EXPECT_EQ(ledger_of(mother).at(0).reason, Refusal::opted_out);
  EXPECT_EQ(ledger_of(child).at(0).state, MessageState::handed_over);
  EXPECT_TRUE(open_tasks().empty()) << "a wish is nothing to mend";
  ASSERT_TRUE(block(mother, "home@example.test", false));
  visit(mother, hours(24 * 10));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 2U);
  // Without the ledger of opt-outs the same facts would have let it through.
  EXPECT_EQ(blocked_by({}, {}, messages::Purpose::reminder), Refusal::none);
}

TEST_P(GateTest, one_click_ends_messages_to_that_person_and_says_nothing_about_tokens) {
  const auto patient = person("click@example.test");
  visit(patient, hours(24 * 9));
  deliver();
  EXPECT_TRUE(unsubscribe(app(), "not a token"));
  EXPECT_TRUE(unsubscribe(app(), token_of(TokenUse::bounce, patient))) << "another use's token is none";
  visit(patient, hours(24 * 10));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 2U);
  const std::string url = mailer_.sent[0].unsubscribe_url.reveal();
  ASSERT_TRUE(unsubscribe(app(), url.substr(url.rfind('/') + 1)));
  visit(patient, hours(24 * 11));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 2U);
}

TEST_P(GateTest, a_returned_mail_suspends_the_address_for_that_person_and_opens_one_task) {
  const auto patient = person("away@example.test"), other = person("away@example.test");
  visit(patient, hours(24 * 9));
  deliver();
  const std::string token = token_of(TokenUse::bounce, patient);
  const SensitiveText address("away@example.test");
  const auto come_back = [&](std::string_view to, Failure failure) {
    return take_bounce(app(), to, failure, address).value();
  };
  EXPECT_EQ(come_back(token, Failure::passing), Taken::nothing_to_do);
  EXPECT_EQ(come_back(token, Failure::bad_address), Taken::recorded);
  EXPECT_EQ(come_back(token, Failure::bad_address), Taken::nothing_to_do);
  EXPECT_EQ(come_back("x", Failure::bad_address), Taken::not_ours);
  ASSERT_EQ(open_tasks().size(), 1U);
  EXPECT_EQ(open_tasks()[0].kind, tasks::TaskKind::bounced);
  EXPECT_EQ(open_tasks()[0].patient, patient);
  visit(patient, hours(24 * 10));
  visit(other, hours(24 * 10));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 2U);
  EXPECT_EQ(ledger_of(other).at(0).state, MessageState::handed_over);
  EXPECT_EQ(open_tasks().size(), 1U);
}

// A wrong SPF record, a full box or a mail that is too big says nothing about the address.
TEST_P(GateTest, a_mail_that_was_refused_for_another_reason_opens_a_task_and_suspends_nobody) {
  const SensitiveText own("spf@example.test");
  const auto patient = person("spf@example.test");
  visit(patient, hours(24 * 9));
  deliver();
  EXPECT_EQ(take_bounce(app(), token_of(TokenUse::bounce, patient), Failure::refused, own).value(), Taken::recorded);
  ASSERT_EQ(open_tasks().size(), 1U);
  EXPECT_EQ(open_tasks()[0].reason, static_cast<std::int64_t>(messages::Refusal::carrier_refused));
  visit(patient, hours(24 * 10));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 2U);
}

TEST_P(GateTest, a_report_about_somebody_elses_address_suspends_nobody) {
  const auto patient = person("mine@example.test");
  visit(patient, hours(24 * 9));
  deliver();
  EXPECT_EQ(take_bounce(app(), token_of(TokenUse::bounce, patient), Failure::bad_address,
                        SensitiveText("somebody.else@example.test")).value(), Taken::recorded);
  visit(patient, hours(24 * 10));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 2U);
}

TEST_P(GateTest, a_report_that_comes_after_two_weeks_changes_nothing) {
  const SensitiveText own("late@example.test");
  const auto patient = person("late@example.test");
  visit(patient, hours(24 * 40));
  deliver();
  const std::string token = token_of(TokenUse::bounce, patient);
  at(hours(24 * 15));
  EXPECT_EQ(take_bounce(app(), token, Failure::bad_address, own).value(), Taken::nothing_to_do);
  EXPECT_TRUE(open_tasks().empty());
}

TEST_P(GateTest, an_address_that_the_carrier_refuses_is_treated_as_returned) {
  mailer_.answer = [](const OutgoingMail&) { return MailOutcome{MailVerdict::address_refused, 550, {}}; };
  const auto patient = person("nobody@example.test");
  visit(patient, hours(24 * 9));
  deliver();
  mailer_.answer = {};
  visit(patient, hours(24 * 10));
  deliver();
  EXPECT_TRUE(mailer_.sent.empty());
  EXPECT_EQ(open_tasks().size(), 1U);
}

TEST_P(GateTest, an_agreement_that_runs_out_stops_the_next_message_and_opens_a_task) {
  CallContext ctx = as(admin, Permission::vendor_manage);
  ASSERT_TRUE(perform(ctx, end_agreements(ctx, "smtp")));
  agree(messages::AgreementKind::dpa, std::nullopt);
  agree(messages::AgreementKind::baa, start_ + hours(1));
  const auto patient = person("agreed@example.test");
  visit(patient, hours(24 * 9));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 1U);
  at(hours(2));
  visit(patient, hours(24 * 10));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 1U) << "not a byte may leave";
  EXPECT_EQ(ledger_of(patient).at(0).reason, Refusal::no_agreement);
  ASSERT_EQ(open_tasks().size(), 1U);
  EXPECT_EQ(open_tasks()[0].kind, tasks::TaskKind::refused_send);
  CallContext look = as(admin, Permission::vendor_manage);
  EXPECT_EQ(read_vendor(look, "smtp").value().state, messages::AgreementState::expired);
  EXPECT_EQ(read_vendor(look, "sms").value().state, messages::AgreementState::missing);
}

TEST_P(GateTest, a_region_is_taken_in_small_letters_too) {
  RecordAgreement command;
  command.vendor = "smtp";
  command.kind = messages::AgreementKind::dpa;
  command.region = "us";
  auto ctx = as(admin, Permission::vendor_manage);
  const auto row = perform(ctx, record_agreement(ctx, command));
  ASSERT_TRUE(row) << row.error().detail;
  EXPECT_EQ(row->region, "US");
  command.region = "1e";
  auto again = as(admin, Permission::vendor_manage);
  EXPECT_FALSE(perform(again, record_agreement(again, command)));
}

TEST_P(GateTest, a_region_outside_the_eea_needs_something_to_rest_on) {
  AgreementRow dpa;
  dpa.vendor = "smtp";
  dpa.kind = messages::AgreementKind::dpa;
  dpa.region = "US";
  const auto gdpr = static_cast<std::int64_t>(Regime::gdpr);
  EXPECT_EQ(missing_for(gdpr, "smtp", {dpa}, start_), Missing::transfer_basis);
  dpa.basis = messages::TransferBasis::standard_clauses;
  EXPECT_EQ(missing_for(gdpr, "smtp", {dpa}, start_), Missing::nothing);
  dpa.basis = messages::TransferBasis::none;
  dpa.region = "FR";
  EXPECT_EQ(missing_for(gdpr, "smtp", {dpa}, start_), Missing::nothing);
  EXPECT_EQ(missing_for(gdpr, "smtp", {}, start_), Missing::agreement);
  EXPECT_EQ(missing_for(static_cast<std::int64_t>(Regime::baseline), "smtp", {}, start_), Missing::nothing);
}

TEST_P(GateTest, a_test_installation_writes_to_example_addresses_only) {
  visit(person("real@hospital.invalid"), hours(24 * 9));
  deliver();
  EXPECT_TRUE(mailer_.sent.empty());
}

TEST_P(GateTest, a_message_says_no_more_than_its_person_chose) {
  const auto neutral = person("quiet@example.test"), open = person("open@example.test", "es");
  CallContext ctx = as(admin, Permission::patient_change);
  ASSERT_TRUE(perform(ctx, choose_detail(ctx, open, DetailLevel::time)));
  visit(neutral, hours(24 * 9));
  visit(open, hours(24 * 9));
  deliver();
  ASSERT_EQ(mailer_.sent.size(), 2U);
  for (const auto& mail : mailer_.sent) {
    const bool is_open = mail.to.reveal() == "open@example.test";
    EXPECT_EQ(mail.attachments.size(), is_open ? 1U : 0U);
    EXPECT_EQ(mail.text.reveal().find("Main building") != std::string::npos, is_open);
    EXPECT_EQ(mail.text.reveal().find("Ada"), std::string::npos);
    EXPECT_EQ(mail.language, is_open ? "es" : "en");
    EXPECT_NE(mail.text.reveal().find("+12025550100"), std::string::npos);
  }
}

TEST_P(GateTest, an_address_that_is_somebody_elses_gets_no_more_and_opens_a_task) {
  const auto by_staff = person("staff@example.test"), by_reader = person("reader@example.test");
  visit(by_staff, hours(24 * 9));
  visit(by_reader, hours(24 * 9));
  deliver();
  ASSERT_EQ(mailer_.sent.size(), 2U);
  CallContext ctx = as(admin, Permission::patient_change);
  ASSERT_TRUE(perform(ctx, block_contact(ctx, {by_staff, SensitiveText("staff@example.test"), BlockReason::wrong_number, true})));
  ASSERT_TRUE(unsubscribe(app(), token_of(TokenUse::unsubscribe, by_reader), Unsubscribe::somebody_else));
  const auto open = open_tasks();
  ASSERT_EQ(open.size(), 2U);
  for (const auto& task : open) EXPECT_EQ(task.kind, tasks::TaskKind::wrong_number);
  visit(by_staff, hours(24 * 10));
  visit(by_reader, hours(24 * 10));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 2U);
  for (const auto& patient : {by_staff, by_reader})
    EXPECT_EQ(std::ranges::count(ledger_of(patient), Refusal::suspended, &storage::MessageRow::reason), 1);
}

TEST_P(GateTest, who_reads_an_address_and_is_not_that_person_gets_nothing_of_anybody) {
  const auto first = person("reader@example.test"), second = person("Reader@example.test");
  const auto elsewhere = person("home@example.test");
  visit(first, hours(24 * 9));
  deliver();
  ASSERT_TRUE(unsubscribe(app(), token_of(TokenUse::unsubscribe, first), Unsubscribe::somebody_else));
  visit(second, hours(24 * 9));
  visit(elsewhere, hours(24 * 9));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 2U) << "the first, and who has another address";
  EXPECT_EQ(ledger_of(second).at(0).reason, Refusal::suspended);
  const auto late = person("reader@example.test");
  visit(late, hours(24 * 10));
  deliver();
  EXPECT_EQ(ledger_of(late).at(0).reason, Refusal::suspended) << "also who comes later";
  CallContext ctx = as(admin, Permission::patient_change);
  ASSERT_TRUE(perform(ctx, block_contact(ctx, {second, SensitiveText("reader@example.test"),
                                               BlockReason::wrong_number, false})));
  visit(second, hours(24 * 11));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 3U) << "staff say that it is somebody's";
}

TEST_P(GateTest, what_a_person_typed_into_its_own_record_gets_no_message_before_it_is_proven) {
  const auto patient = person("known@example.test");
  const auto change = [&](bool with_known) {
    CallContext ctx = as(admin, Permission::patient_change);
    ctx.principal.role = Role::patient;
    ctx.principal.patient = patient;
    std::vector<Contact> contacts(1);
    contacts[0].value = SensitiveText("bystander@example.test");
    if (with_known) contacts.emplace_back().value = SensitiveText("known@example.test");
    EXPECT_TRUE(perform(ctx, change_patient(ctx, {patient, {}, {}, contacts, {}, {}, {}, {}})));
  };
  change(true);
  visit(patient, hours(24 * 9));
  deliver();
  ASSERT_EQ(mailer_.sent.size(), 1U);
  EXPECT_EQ(mailer_.sent[0].to.reveal(), "known@example.test");
  change(false);
  visit(patient, hours(24 * 10));
  deliver();
  EXPECT_EQ(mailer_.sent.size(), 1U);
  EXPECT_EQ(std::ranges::count(ledger_of(patient), Refusal::no_address, &storage::MessageRow::reason), 1);
}

// What a cut-over asks for: the old scheduler has told everybody, and nobody is told twice.
TEST_P(GateTest, silence_holds_back_everything_and_is_not_made_up_for) {
  CallContext ctx = as(admin, Permission::policy_change);
  ChangeSettings change;
  change.silent_until = start_ + hours(3);
  ASSERT_TRUE(perform(ctx, change_settings(ctx, change)));
  visit(person("silent@example.test"), hours(26));
  deliver();
  at(hours(4));
  deliver();
  EXPECT_TRUE(mailer_.sent.empty());
}

TEST_P(GateTest, the_organisation_cannot_say_more_than_its_regime_starts_with) {
  CallContext ctx = as(admin, Permission::policy_change);
  ChangeSettings change;
  change.detail = DetailLevel::time;
  EXPECT_EQ(code_of(change_settings(ctx, change)), ErrorCode::invalid);
}

TEST_P(GateTest, tomorrows_visit_that_nobody_confirmed_is_a_task_once) {
  const auto zone = *TimeZone::named("America/New_York");
  const auto noon = resolve({to_local(start_, zone).day + std::chrono::days(2), 12 * 60}, zone).instant - start_;
  visit(person("tomorrow@example.test"), noon);
  deliver();
  at(noon - hours(24) + minutes(1));
  deliver();
  EXPECT_EQ(tasks::open_todays(app(), tenant).value(), 1U);
  EXPECT_EQ(tasks::open_todays(app(), tenant).value(), 0U);
  const auto task = open_tasks().at(0);
  EXPECT_EQ(task.kind, tasks::TaskKind::unconfirmed_tomorrow);
  CallContext ctx = as(admin, Permission::task_manage, 1);
  ASSERT_TRUE(perform(ctx, tasks::change(ctx, {task.id, {}, admin.account, SensitiveText("Called twice."), true, tasks::TaskOutcome::reached})));
  CallContext again = as(admin, Permission::task_manage);
  const auto seen = tasks::read(again, task.id).value();
  EXPECT_EQ(seen.note->reveal(), "Called twice.");
  EXPECT_EQ(seen.row.state, tasks::TaskState::done);
  EXPECT_EQ(code_of(tasks::change(again, {task.id, {}, {}, {}, true, {}})), ErrorCode::state_conflict);
  EXPECT_TRUE(open_tasks().empty());
}

}  // namespace
}  // namespace sealbook::app
