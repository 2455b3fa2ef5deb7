#include "domain/messages/template.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/messages/plain_text.hpp"
#include "domain/messages/shipped.hpp"

namespace sealbook::messages {
namespace {

constexpr std::string_view signed_by = "\n{{organisation.message_name}}, {{organisation.phone}}";

TemplateText an_email(std::string body, Purpose purpose = Purpose::reminder) {
  return {Channel::email, Locale::en, purpose, "Hello", std::move(body) + std::string(signed_by)};
}
TemplateText a_text_message(std::string body) {
  return {
      Channel::sms, Locale::en, Purpose::reminder, {}, std::move(body) + std::string(signed_by)};
}

// "/body data_class", one per broken rule.
std::vector<std::string> broken(TemplateText text) {
  std::vector<std::string> rules;
  const auto made = Template::parse(std::move(text));
  if (!made)
    for (const FieldError& error : made.error().fields)
      rules.push_back(error.pointer + " " + error.rule);
  return rules;
}
std::string said(TemplateText text) {
  const auto made = Template::parse(std::move(text));
  return made ? "" : made.error().fields.front().detail;
}

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Template, a_plain_one_is_taken) {
  EXPECT_THAT(broken(an_email("See {{appointment.starts_at}} or {{link}}")), IsEmpty());
}

TEST(Template, a_field_above_the_channels_limit_is_refused_by_name_class_and_limit) {
  const auto text = an_email("Hi!\nDear {{patient.name.given}},");

  EXPECT_THAT(broken(text), ElementsAre("/body data_class"));
  EXPECT_EQ(said(text),
            "Line 2, column 6: {{patient.name.given}} is pii; the channel email carries at most "
            "operational.");
}

TEST(Template, no_channel_carries_a_field_above_its_limit) {
  for (const ChannelRow& channel : channel_rows)
    for (const FieldRow& field : field_rows) {
      TemplateText text = an_email("{{" + std::string(field.name) + "}}");
      text.channel = channel.channel;
      text.subject.clear();
      const bool refused = testing::Value(broken(text), Contains("/body data_class"));
      EXPECT_EQ(refused, field.data_class > channel.limit) << channel.name << " " << field.name;
    }
}

TEST(Template, what_tells_too_much_is_named_before_other_rules) {
  EXPECT_THAT(said(an_email("{{nonsense}} {{appointment.reason}}")),
              HasSubstr("{{appointment.reason}} is phi"));
}

TEST(Template, an_unknown_field_is_refused_and_the_known_ones_are_listed) {
  const auto text = an_email("{{appointment.notes}}");

  EXPECT_THAT(broken(text), ElementsAre("/body unknown_field"));
  EXPECT_THAT(said(text),
              HasSubstr("no field {{appointment.notes}}; there are: organisation.message_name, "));
}

TEST(Template, what_an_author_wrote_is_not_echoed_unless_it_is_a_name) {
  EXPECT_THAT(said(an_email("{{<script>alert(1)</script>}}")), testing::Not(HasSubstr("script")));
}

TEST(Template, every_message_says_who_it_is_from_and_which_number_to_call) {
  EXPECT_THAT(broken({Channel::email, Locale::en, Purpose::reminder, "Hi", "Hello"}),
              ElementsAre("/body required", "/body required"));
  EXPECT_THAT(broken({Channel::email, Locale::en, Purpose::reminder, "Hi",
                      "{{#time}}{{organisation.message_name}}{{/time}} {{organisation.phone}}"}),
              ElementsAre("/body required"));
}

TEST(Template, an_invitation_has_a_link_and_a_code_its_code) {
  EXPECT_THAT(broken(an_email("Come", Purpose::invitation)), ElementsAre("/body required"));
  EXPECT_THAT(broken(an_email("{{link}}", Purpose::invitation)), IsEmpty());
  EXPECT_THAT(broken(an_email("Type it", Purpose::code)), ElementsAre("/body required"));
  EXPECT_THAT(broken(an_email("{{code}}", Purpose::code)), IsEmpty());
  EXPECT_THAT(broken(an_email("{{code}}", Purpose::reminder)), ElementsAre("/body purpose"));
}

TEST(Template, a_subject_is_one_line_of_neutral_words) {
  const auto with = [](std::string subject) {
    TemplateText text = an_email("");
    text.subject = std::move(subject);
    return broken(text);
  };
  EXPECT_THAT(with("From {{organisation.message_name}}"), IsEmpty());
  EXPECT_THAT(with("On {{appointment.starts_at}}"), ElementsAre("/subject placement"));
  EXPECT_THAT(with("{{link}}"), ElementsAre("/subject placement"));
  EXPECT_THAT(with("{{#time}}Soon{{/time}}"), ElementsAre("/subject placement"));
  EXPECT_THAT(with("Hello\nBcc: all@example.test"), Contains("/subject characters"));
  EXPECT_THAT(with("Hello\r\nBcc: x"), Contains("/subject characters"));
  EXPECT_THAT(with("  "), Contains("/subject required"));
  EXPECT_THAT(with(std::string(121, 'x')), ElementsAre("/subject length"));
  EXPECT_THAT(with(""), IsEmpty());  // the shipped one
}

TEST(Template, a_channel_without_subjects_refuses_one) {
  TemplateText text = a_text_message("Hi");
  text.subject = "Hello";
  EXPECT_THAT(broken(text), ElementsAre("/subject not_allowed"));
}

TEST(Template, syntax_is_refused_where_it_breaks) {
  for (const auto* body :
       {"{{", "{{link", "}} alone", "{{{link}}}", "{{#time}}never ended", "{{/time}}",
        "{{#time}}{{#link}}x{{/link}}{{/time}}", "{{#time}}x{{/link}}{{/time}}", "{{link\n}}"})
    EXPECT_THAT(broken(an_email(body)), Contains("/body syntax")) << body;
  EXPECT_THAT(broken(an_email("{{#each people}}x{{/each}}")), Contains("/body unknown_section"));
  EXPECT_THAT(broken(an_email("{{> partial}}")), Contains("/body unknown_field"));
}

TEST(Template, a_message_has_no_address_but_its_link) {
  for (const auto* body : {"https://evil.test/x", "see www.evil.test", "write to desk@clinic.test",
                           "go to evil.test/path", "ftp://x"})
    EXPECT_THAT(broken(an_email(body)), ElementsAre("/body link")) << body;
  EXPECT_THAT(broken(an_email("At 3 p.m. sharp. Bring, e.g., a pen")), IsEmpty());
}

TEST(Template, markup_is_refused_because_mail_is_plain_text) {
  for (const auto* body : {"<b>Hello</b>", "<!-- x -->", "a &lt; b", "&#x41;", "</p>"})
    EXPECT_THAT(broken(an_email(body)), ElementsAre("/body plain_text")) << body;
  EXPECT_THAT(broken(an_email("2 < 3 & 4 > 1")), IsEmpty());
}

TEST(Template, invisible_and_reordering_characters_are_refused) {
  for (const auto* body : {"a\r\nb", "a\x01",
                           "\xe2\x80\xae"
                           "abc",
                           "a\xe2\x80\x8b"
                           "b",
                           "\xef\xbb\xbf", "\xff",
                           "a\xe2\x80\xa8"
                           "b",
                           "\xf3\xa0\x80\x81"})
    EXPECT_THAT(broken(an_email(body)), ElementsAre("/body characters"));
}

TEST(Template, a_word_that_tells_the_kind_of_clinic_is_refused_where_others_read) {
  for (const auto* body :
       {"Oncology", "your CANCER visit", "Psiquiatría", "adicciones", "HIV test", "tumores"})
    EXPECT_THAT(broken(an_email(body)), ElementsAre("/body sensitive_word")) << body;
  TemplateText portal = an_email("Oncology");
  portal.channel = Channel::portal;
  EXPECT_THAT(broken(portal), IsEmpty());
  EXPECT_THAT(broken(an_email("Please candidly standardise the Cancerian's tumult")), IsEmpty());
}

TEST(Template, a_text_message_fits_160_places_even_with_long_values) {
  EXPECT_THAT(broken(a_text_message("Visit {{appointment.starts_at}}\n{{link}}")), IsEmpty());
  EXPECT_THAT(broken(a_text_message(std::string(160, 'x'))), ElementsAre("/body length"));
  EXPECT_THAT(broken(a_text_message("{{#time}}{{appointment.starts_at}}{{/time}}{{^time}}" +
                                    std::string(150, 'x') + "{{/time}}")),
              ElementsAre("/body length"));
}

TEST(Template, a_text_message_holds_characters_of_its_alphabet_only) {
  const auto text = a_text_message(
      "El d\xc3\xad"
      "a");

  EXPECT_THAT(broken(text), ElementsAre("/body characters"));
  EXPECT_EQ(said(text), "Line 1, column 5: A character that an SMS cannot carry; write i.");
}

TEST(Template, a_long_text_is_refused_unread) {
  EXPECT_THAT(broken(an_email(std::string(5001, '{'))), ElementsAre("/body length"));
}

TEST(Template, every_shipped_one_parses) {
  for (const Channel channel : {Channel::email, Channel::sms, Channel::letter, Channel::portal})
    for (int p = 0; p <= static_cast<int>(Purpose::reminder); ++p)
      for (const Locale locale : {Locale::en, Locale::es}) {
        const Template* shipped = find_shipped(channel, static_cast<Purpose>(p), locale);
        ASSERT_NE(shipped, nullptr);
        EXPECT_EQ(shipped->channel(), channel);
        for (const Part& part : shipped->body())
          if (part.field) {
            EXPECT_LE(row_of(*part.field).data_class, DataClass::operational)
                << "shipped ones name nobody";
          }
      }
  EXPECT_EQ(find_shipped(Channel::voice, Purpose::reminder, Locale::en), nullptr);
}

}  // namespace
}  // namespace sealbook::messages
