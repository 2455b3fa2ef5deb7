#include "ui/html.hpp"

#include <gtest/gtest.h>

namespace sealbook::ui {
namespace {

TEST(Html, text_is_escaped_wherever_it_stands) {
  const std::string hostile = "<script>alert('1')</script>&\"";
  const std::string safe = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;";

  EXPECT_EQ(el("p", hostile).text(), "<p>" + safe + "</p>");
  EXPECT_EQ(el("p", SensitiveText(hostile)).text(), "<p>" + safe + "</p>");
  EXPECT_EQ(el("p", attr("title", hostile), "x").text(), "<p title=\"" + safe + "\">x</p>");
  EXPECT_EQ(Html().add(hostile).text(), safe);
}

TEST(Html, controls_that_html_forbids_become_a_replacement) {
  EXPECT_EQ(Html().add(std::string_view("a\0b\x1b\x7f", 5)).text(),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(Html().add("a\nb\tc").text(), "a\nb\tc");
}

TEST(Html, pieces_join_as_they_are_and_attributes_come_first) {
  EXPECT_EQ(el("p", "a ", el("b", "<"), attr("class", "x")).text(),
            "<p class=\"x\">a <b>&lt;</b></p>");
}

TEST(Html, elements_without_an_end_get_no_end_tag) {
  EXPECT_EQ(el("input", attr("name", "a"), flag("required")).text(), "<input name=\"a\" required>");
  EXPECT_EQ(el("p", "a", el("br"), "b").text(), "<p>a<br>b</p>");
}

TEST(Html, a_telephone_link_keeps_digits_and_plus_only) {
  EXPECT_EQ(el("a", tel("+1 (202) 555-0100\"><b>"), "call").text(),
            "<a href=\"tel:+12025550100\">call</a>");
}

TEST(Html, what_is_not_wanted_leaves_nothing) {
  EXPECT_EQ(el("p", when(false, attr("class", "x")), when(false, el("b", "y"))).text(), "<p></p>");
  EXPECT_EQ(el("p", when(true, attr("class", "x")), when(true, el("b", "y"))).text(),
            "<p class=\"x\"><b>y</b></p>");
}

TEST(HtmlDeathTest, an_address_of_another_place_ends_the_program) {
  for (const char* foreign : {"https://example.test/", "//example.test/", "javascript:alert(1)",
                              "/a\\b", "/a b", "", "x"})
    EXPECT_DEATH(href(foreign), "") << foreign;
  EXPECT_EQ(el("a", href("/l/x?a=1&b=2#c"), "x").text(), "<a href=\"/l/x?a=1&amp;b=2#c\">x</a>");
}

}  // namespace
}  // namespace sealbook::ui
