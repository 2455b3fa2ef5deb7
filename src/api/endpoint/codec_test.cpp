#include "api/endpoint/codec.hpp"

#include <gtest/gtest.h>

#include "api/endpoint/testing/sample_rows.hpp"

namespace sealbook::api {
namespace {

using testing::Contact;
using testing::ContactKind;
using testing::PersonRequest;
using testing::PersonView;

std::vector<FieldError> errors_in(std::string_view json, PersonRequest& request) {
  DecodeContext context;
  decode_object(context, schema_of<PersonRequest>(), parse_json(json).value(), &request);
  return context.take();
}
std::vector<FieldError> errors_in(std::string_view json) {
  PersonRequest request;
  return errors_in(json, request);
}

// A correct body with one member replaced or added.
std::string body_with(std::string_view name, std::string_view value) {
  std::vector<std::pair<std::string, std::string>> members{
      {"name", R"({"given":["Ada"],"family":"Moss"})"},
      {"birth_date", "\"1990-02-28\""},
      {"contacts", "[]"}};
  bool found = false;
  for (auto& member : members)
    if (member.first == name) {
      member.second = value;
      found = true;
    }
  if (!found) members.emplace_back(name, value);
  std::string body = "{";
  for (const auto& [key, text] : members)
    body += (body.size() > 1 ? ",\"" : "\"") + key + "\":" + text;
  return body + "}";
}

struct Case {
  std::string member, value, pointer, rule;
};

TEST(Codec, a_complete_body_becomes_typed_members) {
  PersonRequest request;
  const auto errors = errors_in(
      R"({"name":{"given":["Ada","Bea"],"family":"Moss","preferred":"Addy"},"birth_date":"1990-02-28",
          "contacts":[{"kind":"phone","value":"555-0100","safe":true}],"language":"pt-BR","note":"a\nb",
          "seen_at":"2026-11-22T10:00:00+01:00","weight":61.5,"visits":9})",
      request);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(request.name.given.at(1).reveal(), "Bea");
  EXPECT_EQ(request.name.preferred->reveal(), "Addy");
  EXPECT_EQ(date_text(request.birth_date.reveal()), "1990-02-28");
  EXPECT_EQ(request.contacts.at(0).kind, ContactKind::phone);
  EXPECT_TRUE(request.contacts.at(0).safe);
  EXPECT_EQ(request.seen_at->text(), "2026-11-22T09:00:00Z");
  EXPECT_EQ(request.weight, 61.5);
  EXPECT_EQ(request.visits, 9);
}

TEST(Codec, absent_optionals_keep_their_defaults) {
  PersonRequest request;
  EXPECT_TRUE(errors_in(body_with("note", "\"\""), request).empty());
  EXPECT_EQ(request.visits, 3);
  EXPECT_FALSE(request.language);
  EXPECT_EQ(request.note->reveal(), "");
}

TEST(Codec, each_broken_rule_is_named_with_its_place) {
  const Case cases[] = {
      {"birth_date", "\"1990-02-30\"", "/birth_date", "format"},
      {"birth_date", "19900228", "/birth_date", "type"},
      {"birth_date", "null", "/birth_date", "type"},
      {"language", "null", "/language", "type"},
      {"language", "\"\"", "/language", "length"},
      {"language", "\"pt_BR\"", "/language", "format"},
      {"name", "[]", "/name", "type"},
      {"name", R"({"given":[],"family":"Moss"})", "/name/given", "length"},
      {"name", R"({"given":["Ada",7],"family":"Moss"})", "/name/given/1", "type"},
      {"name", R"({"given":["Ada"],"family":""})", "/name/family", "length"},
      {"name", R"({"given":["Ada"]})", "/name/family", "required"},
      {"name", R"({"given":["Ada"],"family":"Moss","title/x":"Dr"})", "/name/title~1x", "unknown"},
      {"contacts", R"([{"kind":"fax","value":"x"}])", "/contacts/0/kind", "format"},
      {"contacts", R"([{"kind":"email","value":"x","safe":1}])", "/contacts/0/safe", "type"},
      {"seen_at", "\"yesterday\"", "/seen_at", "format"},
      {"weight", "501", "/weight", "range"},
      {"weight", "\"7\"", "/weight", "type"},
      {"visits", "0", "/visits", "range"},
      {"visits", "32768", "/visits", "range"},
      {"visits", "1.5", "/visits", "type"},
      {"visits", "1e3", "/visits", "type"},
      {"visits", "18446744073709551615", "/visits", "type"},
      {"extra", "1", "/extra", "unknown"},
      {"", "1", "/", "unknown"},
  };
  for (const Case& line : cases) {
    const auto errors = errors_in(body_with(line.member, line.value));
    ASSERT_EQ(errors.size(), 1U) << line.member << line.value;
    EXPECT_EQ(errors[0].pointer, line.pointer);
    EXPECT_EQ(errors[0].rule, line.rule) << line.member << line.value;
    EXPECT_FALSE(errors[0].detail.empty());
  }
}

TEST(Codec, all_errors_are_told_at_once_up_to_a_limit) {
  EXPECT_EQ(errors_in("{}").size(), 3U);
  EXPECT_EQ(errors_in(R"({"name":1,"birth_date":2,"contacts":3,"x":4})").size(), 4U);
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += (i > 0 ? ",\"x" : "\"x") + std::to_string(i) + "\":1";
  EXPECT_EQ(errors_in(many + "}").size(), max_field_errors);
  EXPECT_EQ(errors_in("[]").at(0).pointer, "");
}

TEST(Codec, an_unknown_name_is_told_back_shortened) {
  std::string name(99, 'x');
  name += "éé";
  const auto errors = errors_in(body_with(name, "1"));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].pointer, "/" + std::string(99, 'x'));
}

TEST(Codec, length_counts_characters_not_bytes) {
  std::string family;
  for (int i = 0; i < 80; ++i) family += "é";
  EXPECT_TRUE(
      errors_in(body_with("name", R"({"given":["Ada"],"family":")" + family + "\"}")).empty());
  EXPECT_EQ(
      errors_in(body_with("name", R"({"given":["Ada"],"family":")" + family + "e\"}")).at(0).rule,
      "length");
}

TEST(Codec, texts_refuse_controls_overrides_and_noncharacters) {
  for (const char* bad :
       {"a\\u0000b", "a\\nb", "a\\tb", "a\\u007fb", "a\\u0085b", "a\\u202eb", "a\\u2066b",
        "a\\u2028b", "a\\ufeffb", "a\\ufffeb", "a\\ud83f\\udfffb", "a\\ufdd0b"}) {
    const auto errors =
        errors_in(body_with("name", R"({"given":["Ada"],"family":")" + std::string(bad) + "\"}"));
    ASSERT_EQ(errors.size(), 1U) << bad;
    EXPECT_EQ(errors[0].rule, "characters") << bad;
  }
  for (const char* good :
       {"O'Brien-Ngũgĩ", "李", "محمد", "Zoë \\ud83d\\ude00", "a\\u200fb", "a\\u200db"})
    EXPECT_TRUE(
        errors_in(body_with("name", R"({"given":["Ada"],"family":")" + std::string(good) + "\"}"))
            .empty())
        << good;
  EXPECT_TRUE(errors_in(body_with("note", "\"a\\n\\tb\"")).empty());
  EXPECT_EQ(errors_in(body_with("note", "\"a\\rb\"")).at(0).rule, "characters");
}

struct RuleCase {
  TextRule rule;
  std::vector<std::string> good, bad;
};

TEST(Codec, text_rules_know_their_forms) {
  const RuleCase cases[] = {
      {TextRule::token, {"abc_-~!"}, {"a b", "é"}},
      {TextRule::slug, {"harbour-clinic", "a1"}, {"-a", "a-", "A", "a_b"}},
      {TextRule::email,
       {"ada.moss+x@example.test", "a@b.example.test"},
       {"@example.test", "a@", "a@b", "a..b@example.test", ".a@example.test", "a@-b.test",
        "a b@example.test", "a@b@.test"}},
      {TextRule::phone,
       {"555-0100", "+1 (202) 555-0100", "020.555.0100"},
       {"55", "call me", "5+5501000", "+1234567890123456"}},
      {TextRule::language, {"en", "pt-BR", "zh-Hant-TW"}, {"e", "pt_BR", "-en"}},
      {TextRule::time_zone,
       {"Europe/Berlin", "UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires"},
       {"/etc/passwd", "a//b", "../x", "a/"}},
      {TextRule::time_of_day,
       {"00:00", "09:30", "23:59", "24:00"},
       {"24:01", "9:30", "09:60", "09-30", "29:00", "ab:cd"}},
  };
  for (const RuleCase& line : cases) {
    for (const auto& text : line.good)
      EXPECT_EQ(broken_text_rule(line.rule, text), std::nullopt) << text;
    for (const auto& text : line.bad)
      EXPECT_EQ(broken_text_rule(line.rule, text), "format") << text;
  }
}

TEST(Codec, an_answer_leaves_out_what_is_empty) {
  PersonView view{.id = testing::sample_id(), .version = 3, .family = std::nullopt};
  EXPECT_EQ(to_json(view), R"({"id":")" + view.id.text() + R"(","version":3})");
  view.family = Sensitive<std::string>("Mo\"ss");
  EXPECT_EQ(to_json(view), R"({"id":")" + view.id.text() + R"(","version":3,"family":"Mo\"ss"})");
}

TEST(Codec, what_is_encoded_decodes_to_the_same) {
  const std::string body =
      R"({"name":{"given":["Ada","Bea"],"family":"Moss"},"birth_date":"1990-02-28",)"
      R"("contacts":[{"kind":"phone","value":"555-0100","safe":true}],"seen_at":"2026-11-22T10:00:00Z","weight":61.5,"visits":9})";
  PersonRequest request;
  ASSERT_TRUE(errors_in(body, request).empty());
  EXPECT_EQ(to_json(request), body);
}

TEST(Codec, types_bear_their_own_name) {
  EXPECT_EQ(schema_of<PersonRequest>().name, "PersonRequest");
  EXPECT_EQ(schema_of<Contact>().name, "Contact");
}

}  // namespace
}  // namespace sealbook::api
