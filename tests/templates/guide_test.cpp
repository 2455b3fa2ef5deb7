// docs/guides/messages.md tells authors what the program does.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "domain/messages/template.hpp"

namespace sealbook::messages {
namespace {

std::string guide() {
  std::ifstream file("docs/guides/messages.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string row_in_guide(const FieldRow& field) {
  return "| `" + std::string(field.name) + "` | " + std::string(to_text(field.data_class)) + " | " +
         (field.level == DetailLevel::time ? "time" : "neutral") + " | " +
         (field.placement == Placement::anywhere ? "yes" : "no") + " | ";
}

TEST(MessagesGuide, lists_every_field_as_the_program_has_it) {
  const std::string text = guide();
  ASSERT_FALSE(text.empty());
  for (const FieldRow& field : field_rows) EXPECT_TRUE(text.contains(row_in_guide(field))) << row_in_guide(field);
}

TEST(MessagesGuide, its_example_can_be_saved) {
  const std::string text = guide();
  const std::string opening = "    Hello,\n";
  const auto begin = text.find(opening);
  ASSERT_NE(begin, std::string::npos);
  std::string body;
  std::istringstream lines(text.substr(begin));
  for (std::string line; std::getline(lines, line) && (line.empty() || line.starts_with("    "));)
    body += (line.empty() ? line : line.substr(4)) + "\n";
  const auto made = Template::parse({Channel::email, Locale::en, Purpose::reminder, {}, body});
  EXPECT_TRUE(made) << made.error().detail << "\n" << body;
}

TEST(MessagesGuide, names_every_rule_of_the_check) {
  const std::string text = guide();
  for (const auto* rule : {"data_class", "required", "placement", "unknown_field", "unknown_section", "syntax", "link",
                           "plain_text", "sensitive_word", "characters", "length", "purpose", "not_allowed"})
    EXPECT_TRUE(text.contains("`" + std::string(rule) + "`")) << rule;
}

}  // namespace
}  // namespace sealbook::messages
