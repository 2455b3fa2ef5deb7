#include "ui/demo/mail_text.hpp"

#include <gtest/gtest.h>

namespace sealbook::ui {
namespace {

TEST(MailText, a_plain_mail_is_shown_as_it_says) {
  const auto mail = read_mail(
      "From: a@example.test\r\nTo: b@example.test\r\nSubject: Hello\r\n there\r\nDate: now\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\nMa=C3=B1ana, long =\r\nline=3D\r\n");
  EXPECT_EQ(mail.from, "a@example.test");
  EXPECT_EQ(mail.subject, "Hello there");
  EXPECT_EQ(mail.text, "Mañana, long line=\n");
}

TEST(MailText, the_plain_part_of_a_multipart_is_chosen_and_the_others_are_named) {
  const auto mail = read_mail(
      "Content-Type: multipart/mixed; boundary=\"b1\"\n\n--b1\nContent-Type: text/plain; "
      "charset=utf-8\n"
      "Content-Transfer-Encoding: base64\n\naG9sYQ==\n--b1\nContent-Type: "
      "text/calendar\n\nBEGIN\n--b1--\n");
  EXPECT_EQ(mail.text, "hola");
  EXPECT_EQ(mail.others, std::vector<std::string>{"text/calendar"});
}

TEST(MailText, encoded_words_are_read) {
  EXPECT_EQ(read_mail("Subject: =?utf-8?Q?Su_cita_=C3=A9s?= =?UTF-8?B?IGhveQ==?=\n\nx").subject,
            "Su cita és hoy");
}

TEST(MailText, broken_mails_are_shown_and_break_nothing) {
  for (const char* text :
       {"", "\n", "Subject:", "Subject: =?", "Content-Type: multipart/mixed; boundary=\"x",
        "a\n\n--", "Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b",
        "Content-Transfer-Encoding: base64\n\n%%%"})
    EXPECT_NO_THROW(read_mail(text)) << text;
}

}  // namespace
}  // namespace sealbook::ui
