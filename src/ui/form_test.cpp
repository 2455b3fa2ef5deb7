#include "ui/form.hpp"

#include <gtest/gtest.h>

namespace sealbook::ui {
namespace {

TEST(Form, names_and_values_are_decoded) {
  const auto fields = parse_fields("name=Mar%C3%ADa+Example&note=a%0D%0Ab%26c&empty=");

  ASSERT_TRUE(fields);
  EXPECT_EQ(fields->get("name"), "María Example");
  EXPECT_EQ(fields->get("note"), "a\r\nb&c");
  EXPECT_EQ(fields->find("empty"), "");
  EXPECT_FALSE(fields->find("absent"));
  EXPECT_EQ(fields->get("absent"), "");
}

TEST(Form, what_two_readers_could_understand_differently_is_refused) {
  for (const char* text : {"a=1&a=2", "a=%4", "a=%zz", "a=%", "a=1&&b=2", "a", "=1", "a=%C3",
                           "a=%ED%A0%80", "a=%00", "a=%1B", "a%00=1", "a=%7F"})
    EXPECT_FALSE(parse_fields(text)) << text;
}

TEST(Form, sizes_and_counts_are_bounded) {
  std::string many;
  for (std::size_t i = 0; i < most_fields; ++i) many += (i ? "&f" : "f") + std::to_string(i) + "=1";
  EXPECT_TRUE(parse_fields(many));
  EXPECT_FALSE(parse_fields(many + "&more=1"));
  EXPECT_TRUE(parse_fields("a=" + std::string(longest_value, 'x')));
  EXPECT_FALSE(parse_fields("a=" + std::string(longest_value + 1, 'x')));
  EXPECT_FALSE(parse_fields(std::string(longest_form + 1, 'x')));
}

TEST(Form, an_error_repeats_nothing_of_what_was_sent) {
  const auto fields = parse_fields("canary=%zz");
  ASSERT_FALSE(fields);
  EXPECT_EQ(fields.error().fields.at(0).detail.find("canary"), std::string::npos);
}

TEST(Form, percent_encoding_comes_back_as_it_was) {
  const std::string text = "a b&c=d%e?ü/2026-11-24T10:00:00Z";
  const auto fields = parse_fields("x=" + percent_encoded(text));
  ASSERT_TRUE(fields);
  EXPECT_EQ(fields->get("x"), text);
}

TEST(Cookies, the_named_one_is_found_among_others) {
  EXPECT_EQ(find_cookie("a=1; __Host-visitor=abc-_9; b=2", "__Host-visitor"), "abc-_9");
  EXPECT_FALSE(find_cookie("a=1; x__Host-visitor=abc", "__Host-visitor"));
  EXPECT_FALSE(find_cookie("", "a"));
}

TEST(Cookies, one_that_stands_twice_or_holds_other_letters_counts_as_none) {
  EXPECT_FALSE(find_cookie("a=1; a=2", "a"));
  EXPECT_FALSE(find_cookie("a=<b>", "a"));
  EXPECT_FALSE(find_cookie("a=", "a"));
  EXPECT_FALSE(find_cookie("a=" + std::string(1025, 'x'), "a"));
}

}  // namespace
}  // namespace sealbook::ui
