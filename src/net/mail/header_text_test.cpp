#include "net/mail/header_text.hpp"

#include <gtest/gtest.h>

namespace sealbook::net::mail {
namespace {

std::string text_field(std::string_view value) {
  HeaderBlock block;
  block.add_text("Subject", value);
  return block.take();
}

TEST(HeaderText, line_breaks_and_controls_are_refused_by_field) {
  for (const std::string_view bad :
       {std::string_view("a\r\nBcc: x@example.test"), std::string_view("a\nb"),
        std::string_view("a\rb"), std::string_view("a\0b", 3), std::string_view("a\tb"),
        std::string_view("a\x7f"),
        std::string_view("a\xc2\x85"
                         "b"),
        std::string_view("a\xe2\x80\xa8"
                         "b"),
        std::string_view("a\xff")}) {
    const auto checked = check_header_value("/subject", bad);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().fields.at(0).pointer, "/subject");
  }
  EXPECT_TRUE(check_header_value("/subject", "Cita en Clínica Ñandú – mañana"));
}

TEST(HeaderText, addresses_that_every_relay_takes) {
  for (const char* good :
       {"a@b.example.test", "first.last+tag@example.test", "o'neil@x-y.example.test"})
    EXPECT_TRUE(is_plain_address(good)) << good;
  for (const char* bad :
       {"", "a", "@b.test", "a@", "a b@c.test", "a@b c.test", "a@b..test", ".a@b.test", "a.@b.test",
        "a@b.test\r\nRCPT TO:<x@y.test>", "<a@b.test>", "a@b@c.test,d@e.test", "\"q\"@b.test",
        "jos\xc3\xa9@b.test", "a@-b.test", "a@b-.test", "a@[127.0.0.1]", "a@b_c.test"})
    EXPECT_FALSE(is_plain_address(bad)) << bad;
}

TEST(HeaderText, ascii_stays_readable_and_folds_at_76) {
  EXPECT_EQ(text_field("A short one"), "Subject: A short one\r\n");
  std::string words;
  for (int i = 0; i < 40; ++i) words += (i == 0 ? "" : " ") + std::string("appointment");
  const std::string field = text_field(words);
  for (std::size_t at = 0; at < field.size();) {
    const std::size_t end = field.find("\r\n", at);
    EXPECT_LE(end - at, 76u);
    at = end + 2;
  }
}

TEST(HeaderText, other_scripts_become_encoded_words_that_split_no_character) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "ñ€";
  const std::string field = text_field(text);
  EXPECT_EQ(text_field("niño"), "Subject: =?UTF-8?B?bmnDsW8=?=\r\n");
  EXPECT_EQ(field.find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=?-: \r\n"),
            std::string::npos);
  EXPECT_EQ(text_field("=?utf-8?q?x?="), "Subject: =?UTF-8?B?PT91dGYtOD9xP3g/PQ==?=\r\n");
}

TEST(HeaderText, a_display_name_cannot_become_an_address) {
  HeaderBlock block;
  block.add_mailbox("From", "Harbour, <evil@example.test>", "hello@clinic.example.test");
  block.add_mailbox("From", "Harbour Clinic", "hello@clinic.example.test");
  EXPECT_EQ(block.text(),
            "From: \"Harbour, <evil@example.test>\" <hello@clinic.example.test>\r\n"
            "From: Harbour Clinic <hello@clinic.example.test>\r\n");
}

TEST(HeaderText, the_date_is_that_of_rfc_5322) {
  EXPECT_EQ(date_text(*Instant::parse("2026-11-22T10:00:05Z")), "Sun, 22 Nov 2026 10:00:05 +0000");
}

}  // namespace
}  // namespace sealbook::net::mail
