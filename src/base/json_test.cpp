#include "base/json.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace sealbook {
namespace {

TEST(Json, a_duplicate_member_is_refused_with_its_pointer) {
  const auto result = parse_json(R"({"a":[{"b/c":1,"b/c":2}]})");

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::malformed_json);
  EXPECT_EQ(result.error().fields.at(0).pointer, "/a/0/b~1c");
  EXPECT_EQ(result.error().fields.at(0).rule, "duplicate");
}

TEST(Json, a_duplicate_beyond_the_eighth_member_is_refused) {
  std::string text = "{";
  for (int i = 0; i < 20; ++i) text += "\"k" + std::to_string(i) + "\":1,";
  text += "\"k15\":1}";
  EXPECT_FALSE(parse_json(text));
}

TEST(Json, depth_and_size_have_limits) {
  EXPECT_TRUE(parse_json(std::string(16, '[') + std::string(16, ']')));
  EXPECT_FALSE(parse_json(std::string(17, '[') + std::string(17, ']')));
  EXPECT_FALSE(parse_json('"' + std::string(256 * 1024, 'x') + '"'));
}

TEST(Json, what_is_written_reads_back) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("name", std::string_view("Zo\u00eb \"\\\n\x01")).key("list").begin_array().integer(1).number(2.5).end_array();
  json.key("none").null().member("yes", true).end_object();

  const auto value = parse_json(text);

  ASSERT_TRUE(value);
  EXPECT_EQ(*value->find("name")->as_string(), "Zo\u00eb \"\\\n\x01");
  EXPECT_EQ(*value->find("list")->as_array()->at(0).as_int(), 1);
  EXPECT_TRUE(value->find("none")->is_null());
}

// JSONTestSuite: what a strict parser must accept and refuse. A duplicate member is valid JSON to
// that suite and refused here on purpose (CONTRACT, status 400).
TEST(Json, agrees_with_the_public_test_suite) {
  const std::filesystem::path folder = "../shared/data/json";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not here";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename();
    if (!name.ends_with(".json")) continue;
    std::ifstream in(file.path(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    const bool accepted = parse_json(text.str()).has_value();
    if (name.starts_with("y_object_duplicated_key")) EXPECT_FALSE(accepted) << name;
    else if (name.starts_with("y_")) EXPECT_TRUE(accepted) << name;
    else if (name.starts_with("n_")) EXPECT_FALSE(accepted) << name;
  }
}

}  // namespace
}  // namespace sealbook
