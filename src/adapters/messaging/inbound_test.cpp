#include "adapters/messaging/inbound.hpp"

#include <gtest/gtest.h>

namespace sealbook::adapters::inbound {
namespace {

const std::string bounce =
    "Return-Path: <>\r\n"
    "Delivered-To: bounce+k7f3a@clinic.example.test\r\n"
    "From: MAILER-DAEMON@mx.example.test (Mail Delivery System)\r\n"
    "To: someone@example.test\r\n"
    "Auto-Submitted: auto-replied\r\n"
    "Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"B/1\"\r\n\r\n"
    "--B/1\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
    "--B/1\r\nContent-Type: message/delivery-status\r\n\r\n"
    "Reporting-MTA: dns; mx.example.test\r\nArrival-Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n"
    "Final-Recipient: rfc822; PAT@example.test\r\nOriginal-Recipient: rfc822;pat@example.test\r\n"
    "Action: failed\r\nStatus: 5.1.1 (no such user)\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown\r\n"
    "\r\n--B/1\r\nContent-Type: message/rfc822\r\n\r\n"
    "Message-ID: <msg-1@clinic.example.test>\r\nTo: reply+zzz@clinic.example.test\r\nSubject: "
    "private\r\n\r\nbody\r\n--B/1--\r\n";

TEST(Inbound, a_bounce_says_what_became_of_which_message) {
  const auto mail = parse(bounce);
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->kind, InboundKind::delivery_report);
  EXPECT_EQ(mail->token_use, TokenUse::bounce);
  EXPECT_EQ(mail->token, "k7f3a");
  EXPECT_TRUE(mail->has_null_sender);
  ASSERT_EQ(mail->reports.size(), 1u);
  EXPECT_EQ(mail->reports[0].action, DeliveryAction::failed);
  EXPECT_EQ(mail->reports[0].status, "5.1.1");
  EXPECT_EQ(mail->reports[0].recipient.reveal(), "pat@example.test");
  EXPECT_TRUE(mail->reports[0].is_permanent());
  EXPECT_TRUE(mail->reports[0].is_bad_address());
  EXPECT_EQ(mail->original_message_id, "msg-1@clinic.example.test");
}

TEST(Inbound, a_delay_is_no_failure) {
  std::string text = bounce;
  text.replace(text.find("Action: failed"), 14, "Action: delayed");
  text.replace(text.find("Status: 5.1.1"), 13, "Status: 4.4.1");
  const auto mail = parse(text);
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->reports.at(0).action, DeliveryAction::delayed);
  EXPECT_FALSE(mail->reports[0].is_permanent());
}

TEST(Inbound, a_calendar_reply_yields_its_part) {
  const std::string text =
      "To: Clinic <reply+Tok-9_a@clinic.example.test>\nContent-Type: multipart/alternative; "
      "boundary=x\n\n"
      "--x\nContent-Type: text/plain\n\nyes\n"
      "--x\nContent-Type: text/calendar; charset=UTF-8; method=REPLY\nContent-Transfer-Encoding: "
      "quoted-printable\n\n"
      "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=3DACCEPTED:mailto:pat@"
      "example.test\nEND:VEVENT\nEND:VCALENDAR\n--x--\n";
  const auto mail = parse(text);
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->kind, InboundKind::calendar_reply);
  EXPECT_EQ(mail->token_use, TokenUse::reply);
  EXPECT_EQ(mail->token, "Tok-9_a");
  EXPECT_TRUE(mail->calendar.reveal().contains("PARTSTAT=ACCEPTED"));
}

TEST(Inbound, other_methods_and_charsets_are_not_replies) {
  const std::string head = "To: reply+t@clinic.example.test\nContent-Type: text/calendar; charset=";
  for (const std::string rest :
       {"utf-8\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nX:\nMETHOD:REPLY\n",
        "utf-16\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n", "utf-8\n\nBEGIN:VCALENDAR\nX-METHOD:REPLY\n",
        "utf-8\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n\xff\n"}) {
    const auto mail = parse(head + rest);
    ASSERT_TRUE(mail);
    EXPECT_EQ(mail->kind, InboundKind::other) << rest;
  }
}

TEST(Inbound, only_the_address_it_came_to_gives_the_token) {
  const auto token = [](std::string_view header) {
    const auto mail = parse(std::string(header) + "\n\nbounce+inner@clinic.example.test\n");
    return mail ? mail->token : "refused";
  };
  EXPECT_EQ(token("Subject: bounce+abc@clinic.example.test"), "");
  EXPECT_EQ(token("From: bounce+abc@clinic.example.test"), "");
  EXPECT_EQ(token("To: xbounce+abc@clinic.example.test"), "");
  EXPECT_EQ(token("To: bounce+@clinic.example.test"), "");
  EXPECT_EQ(token("To: bounce+a.b@clinic.example.test"), "");
  EXPECT_EQ(token("To: bounce+" + std::string(58, 'a') + "@clinic.example.test"), "");
  EXPECT_EQ(token("To: a@example.test, <BOUNCE+aB1@clinic.example.test>"), "aB1");
  EXPECT_EQ(token("To: bounce+a@clinic.example.test\nDelivered-To: bounce+b@clinic.example.test"),
            "b");
}

TEST(Inbound, out_of_office_notes_are_told_apart) {
  const auto kind = [](std::string_view header) {
    return parse(std::string(header) + "\n\nI am away.\n")->kind;
  };
  EXPECT_EQ(kind("Auto-Submitted: auto-replied"), InboundKind::automatic);
  EXPECT_EQ(kind("X-Autoreply: yes"), InboundKind::automatic);
  EXPECT_EQ(kind("Auto-Submitted: no"), InboundKind::other);
  EXPECT_EQ(kind("Subject: hello"), InboundKind::other);
}

TEST(Inbound, a_mail_over_a_limit_is_refused) { EXPECT_FALSE(parse(std::string(300 * 1024, 'a'))); }

}  // namespace
}  // namespace sealbook::adapters::inbound
