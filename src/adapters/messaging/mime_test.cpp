#include "adapters/messaging/mime.hpp"

#include <gtest/gtest.h>

#include "adapters/messaging/testing/sample_mail.hpp"
#include "net/mail/mime_reader.hpp"

namespace sealbook::adapters {
namespace {

const Instant now = *Instant::parse("2026-11-22T10:00:00Z");

// No bare CR or LF, no NUL, no line over 998 octets, ASCII.
void expect_wire_form(const std::string& message) {
  std::size_t line = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const auto c = static_cast<unsigned char>(message[i]);
    ASSERT_TRUE(c != 0 && c < 0x80);
    if (c == '\r') ASSERT_TRUE(i + 1 < message.size() && message[i + 1] == '\n');
    if (c == '\n') ASSERT_TRUE(i > 0 && message[i - 1] == '\r');
    line = c == '\n' ? 0 : line + 1;
    ASSERT_LE(line, 998u);
  }
}

TEST(Mime, a_plain_mail_reads_as_it_was_written) {
  OutgoingMail mail = testing::sample_mail();
  mail.unsubscribe_url = SensitiveText("https://localhost:8443/u/abc");
  const auto message = mime_message(mail, now);
  ASSERT_TRUE(message);
  expect_wire_form(*message);
  const auto read = net::mail::read_mime(*message);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read->field("from"), "Harbour Clinic <hello@clinic.example.test>");
  EXPECT_EQ(*read->field("to"), "pat@example.test");
  EXPECT_EQ(*read->field("date"), "Sun, 22 Nov 2026 10:00:00 +0000");
  EXPECT_EQ(*read->field("message-id"), "<msg-1@clinic.example.test>");
  EXPECT_EQ(*read->field("mime-version"), "1.0");
  EXPECT_EQ(*read->field("content-language"), "en");
  EXPECT_EQ(*read->field("auto-submitted"), "auto-generated");
  EXPECT_EQ(*read->field("list-unsubscribe"), "<https://localhost:8443/u/abc>");
  EXPECT_EQ(*read->field("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
  EXPECT_EQ(read->field("return-path"), nullptr);
  EXPECT_EQ(read->body, "There is a message for you.\r\nCall +1 202 555 0100.\r\n");
}

TEST(Mime, an_invitation_stands_beside_the_text_and_a_file_around_both) {
  OutgoingMail mail = testing::sample_mail();
  mail.text = SensitiveText("Mañana.\n--=_alt_msg1\nContent-Type: text/html\n\n<b>x</b>\n");
  mail.attachments.push_back({"appointment.ics", "text/calendar; charset=utf-8; method=REQUEST",
                              SensitiveText("BEGIN:VCALENDAR\r\n")});
  mail.attachments.push_back(
      {"map.txt", "text/plain; charset=utf-8", SensitiveText("left, then right")});
  const auto message = mime_message(mail, now);
  ASSERT_TRUE(message);
  expect_wire_form(*message);
  const auto read = net::mail::read_mime(*message);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->type, "multipart/mixed");
  ASSERT_EQ(read->parts.size(), 2u);
  const auto& alternative = read->parts[0];
  EXPECT_EQ(alternative.type, "multipart/alternative");
  ASSERT_EQ(alternative.parts.size(), 2u) << "the text may not hold a delimiter";
  EXPECT_EQ(alternative.parts[0].decoded(),
            mail.text.reveal().substr(0, mail.text.reveal().size() - 1) + "\n");
  EXPECT_EQ(alternative.parts[1].type, "text/calendar");
  EXPECT_EQ(*alternative.parts[1].parameter("method"), "REQUEST");
  EXPECT_EQ(alternative.parts[1].decoded(), "BEGIN:VCALENDAR\r\n");
  EXPECT_EQ(*read->parts[1].field("content-disposition"), "attachment; filename=\"map.txt\"");
}

struct Slot {
  const char* pointer;
  void (*set)(OutgoingMail&, std::string);
};
const Slot slots[] = {
    {"/message_id", [](OutgoingMail& m, std::string v) { m.message_id = std::move(v); }},
    {"/from_name", [](OutgoingMail& m, std::string v) { m.from_name = std::move(v); }},
    {"/from_address", [](OutgoingMail& m, std::string v) { m.from_address = std::move(v); }},
    {"/envelope_from", [](OutgoingMail& m, std::string v) { m.envelope_from = std::move(v); }},
    {"/reply_to", [](OutgoingMail& m, std::string v) { m.reply_to = std::move(v); }},
    {"/to", [](OutgoingMail& m, std::string v) { m.to = SensitiveText(std::move(v)); }},
    {"/subject", [](OutgoingMail& m, std::string v) { m.subject = SensitiveText(std::move(v)); }},
    {"/language", [](OutgoingMail& m, std::string v) { m.language = std::move(v); }},
    {"/unsubscribe_url",
     [](OutgoingMail& m, std::string v) { m.unsubscribe_url = SensitiveText(std::move(v)); }},
    {"/attachments/file_name",
     [](OutgoingMail& m, std::string v) {
       m.attachments.push_back({std::move(v), "text/calendar", {}});
     }},
    {"/attachments/content_type",
     [](OutgoingMail& m, std::string v) { m.attachments.push_back({"a.ics", std::move(v), {}}); }},
};

TEST(Mime, a_line_break_in_any_value_is_refused_by_its_name) {
  for (const Slot& slot : slots) {
    for (const std::string_view injected :
         {std::string_view("\r\nBcc: e@example.test"), std::string_view("\nX: y"),
          std::string_view("\r\n\r\nbody"), std::string_view("\rX: y"),
          std::string_view("\0", 1)}) {
      OutgoingMail mail = testing::sample_mail();
      slot.set(mail, "a@b.example.test" + std::string(injected));
      const auto message = mime_message(mail, now);
      ASSERT_FALSE(message) << slot.pointer;
      EXPECT_EQ(message.error().fields.at(0).pointer, slot.pointer);
      EXPECT_FALSE(message.error().fields.at(0).detail.contains("example.test"));
    }
  }
}

TEST(Mime, what_is_no_address_url_or_type_is_refused) {
  const std::pair<const char*, const char*> bad[] = {
      {"/to", "a@b.example.test, c@d.example.test"},
      {"/to", "Pat <pat@example.test>"},
      {"/to", "josé@example.test"},
      {"/unsubscribe_url", "http://localhost/u"},
      {"/unsubscribe_url", "https://localhost/a> <mailto:x"},
      {"/language", "en; x"},
      {"/attachments/file_name", "a\"; x=\"b"},
      {"/attachments/content_type", "calendar"},
      {"/message_id", "<a@b.example.test>"}};
  for (const auto& [pointer, value] : bad) {
    OutgoingMail mail = testing::sample_mail();
    for (const Slot& slot : slots)
      if (std::string_view(slot.pointer) == pointer) slot.set(mail, value);
    const auto message = mime_message(mail, now);
    ASSERT_FALSE(message) << pointer << " " << value;
    EXPECT_EQ(message.error().fields.at(0).pointer, pointer);
  }
}

}  // namespace
}  // namespace sealbook::adapters
