#include "domain/messages/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/messages/plain_text.hpp"
#include "domain/messages/shipped.hpp"

namespace sealbook::messages {
namespace {

using testing::HasSubstr;
using testing::Not;

MessageFacts some_facts() {
  MessageFacts facts;
  facts.message_name = "Harbour";
  facts.phone = "+1 202-555-0100";
  facts.link = SensitiveText("https://book.example.test/l/abc_DEF-123");
  facts.code = SensitiveText("493817");
  facts.starts_at = Instant::parse("2026-11-24T20:05:00Z");
  facts.zone = *TimeZone::named("America/New_York");
  facts.location = "North site";
  return facts;
}

Template a_template(std::string body, Channel channel = Channel::email,
                    Locale locale = Locale::en) {
  auto made =
      Template::parse({channel,
                       locale,
                       Purpose::reminder,
                       {},
                       std::move(body) + "\n{{organisation.message_name}} {{organisation.phone}}"});
  EXPECT_TRUE(made) << (made ? "" : made.error().detail);
  return std::move(*made);
}

std::string text_of(const Template& made, const MessageFacts& facts = some_facts(),
                    DetailLevel level = DetailLevel::time) {
  const auto rendered = render(made, facts, level);
  return rendered ? rendered->text.reveal() : "refused: " + rendered.error().fields.front().pointer;
}

TEST(Render, day_and_time_are_of_the_visits_zone_which_is_named) {
  EXPECT_THAT(text_of(a_template("{{appointment.starts_at}}")),
              HasSubstr("Tuesday, November 24, 2026, 3:05 PM (New York time, UTC-5)\n"));
  EXPECT_THAT(text_of(a_template("{{appointment.starts_at}}", Channel::email, Locale::es)),
              HasSubstr("martes, 24 de noviembre de 2026, 15:05 (hora de Nueva York, UTC-5)\n"));
  EXPECT_THAT(text_of(a_template("{{appointment.starts_at}}", Channel::sms)),
              HasSubstr("Tue Nov 24, 3:05 PM (New York)\n"));
}

// FIELD 2, line 14: a time without its zone, or in another's.
TEST(Render, every_time_carries_its_zone_whatever_the_zone_is) {
  struct Case {
    const char* zone;
    const char* says;
  };
  for (const Case& c : {Case{"Asia/Kolkata", "1:35 AM (Kolkata time, UTC+5:30)"},
                        Case{"Etc/UTC", "8:05 PM (UTC)"}, Case{"Etc/GMT+5", "3:05 PM (UTC-5)"},
                        Case{"America/Phoenix", "1:05 PM (Phoenix time, UTC-7)"},
                        Case{"Europe/London", "8:05 PM (London time, UTC)"}}) {
    MessageFacts facts = some_facts();
    facts.zone = *TimeZone::named(c.zone);
    EXPECT_THAT(text_of(a_template("{{appointment.time}}"), facts), HasSubstr(c.says));
  }
}

TEST(Render, the_hour_that_a_clock_shows_twice_is_told_apart_by_its_offset) {
  MessageFacts facts = some_facts();
  facts.starts_at = Instant::parse("2026-11-01T05:30:00Z");
  EXPECT_THAT(text_of(a_template("{{appointment.time}}"), facts),
              HasSubstr("1:30 AM (New York time, UTC-4)"));
  facts.starts_at = Instant::parse("2026-11-01T06:30:00Z");
  EXPECT_THAT(text_of(a_template("{{appointment.time}}"), facts),
              HasSubstr("1:30 AM (New York time, UTC-5)"));
}

TEST(Render, midnight_and_noon_are_twelve) {
  MessageFacts facts = some_facts();
  facts.starts_at = Instant::parse("2026-11-24T05:00:00Z");
  EXPECT_THAT(text_of(a_template("{{appointment.time}}"), facts), HasSubstr("12:00 AM"));
  facts.starts_at = Instant::parse("2026-11-24T17:00:00Z");
  EXPECT_THAT(text_of(a_template("{{appointment.time}}"), facts), HasSubstr("12:00 PM"));
}

TEST(Render, at_the_neutral_level_a_time_or_place_is_a_neutral_phrase) {
  const auto made = a_template(
      "On {{appointment.starts_at}}, {{appointment.day}}, {{appointment.time}} at "
      "{{appointment.location}}.\n{{link}}");

  EXPECT_EQ(text_of(made, some_facts(), DetailLevel::neutral),
            "On (see your link), (see your link), (see your link) at (see your link).\n"
            "https://book.example.test/l/abc_DEF-123\nHarbour +1 202-555-0100");
  EXPECT_THAT(text_of(a_template("On {{appointment.day}}"), some_facts(), DetailLevel::neutral),
              HasSubstr("On (please call us)"));
}

TEST(Render, sections_follow_what_may_be_said) {
  const auto made = a_template(
      "{{#time}}\nWhen: {{appointment.day}}\n{{/time}}\n{{^time}}\nAsk us.\n{{/time}}\n"
      "{{#place}}\nWhere: {{appointment.location}}\n{{/place}}\nEnd");

  EXPECT_THAT(text_of(made),
              HasSubstr("When: Tuesday, November 24, 2026\nWhere: North site\nEnd\n"));
  EXPECT_THAT(text_of(made, some_facts(), DetailLevel::neutral),
              testing::StartsWith("Ask us.\nEnd\n"));
  MessageFacts nowhere = some_facts();
  nowhere.location.clear();
  EXPECT_THAT(text_of(made, nowhere), Not(HasSubstr("Where")));
}

TEST(Render, a_link_stands_on_a_line_of_its_own) {
  EXPECT_THAT(text_of(a_template("Choose here: {{link}}. Thanks")),
              HasSubstr("Choose here:\nhttps://book.example.test/l/abc_DEF-123\nThanks"));
}

TEST(Render, a_note_to_the_author_is_never_shown) {
  EXPECT_THAT(text_of(a_template("A{{! ask Ana }}B\n{{! alone }}\nC")),
              testing::StartsWith("AB\nC\n"));
}

TEST(Render, a_link_that_is_none_is_refused) {
  for (const auto* link :
       {"javascript:alert(1)", "https://a b", "http://evil.test/", "https://x\r\nBcc: y",
        "https://", "https://a/<script>", "//evil.test"}) {
    MessageFacts facts = some_facts();
    facts.link = SensitiveText(link);
    EXPECT_EQ(text_of(a_template("{{link}}"), facts), "refused: /facts/link");
  }
}

TEST(Render, what_a_template_names_has_to_be_known) {
  MessageFacts facts = some_facts();
  facts.phone.clear();
  EXPECT_EQ(text_of(a_template("Hi"), facts), "refused: /facts/phone");
  facts = some_facts();
  facts.link = SensitiveText();
  EXPECT_EQ(text_of(a_template("{{link}}"), facts), "refused: /facts/link");
}

TEST(Render, a_number_too_long_for_a_text_message_is_refused_not_cut) {
  MessageFacts facts = some_facts();
  facts.phone = "+1 (202) 555-01-00";
  EXPECT_THAT(text_of(a_template("Hi", Channel::sms), facts), HasSubstr("+12025550100"));
  facts.phone = "+1202555010012345678";
  EXPECT_EQ(text_of(a_template("Hi", Channel::sms), facts), "refused: /facts/phone");
}

TEST(Render, values_stay_one_line_and_become_no_link) {
  MessageFacts facts = some_facts();
  facts.message_name =
      "Eve\r\nBcc: a@b.test\xe2\x80\xae http://evil.test www.evil.test mailto:x tel:+1";
  const std::string text = text_of(a_template("x"), facts);

  EXPECT_EQ(std::ranges::count(text, '\n'), 1);
  EXPECT_THAT(
      text, HasSubstr("Eve Bcc: a@ b. test http: / /evil. test www. evil. test mailto: x tel: +1"));
  EXPECT_EQ(plain_value("St. Mary's 3.5 km, 10:30", 100), "St. Mary's 3.5 km, 10:30");
}

TEST(Render, braces_in_a_value_are_text) {
  MessageFacts facts = some_facts();
  facts.location = "{{code}} {{#time}}";
  EXPECT_THAT(text_of(a_template("{{appointment.location}}"), facts),
              HasSubstr("{{code}} {{#time}}"));
}

TEST(Render, a_text_message_is_spelled_in_its_alphabet) {
  MessageFacts facts = some_facts();
  facts.message_name =
      "Cl\xc3\xadnica \xe2\x80\x9c"
      "A\xe2\x80\x9d \xe4\xb8\xad~[";
  const std::string text = text_of(a_template("{{appointment.day}}", Channel::sms, Locale::es),
                                   facts, DetailLevel::neutral);

  EXPECT_THAT(text, HasSubstr("(llamenos)\nClinica \"A\" ?-("));
}

// The longest that the check assumes are the longest that there are.
TEST(Render, a_brief_day_and_time_never_outgrows_what_the_check_assumes) {
  const Template made[] = {a_template("[{{appointment.starts_at}}", Channel::sms, Locale::en),
                           a_template("[{{appointment.starts_at}}", Channel::sms, Locale::es)};
  MessageFacts facts = some_facts();
  for (const auto* id : {"America/New_York", "America/Argentina/ComodRivadavia",
                         "America/Mexico_City", "Asia/Kolkata", "Antarctica/DumontDUrville",
                         "Pacific/Chatham", "America/Los_Angeles", "Europe/Isle_of_Man"}) {
    const auto zone = TimeZone::named(id);
    if (!zone) continue;
    facts.zone = *zone;
    for (int day = 0; day < 366; day += 1)
      for (const Template& each : made) {
        facts.starts_at = *Instant::parse("2026-01-01T05:35:00Z") + std::chrono::hours(day * 25);
        EXPECT_LE(text_of(each, facts).find('\n') - 1, 39U);
      }
  }
}

TEST(Render, a_letter_may_name_the_person_and_an_email_template_cannot) {
  MessageFacts facts = some_facts();
  facts.patient_given = SensitiveText("Ana");
  EXPECT_THAT(text_of(a_template("Dear {{patient.name.given}},", Channel::letter), facts),
              HasSubstr("Dear Ana,"));
}

TEST(Render, a_shipped_reminder_reads_well) {
  const auto rendered = render(*find_shipped(Channel::email, Purpose::reminder, Locale::en),
                               some_facts(), DetailLevel::time);

  ASSERT_TRUE(rendered);
  EXPECT_EQ(rendered->subject.reveal(), "A reminder from Harbour");
  EXPECT_EQ(rendered->text.reveal(),
            "Hello,\n\n"
            "this is a reminder of your appointment. We look forward to seeing you.\n\n"
            "Day and time: Tuesday, November 24, 2026, 3:05 PM (New York time, UTC-5)\n"
            "Place: North site\n\n"
            "To tell us whether you are coming, or to choose another time:\n"
            "https://book.example.test/l/abc_DEF-123\n\n"
            "Would you rather talk to somebody? Call us: +1 202-555-0100\n\n"
            "Kind regards,\nHarbour");
}

}  // namespace
}  // namespace sealbook::messages
