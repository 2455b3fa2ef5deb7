#include "api/endpoint/etag.hpp"

#include <gtest/gtest.h>

namespace sealbook::api {
namespace {

TEST(NamesEtag, compares_weakly_and_takes_lists) {
  EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("W/\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("\"b\" , W/\"a\",\"c\"", "\"a\""));
  EXPECT_TRUE(names_etag(" * ", "\"a\""));
  EXPECT_FALSE(names_etag("\"b\"", "\"a\""));
  EXPECT_FALSE(names_etag("a", "\"a\""));
  EXPECT_FALSE(names_etag("", "\"a\""));
  EXPECT_FALSE(names_etag(",,", "\"a\""));
}

TEST(NamesEtag, names_nothing_where_an_answer_has_no_tag) {
  EXPECT_FALSE(names_etag("*", ""));
  EXPECT_FALSE(names_etag("", ""));
}

}  // namespace
}  // namespace sealbook::api
