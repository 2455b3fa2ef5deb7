// The corpus of header injections: each payload in each value of a mail. A mail is refused, or it
// has the fields of a mail without the payload, each once. With SEALBOOK_MAIL_OUT the mails that
// were made are written there, for two other libraries to read (tests/mail/run).
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "adapters/messaging/mime.hpp"
#include "net/mail/mime_reader.hpp"

namespace sealbook {
namespace {

OutgoingMail plain() {
  OutgoingMail mail;
  mail.message_id = "m1@clinic.example.test";
  mail.from_name = "Harbour Clinic";
  mail.from_address = "hello@clinic.example.test";
  mail.envelope_from = "bounce+t@clinic.example.test";
  mail.reply_to = "reply+t@clinic.example.test";
  mail.to = SensitiveText("pat@example.test");
  mail.subject = SensitiveText("A message");
  mail.text = SensitiveText("Call us.\n");
  mail.language = "en";
  mail.unsubscribe_url = SensitiveText("https://clinic.example.test/u/abc");
  return mail;
}

std::vector<std::string> payloads() {
  const std::string breaks[] = {"\r\n",
                                "\n",
                                "\r",
                                std::string("\0", 1),
                                "\r\n\r\n",
                                "\n\n",
                                "\x0b",
                                "\x0c",
                                "\x1c",
                                "\x1e",
                                "\x85",
                                "\xc2\x85",
                                "\xe2\x80\xa8",
                                "\xe2\x80\xa9",
                                "%0d%0a",
                                "%0A",
                                "\\r\\n",
                                "=0D=0A",
                                "&#13;&#10;",
                                "\xe5\x98\x8d\xe5\x98\x8a",
                                "=?UTF-8?B?DQo=?=",
                                "=?UTF-8?Q?=0D=0A?=",
                                "\r\n ",
                                "\n\t",
                                "\r\r\n"};
  const char* tails[] = {"Bcc: evil@example.test",
                         "To: evil@example.test",
                         "Content-Type: text/html\r\n\r\n<b>x</b>",
                         "From: evil@example.test",
                         "--=_alt_m1\r\nContent-Type: text/html\r\n\r\n<script>",
                         ".\r\nMAIL FROM:<evil@example.test>"};
  std::vector<std::string> all;
  for (const std::string& line_break : breaks)
    for (const char* tail : tails) {
      all.push_back("name" + line_break + tail);
      all.push_back(line_break + tail + line_break);
    }
  for (const char* other : {"<evil@example.test>", "evil@example.test, pat@example.test", "\"",
                            "a\\", "a\"@b", "(comment", "a;b=c", "=?UTF-8?B?////?=", "=?",
                            "?=", "\xff\xfe", "\xed\xa0\x80", "\xc0\x8d\xc0\x8a"})
    all.emplace_back(other);
  all.emplace_back(2'000, 'x');
  all.push_back(std::string(1'000, ' ') + "x");
  return all;
}

using Set = void (*)(OutgoingMail&, const std::string&);
const std::pair<const char*, Set> values[] = {
    {"from_name", [](OutgoingMail& m, const std::string& v) { m.from_name = v; }},
    {"subject", [](OutgoingMail& m, const std::string& v) { m.subject = SensitiveText(v); }},
    {"to",
     [](OutgoingMail& m, const std::string& v) { m.to = SensitiveText("pat@example.test" + v); }},
    {"reply_to", [](OutgoingMail& m, const std::string& v) { m.reply_to = v; }},
    {"message_id", [](OutgoingMail& m, const std::string& v) { m.message_id = v; }},
    {"language", [](OutgoingMail& m, const std::string& v) { m.language = v; }},
    {"unsubscribe_url",
     [](OutgoingMail& m, const std::string& v) {
       m.unsubscribe_url = SensitiveText("https://x.test/" + v);
     }},
    {"text", [](OutgoingMail& m,
                const std::string& v) { m.text = SensitiveText("Call us.\n" + v + "\n"); }},
    {"attachment",
     [](OutgoingMail& m, const std::string& v) {
       m.attachments.push_back({"appointment.ics", "text/calendar; charset=utf-8; method=REQUEST",
                                SensitiveText("BEGIN:VCALENDAR\r\n" + v)});
     }},
    {"file_name",
     [](OutgoingMail& m, const std::string& v) {
       m.attachments.push_back({v, "text/plain", SensitiveText("x")});
     }},
    {"content_type",
     [](OutgoingMail& m, const std::string& v) {
       m.attachments.push_back({"a.txt", "text/plain" + v, SensitiveText("x")});
     }},
};

std::multimap<std::string, int> names_of(const net::mail::MimePart& part) {
  std::multimap<std::string, int> names;
  for (const auto& [name, value] : part.fields) names.emplace(name, 0);
  return names;
}

std::size_t count_parts(const net::mail::MimePart& part) {
  std::size_t count = 1;
  for (const auto& inside : part.parts) count += count_parts(inside);
  return count;
}

TEST(MailCorpus, no_payload_becomes_a_field_or_a_part) {
  const Instant now = *Instant::parse("2026-11-22T10:00:00Z");
  const char* out = std::getenv("SEALBOOK_MAIL_OUT");
  const auto wanted = names_of(*net::mail::read_mime(*adapters::mime_message(plain(), now)));
  std::size_t made = 0, refused = 0;
  for (const auto& [value, set] : values) {
    int number = 0;
    for (const std::string& payload : payloads()) {
      ++number;
      OutgoingMail mail = plain();
      set(mail, payload);
      const auto message = adapters::mime_message(mail, now);
      if (!message) {
        ++refused;
        continue;
      }
      ++made;
      const auto read = net::mail::read_mime(*message);
      ASSERT_TRUE(read) << value << " " << number;
      auto names = names_of(*read);
      names.erase("content-transfer-encoding");  // of the whole, when it has one part
      auto least = wanted;
      least.erase("content-transfer-encoding");
      EXPECT_EQ(names, least) << value << " " << number;
      EXPECT_EQ(count_parts(*read), mail.attachments.empty() ? 1u : 3u) << value << " " << number;
      if (out != nullptr)
        std::ofstream(std::string(out) + "/" + value + "-" + std::to_string(number) + ".eml",
                      std::ios::binary)
            << *message;
    }
  }
  EXPECT_GE(payloads().size(), 300u);
  EXPECT_GT(made, 300u);
  EXPECT_GT(refused, 300u);
}

// The corpus finds what it is meant to find: a builder that pastes values loses its structure.
TEST(MailCorpus, a_builder_that_pastes_would_be_caught) {
  std::size_t caught = 0;
  for (const std::string& payload : payloads()) {
    const auto read =
        net::mail::read_mime("Subject: " + payload + "\r\nTo: pat@example.test\r\n\r\nbody");
    if (!read || read->fields.size() != 2 || read->field("bcc") != nullptr) ++caught;
  }
  EXPECT_GT(caught, 20u);
}

}  // namespace
}  // namespace sealbook
