// Values and templates that try to become something else: a header, a second line, a link, a tag, a
// calendar property (issue 3, must show 6; THREATS T28). What renders keeps the shape of its
// template.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "canaries.hpp"

namespace sealbook::messages {
namespace {

using testing::IsEmpty;

constexpr std::string_view line_breaks[] = {
    "\r\n",         "\n",    "\r",     "\v",     "\f",     "\xc2\x85", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\r\n ", "\\r\\n", "%0d%0a", "=0D=0A", "&#10;"};
constexpr std::string_view rests[] = {"Bcc: everybody@evil.test",
                                      "Subject: other",
                                      "Content-Type: text/html",
                                      "Content-Transfer-Encoding: base64",
                                      "MIME-Version: 1.0\r\n\r\n<html>",
                                      "--boundary--",
                                      ".",
                                      ".\r\nMAIL FROM:<x@evil.test>",
                                      "To: x@evil.test",
                                      "X-Evil: 1",
                                      "Received: from evil",
                                      "DKIM-Signature: v=1",
                                      "List-Unsubscribe: <https://evil.test>",
                                      "Reply-To: x@evil.test",
                                      "<script>alert(1)</script>",
                                      "<img src=x onerror=alert(1)>",
                                      "<a href='http://evil.test'>x</a>",
                                      "END:VEVENT",
                                      "END:VCALENDAR\r\nBEGIN:VCALENDAR",
                                      "SUMMARY:Oncology",
                                      "ATTENDEE:mailto:x@evil.test",
                                      "ATTACH:http://evil.test/x",
                                      "DESCRIPTION:x",
                                      "http://evil.test/login",
                                      "https://evil.test",
                                      "www.evil.test",
                                      "javascript:alert(1)",
                                      "data:text/html;base64,PHA+",
                                      "mailto:x@evil.test",
                                      "tel:+12025550199",
                                      "evil.test/path"};
constexpr std::string_view alone[] = {
    "\xe2\x80\xae"
    "gnp.exe",
    "\xe2\x81\xa6x\xe2\x81\xa9",
    "a\xe2\x80\x8b"
    "b",
    "\xef\xbb\xbfx",
    "a\xcc\x81\xcc\x81\xcc\x81",
    "{{code}}",
    "{{link}}",
    "{{#time}}",
    "{{/time}}",
    "}}{{",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "%s%s%s%n",
    "=cmd|' /C calc'!A0",
    "=?utf-8?B?RXZpbA==?=",
    "=?utf-8?Q?=0D=0ABcc:_x?=",
    "\xff\xfe",
    "\xc0\xaf",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "\x1b[31m",
    "EVIL\xe3\x80\x82"
    "test/x",
    "http:\xef\xbc\x8f\xef\xbc\x8f"
    "evil",
    "\xf3\xa0\x81\xa5\xf3\xa0\x81\xb6"};

std::vector<std::string> payloads() {
  std::vector<std::string> all;
  for (const std::string_view line_break : line_breaks)
    for (const std::string_view rest : rests)
      all.push_back("Eve" + std::string(line_break) + std::string(rest));
  for (const std::string_view rest : rests) all.emplace_back(rest);
  for (const std::string_view each : alone) all.emplace_back(each);
  all.emplace_back("a\0b", 3);
  all.emplace_back(5000, 'A');
  return all;
}

// The big list of naughty strings, where it is at hand.
std::vector<std::string> naughty() {
  std::vector<std::string> all;
  std::ifstream file("../shared/data/blns/blns.txt", std::ios::binary);
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && !line.starts_with('#')) all.push_back(line);
  return all;
}

constexpr std::string_view frame =
    "A[{{appointment.location}}]\nB[{{organisation.message_name}}]\nC[{{organisation.phone}}]\n{{"
    "link}}\nD[{{patient.name.given}}]\n"
    "E[{{appointment.reason}}]\nend";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') lines.emplace_back();
    else lines.back() += c;
  }
  return lines;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Why a line is not what its template made it; empty: it is.
std::string wrong_with(const std::string& line, std::string_view begins, std::string_view ends) {
  if (!line.starts_with(begins) || !line.ends_with(ends)) return "shape";
  for (const char c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "control character";
  for (const std::string_view mark :
       {"\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xc2\x85", "\xe2\x80\x8b",
        "\xef\xbb\xbf", "\xf3\xa0\x81", "\xff", "\xed\xa0"})
    if (line.contains(mark)) return "invisible character or no UTF-8";
  if (line.contains("//")) return "://";
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    if (line[i] == '.' && is_word(line[i - 1]) && is_letter(line[i + 1])) return "host name";
    if (line[i] == ':' && is_word(line[i - 1]) && (is_letter(line[i + 1]) || line[i + 1] == '+'))
      return "scheme";
    if (line[i] == '@' && is_word(line[i + 1])) return "address";
  }
  return {};
}

// What is wrong with the whole message, by line.
std::vector<std::string> wrong_with(const RenderedMessage& message) {
  constexpr std::pair<std::string_view, std::string_view> shape[] = {
      {"A[", "]"}, {"B[", "]"}, {"C[", "]"},   {"https:", ""},
      {"D[", "]"}, {"E[", "]"}, {"end", "end"}};
  std::vector<std::string> wrong;
  const auto lines = lines_of(message.text.reveal());
  if (lines.size() != std::size(shape)) return {"lines"};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 3) {
      if (lines[i] != canaries::facts().link.reveal()) wrong.emplace_back("link");
      continue;
    }
    if (auto why = wrong_with(lines[i], shape[i].first, shape[i].second); !why.empty())
      wrong.push_back(lines[i] + ": " + why);
  }
  if (auto why = wrong_with(message.subject.reveal(), "From [", "]"); !why.empty())
    wrong.push_back("subject: " + why);
  return wrong;
}

MessageFacts facts_with(const std::string& payload) {
  MessageFacts facts = canaries::facts();
  facts.message_name = facts.location = payload;
  facts.patient_given = facts.reason = SensitiveText(payload);
  return facts;
}

Template framed() {
  auto made = Template::parse({Channel::portal, Locale::en, Purpose::reminder,
                               "From [{{organisation.message_name}}]", std::string(frame)});
  EXPECT_TRUE(made) << made.error().detail;
  return std::move(*made);
}

TEST(Injection, a_value_never_becomes_a_line_a_header_or_a_link) {
  const Template made = framed();
  auto all = payloads();
  EXPECT_GE(all.size(), 300U);
  for (const auto& each : naughty()) all.push_back(each);
  int rendered = 0;
  for (const std::string& payload : all) {
    const auto message = render(made, facts_with(payload), DetailLevel::time);
    if (!message) {  // nothing was left of it: a message without a sender's name is not sent
      EXPECT_EQ(message.error().fields.front().rule, "required");
      continue;
    }
    EXPECT_THAT(wrong_with(*message), IsEmpty()) << payload;
    ++rendered;
  }
  EXPECT_GE(rendered, 300);
}

TEST(Injection, the_judge_sees_a_value_that_was_put_in_as_it_is) {
  int seen = 0;
  for (const std::string& payload : payloads()) {
    std::string text(frame);
    for (const std::string_view name :
         {"{{appointment.location}}", "{{organisation.message_name}}", "{{organisation.phone}}",
          "{{patient.name.given}}", "{{appointment.reason}}"})
      text.replace(text.find(name), name.size(), payload);
    text.replace(text.find("{{link}}"), 8, canaries::facts().link.reveal());
    const RenderedMessage message{SensitiveText("From [" + payload + "]"), SensitiveText(text)};
    seen += wrong_with(message).empty() ? 0 : 1;
  }
  EXPECT_GE(seen, 250);  // some are harmless as they are
}

TEST(Injection, a_phone_number_is_digits_or_nothing) {
  for (const std::string& payload : payloads()) {
    MessageFacts facts = canaries::facts();
    facts.phone = payload + "+1 202 555 0100";
    const auto message = render(framed(), facts, DetailLevel::time);
    if (message) {
      EXPECT_THAT(wrong_with(*message), IsEmpty()) << payload;
    }
  }
}

TEST(Injection, only_an_address_of_ours_stands_as_the_link) {
  for (const std::string& payload : payloads())
    for (const std::string_view before : {"", "https://book.example.test/l/"}) {
      MessageFacts facts = canaries::facts();
      facts.link = SensitiveText(std::string(before) + payload);
      const auto message = render(framed(), facts, DetailLevel::time);
      if (!message) continue;
      const std::string& text = message->text.reveal();
      EXPECT_EQ(lines_of(text).size(), 7U) << payload;
      EXPECT_FALSE(text.contains('<') || text.contains('"') || text.contains("javascript"))
          << payload;
    }
}

TEST(Injection, a_template_with_a_payload_is_refused_or_stays_text) {
  auto all = payloads();
  for (const auto& each : naughty()) all.push_back(each);
  int refused = 0;
  for (const std::string& payload : all) {
    const std::string ending = "\n{{organisation.message_name}} {{organisation.phone}}";
    const auto body =
        Template::parse({Channel::email, Locale::en, Purpose::reminder, {}, payload + ending});
    const auto subject =
        Template::parse({Channel::email, Locale::en, Purpose::reminder, payload, "Hi" + ending});
    refused += (body ? 0 : 1) + (subject ? 0 : 1);
    if (body) {
      const auto message = render(*body, canaries::facts(), DetailLevel::time);
      ASSERT_TRUE(message);
      for (const std::string& line : lines_of(message->text.reveal()))
        if (line != canaries::facts().link.reveal()) {
          EXPECT_EQ(wrong_with(line, "", ""), "") << payload;
        }
    }
    if (subject) {
      const auto message = render(*subject, canaries::facts(), DetailLevel::time);
      ASSERT_TRUE(message);
      EXPECT_EQ(lines_of(message->subject.reveal()).size(), 1U) << payload;
    }
  }
  EXPECT_GE(refused, 300);
}

}  // namespace
}  // namespace sealbook::messages
