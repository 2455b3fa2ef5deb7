// Every shipped template, and hundreds that try to say too much, rendered with canaries in every
// channel, language and level (issue 3, must show 3; THREATS T59).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "canaries.hpp"
#include "domain/messages/shipped.hpp"

namespace sealbook::messages {
namespace {

using testing::IsEmpty;
using testing::Not;

constexpr Channel channels[] = {Channel::email, Channel::sms, Channel::voice, Channel::letter,
                                Channel::portal};
constexpr Locale locales[] = {Locale::en, Locale::es};
constexpr DetailLevel levels[] = {DetailLevel::neutral, DetailLevel::time};

std::string whole(const RenderedMessage& m) { return m.subject.reveal() + "\n" + m.text.reveal(); }

// Ways in which an author may try to get a field past the check. % is the field's name.
constexpr std::string_view attempts[] = {"{{%}}",
                                         "{{ % }}",
                                         "{{%}}{{%}}",
                                         "Dear {{%}},",
                                         "{{#time}}{{%}}{{/time}}",
                                         "{{^time}}{{%}}{{/time}}",
                                         "{{#place}}{{%}}{{/place}}",
                                         "{{^place}}{{%}}{{/place}}",
                                         "{{#link}}{{%}}{{/link}}",
                                         "{{^link}}{{%}}{{/link}}",
                                         "{{#unsubscribe}}{{%}}{{/unsubscribe}}",
                                         "{{^unsubscribe}}{{%}}{{/unsubscribe}}",
                                         "{{^time}}\n{{%}}\n{{/time}}\n",
                                         "{{{%}}}",
                                         "{{&%}}",
                                         "{{> %}}",
                                         "{{#%}}x{{/%}}",
                                         "{{^%}}x{{/%}}",
                                         "{{%",
                                         "%}}",
                                         "{{!}}{{%}}",
                                         "{{! }} {{%}} }}",
                                         "{{!{{%}}}}",
                                         "{{% | upper}}",
                                         "{{this.%}}",
                                         "{{../%}}",
                                         "{{%.length}}",
                                         "{{\n%}}",
                                         "{{\t%}}",
                                         "{{%\xc2\xa0}}",
                                         "{{\xe2\x80\x8b%}}",
                                         "\xe2\x80\xae{{%}}",
                                         "{ {%} }",
                                         "${%}",
                                         "<%= % %>",
                                         "{%%%}",
                                         "#{%}",
                                         "[[%]]",
                                         "%7B%7B%%7D%7D",
                                         "{{=<% %>=}}<%%%>",
                                         "<b>{{%}}</b>",
                                         "https://evil.test/?x={{%}}",
                                         "{{link}}?n={{%}}",
                                         "{{link}}{{%}}",
                                         "{{'%'}}",
                                         "{{lookup . '%'}}",
                                         "{{constructor.%}}",
                                         "{{%}}{{/time}}",
                                         "{{#time}}{{#time}}{{%}}{{/time}}{{/time}}"};

std::string put_in(std::string_view attempt, std::string_view name) {
  std::string out;
  for (const char c : attempt) {
    if (c == '%') out += name;
    else out += c;
  }
  return out;
}

TEST(Leaks, no_shipped_template_says_more_than_the_level) {
  int rendered = 0;
  for (const Channel channel : channels)
    for (int p = 0; p <= static_cast<int>(Purpose::reminder); ++p)
      for (const Locale locale : locales)
        for (const DetailLevel level : levels) {
          const Template* shipped = find_shipped(channel, static_cast<Purpose>(p), locale);
          if (shipped == nullptr) continue;
          const auto message = render(*shipped, canaries::facts(), level);
          ASSERT_TRUE(message) << p << " " << message.error().detail;
          const std::string text = whole(*message);
          EXPECT_THAT(canaries::leaks(text, channel, level), IsEmpty()) << text;
          EXPECT_THAT(canaries::leaks(text, Channel::email, level), IsEmpty())
              << "shipped ones name nobody anywhere";
          EXPECT_TRUE(text.contains("Harbour") && text.contains("+12025550100")) << text;
          ++rendered;
        }
  EXPECT_EQ(rendered, 4 * 7 * 2 * 2);
}

struct Count {
  int tried = 0, saved = 0;
};

void try_one(TemplateText text, Count& count) {
  ++count.tried;
  const Channel channel = text.channel;
  const auto made = Template::parse(text);
  if (!made) return;
  ++count.saved;
  for (const DetailLevel level : levels) {
    const auto message = render(*made, canaries::facts(), level);
    if (!message) continue;
    EXPECT_THAT(canaries::leaks(whole(*message), channel, level), IsEmpty()) << text.subject << "\n"
                                                                             << text.body;
  }
}

TEST(Leaks, no_hostile_template_gets_more_out_of_a_channel) {
  Count count;
  for (const std::string_view attempt : attempts)
    for (const FieldRow& field : field_rows)
      for (const Channel channel : channels)
        for (const Locale locale : locales) {
          const std::string hostile = put_in(attempt, field.name);
          try_one({channel,
                   locale,
                   Purpose::reminder,
                   {},
                   hostile + "\n{{organisation.message_name}} {{organisation.phone}}"},
                  count);
          try_one({channel, locale, Purpose::code, hostile,
                   "{{code}} {{organisation.message_name}} {{organisation.phone}}"},
                  count);
        }
  EXPECT_GE(std::size(attempts) * field_rows.size(), 200U);
  EXPECT_GT(count.saved, 500);                // the renderer is tried as well,
  EXPECT_GT(count.tried - count.saved, 500);  // and the check
}

TEST(Leaks, what_others_can_read_may_not_even_be_saved) {
  for (const auto* name : {"patient.name.given", "patient.name.family", "practitioner.name",
                           "service.name", "appointment.reason"})
    for (const Channel channel : {Channel::email, Channel::sms, Channel::voice})
      for (const std::string_view attempt :
           {"{{%}}", "{{ % }}", "{{#time}}{{%}}{{/time}}", "{{^link}}{{%}}{{/link}}"}) {
        const auto made = Template::parse(
            {channel,
             Locale::en,
             Purpose::reminder,
             {},
             put_in(attempt, name) + " {{organisation.message_name}} {{organisation.phone}}"});
        ASSERT_FALSE(made) << name;
        EXPECT_EQ(made.error().fields.front().rule, "data_class");
        EXPECT_EQ(made.error().fields.front().pointer, "/body");
        EXPECT_THAT(made.error().detail, testing::HasSubstr(std::string("{{") + name + "}}"));
      }
}

// A renderer as one would write it in an afternoon: every field is replaced by its value.
std::string naive_render(std::string text, const MessageFacts& facts) {
  const std::pair<std::string_view, std::string> values[] = {
      {"{{patient.name.given}}", facts.patient_given.reveal()},
      {"{{appointment.starts_at}}", local_text(*facts.starts_at, *facts.zone)},
      {"{{appointment.location}}", facts.location},
      {"{{appointment.reason}}", facts.reason.reveal()}};
  for (const auto& [name, value] : values)
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
      text.replace(at, name.size(), value);
  return text;
}

TEST(Leaks, the_judge_finds_what_a_naive_renderer_tells) {
  for (const auto* body : {"{{patient.name.given}}", "{{appointment.reason}}",
                           "{{appointment.starts_at}}", "{{appointment.location}}"})
    EXPECT_THAT(canaries::leaks(naive_render(body, canaries::facts()), Channel::email,
                                DetailLevel::neutral),
                Not(IsEmpty()))
        << body;
  const auto told = render(*find_shipped(Channel::email, Purpose::reminder, Locale::en),
                           canaries::facts(), DetailLevel::time);
  EXPECT_THAT(canaries::leaks(told->text.reveal(), Channel::email, DetailLevel::neutral),
              Not(IsEmpty()));
}

TEST(Leaks, a_shipped_text_message_fits_one_however_long_its_values_are) {
  MessageFacts longest = canaries::facts();
  longest.message_name = std::string(200, 'W');
  longest.phone = "+123456789012345";
  longest.link = SensitiveText("https://" + std::string(52, 'x'));
  longest.unsubscribe = longest.link;
  longest.location = std::string(200, 'W');
  longest.zone = *TimeZone::named("America/Mexico_City");
  for (int p = 0; p <= static_cast<int>(Purpose::reminder); ++p)
    for (const Locale locale : locales) {
      const auto message = render(*find_shipped(Channel::sms, static_cast<Purpose>(p), locale),
                                  longest, DetailLevel::time);
      ASSERT_TRUE(message) << p << " " << message.error().detail;
      std::string text = message->text.reveal();
      for (auto at = text.find("é"); at != std::string::npos; at = text.find("é"))
        text.replace(at, 2, "e");
      EXPECT_LE(text.size(), 160U) << text;  // a byte is a place now
      EXPECT_TRUE(std::ranges::all_of(text, [](char c) {
        return c == '\n' || (c >= ' ' && c <= '~');
      })) << text;
    }
}

}  // namespace
}  // namespace sealbook::messages
