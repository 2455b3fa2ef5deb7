#include "net/mail/smtp_dialogue.hpp"

#include <gtest/gtest.h>

namespace sealbook::net::mail {
namespace {

TEST(SmtpDialogue, a_reply_belongs_to_the_last_command) {
  SmtpDialogue dialogue;
  dialogue.received("220 mail.example.test ESMTP\r\n");
  EXPECT_EQ(dialogue.stage(), SmtpStage::connect);
  EXPECT_EQ(dialogue.code(), 220);
  dialogue.sent("EHLO clinic.example.test\r\n");
  EXPECT_EQ(dialogue.code(), 0);
  dialogue.received("250-mail.example.test\r\n250-STARTTLS\r\n250 8BITMIME\r\n");
  dialogue.sent("STARTTLS\r\n");
  EXPECT_EQ(dialogue.stage(), SmtpStage::tls);
  dialogue.sent("MAIL FROM:<bounce+x@clinic.example.test>\r\n");
  dialogue.sent("RCPT TO:<x@example.test>\r\n");
  dialogue.received("550-5.1.1 first\r\n550 5.1.1 second\r\n");
  EXPECT_EQ(dialogue.stage(), SmtpStage::recipient);
  EXPECT_EQ(dialogue.code(), 550);
  EXPECT_EQ(dialogue.enhanced(), "5.1.1");
}

TEST(SmtpDialogue, steps_of_a_sign_in_are_no_commands) {
  SmtpDialogue dialogue;
  dialogue.sent("AUTH XOAUTH2\r\n");
  dialogue.sent("dXNlcj1zb21lYm9keQ==\r\n");
  dialogue.received("535 5.7.8 no\r\n");
  EXPECT_EQ(dialogue.stage(), SmtpStage::login);
  EXPECT_EQ(dialogue.code(), 535);
}

TEST(SmtpDialogue, the_reply_to_quit_is_about_nothing) {
  SmtpDialogue dialogue;
  dialogue.sent("RCPT TO:<x@example.test>\r\n");
  dialogue.received("550 5.1.1 no\r\n");
  dialogue.sent("QUIT\r\n");
  dialogue.received("221 2.0.0 bye\r\n");
  EXPECT_EQ(dialogue.code(), 550);
  EXPECT_EQ(dialogue.stage(), SmtpStage::recipient);
  dialogue.sent("EHLO clinic.example.test\r\n");
  dialogue.received("250 mail.example.test\r\n");
  EXPECT_EQ(dialogue.code(), 250);
}

TEST(SmtpDialogue, odd_replies_give_no_numbers) {
  SmtpDialogue dialogue;
  for (const char* odd : {"", "\r\n", "25", "abc def", "550x", "hello 550"}) {
    dialogue.received(odd);
    EXPECT_EQ(dialogue.code(), 0) << odd;
  }
  for (const char* odd : {"550 5.1", "550 5.1.1234 x", "550 9.1.1", "550 5..1", "550 5.1.1x"}) {
    dialogue.received(odd);
    EXPECT_EQ(dialogue.code(), 550) << odd;
    EXPECT_EQ(dialogue.enhanced(), "") << odd;
  }
}

}  // namespace
}  // namespace sealbook::net::mail
