#include "adapters/messaging/smtp.hpp"

#include <gtest/gtest.h>

#include "adapters/messaging/testing/permit.hpp"
#include "adapters/messaging/testing/sample_mail.hpp"

namespace sealbook::adapters {
namespace {

using net::mail::SmtpFailure;
using net::mail::SmtpResult;
using net::mail::SmtpStage;

MailVerdict verdict(SmtpStage stage, int code, std::string enhanced = "") {
  return mail_outcome({SmtpFailure::reply, stage, code, std::move(enhanced)}).verdict;
}

TEST(SmtpMailer, replies_become_verdicts) {
  EXPECT_EQ(verdict(SmtpStage::recipient, 450, "4.2.0"), MailVerdict::try_later);
  EXPECT_EQ(verdict(SmtpStage::content, 451), MailVerdict::try_later);
  EXPECT_EQ(verdict(SmtpStage::recipient, 550, "5.1.1"), MailVerdict::address_refused);
  EXPECT_EQ(verdict(SmtpStage::content, 550, "5.1.1"), MailVerdict::address_refused);
  EXPECT_EQ(verdict(SmtpStage::recipient, 556, "5.1.10"), MailVerdict::address_refused);
  EXPECT_EQ(verdict(SmtpStage::recipient, 550), MailVerdict::address_refused);
  EXPECT_EQ(verdict(SmtpStage::recipient, 550, "5.7.1"), MailVerdict::refused);
  EXPECT_EQ(verdict(SmtpStage::recipient, 550, "5.1.8"), MailVerdict::refused);
  EXPECT_EQ(verdict(SmtpStage::recipient, 552, "5.2.2"), MailVerdict::refused);
  EXPECT_EQ(verdict(SmtpStage::sender, 550, "5.1.1"), MailVerdict::refused);
  EXPECT_EQ(verdict(SmtpStage::content, 554, "5.6.0"), MailVerdict::refused);
  EXPECT_EQ(verdict(SmtpStage::connect, 554), MailVerdict::try_later)
      << "about us, not about this mail";
  EXPECT_EQ(verdict(SmtpStage::login, 530, "5.7.0"), MailVerdict::try_later);
}

TEST(SmtpMailer, failures_without_a_reply_become_verdicts) {
  const auto of = [](SmtpFailure failure) {
    return mail_outcome({failure, SmtpStage::connect, 0, "", "word"}).verdict;
  };
  EXPECT_EQ(of(SmtpFailure::none), MailVerdict::accepted);
  EXPECT_EQ(of(SmtpFailure::unsafe), MailVerdict::unsafe);
  EXPECT_EQ(of(SmtpFailure::unreachable), MailVerdict::try_later);
  EXPECT_EQ(of(SmtpFailure::timed_out), MailVerdict::try_later);
  EXPECT_EQ(of(SmtpFailure::login), MailVerdict::try_later);
}

struct World {
  ManualClock clock{Instant::from_seconds(1'800'000'000)};
  SmtpMailer mailer{settings(), std::nullopt, {.failures = 2}, clock};

  // A port of the discard range where nobody listens.
  static net::mail::SmtpSettings settings() {
    net::mail::SmtpSettings s;
    s.host = "127.0.0.1";
    s.port = 9;
    s.own_name = "clinic.example.test";
    return s;
  }
  EgressPermit permit(std::string vendor = "smtp", DataClass highest = DataClass::operational) {
    return app::EgressGate::mint(std::move(vendor), highest, clock.now());
  }
};

TEST(SmtpMailer, sends_nothing_without_a_fitting_permit) {
  World w;
  EXPECT_EQ(w.mailer.send(w.permit("twilio"), testing::sample_mail()).verdict,
            MailVerdict::refused);
  EXPECT_EQ(w.mailer.send(w.permit("smtp", DataClass::public_), testing::sample_mail()).verdict,
            MailVerdict::refused);
  const EgressPermit kept = w.permit();
  w.clock.advance(std::chrono::minutes(11));
  EXPECT_EQ(w.mailer.send(kept, testing::sample_mail()).reason, "The permit is too old.");
}

TEST(SmtpMailer, a_bad_address_is_told_apart_from_another_bad_field) {
  World w;
  OutgoingMail mail = testing::sample_mail();
  mail.to = SensitiveText("nobody");
  const MailOutcome outcome = w.mailer.send(w.permit(), mail);
  EXPECT_EQ(outcome.verdict, MailVerdict::address_refused);
  EXPECT_FALSE(outcome.reason.contains("nobody"));
  mail = testing::sample_mail();
  mail.subject = SensitiveText("a\nb");
  EXPECT_EQ(w.mailer.send(w.permit(), mail).verdict, MailVerdict::refused);
}

TEST(SmtpMailer, a_service_that_does_not_answer_is_left_in_peace) {
  World w;
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(w.mailer.send(w.permit(), testing::sample_mail()).verdict, MailVerdict::try_later);
  EXPECT_EQ(w.mailer.circuit().state(), CircuitState::open);
  EXPECT_TRUE(w.mailer.is_paused());
  EXPECT_EQ(w.mailer.send(w.permit(), testing::sample_mail()).reason,
            "The mail service is paused after failures in a row.");
  w.clock.advance(std::chrono::seconds(30));
  EXPECT_EQ(w.mailer.circuit().state(), CircuitState::half_open);
}

}  // namespace
}  // namespace sealbook::adapters
