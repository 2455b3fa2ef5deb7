#include "api/endpoint/router.hpp"

#include <gtest/gtest.h>

#include "api/endpoint/testing/sample_rows.hpp"

namespace sealbook::api {
namespace {

Endpoint row(std::string_view id, Method method, std::string_view path) {
  return {
      {.id = id, .method = method, .path = path, .summary = "s", .access = open_to_public("test")},
      {},
      {},
      nullptr};
}

std::string_view found_id(const Router& router, std::string_view method, std::string_view path) {
  const auto found = router.find(method, path);
  const auto* match = std::get_if<Router::Match>(&found);
  return match != nullptr ? match->endpoint->spec.id : "";
}

class Routes : public ::testing::Test {
 protected:
  std::vector<Endpoint> rows{
      row("list", Method::get, "/v1/things"),
      row("make", Method::post, "/v1/things"),
      row("show", Method::get, "/v1/things/{id}"),
      row("search", Method::post, "/v1/things/search"),
      row("cancel", Method::post, "/v1/things/{id}/cancel"),
      row("part", Method::get, "/v1/things/{id}/parts/{part}"),
      row("special", Method::get, "/v1/things/all/parts/first"),
      row("tile", Method::get, "/v1/tile/{tile...}"),
  };
  Router router = Router::build(rows).value();
};

TEST_F(Routes, requests_find_their_row) {
  EXPECT_EQ(found_id(router, "GET", "/v1/things"), "list");
  EXPECT_EQ(found_id(router, "POST", "/v1/things"), "make");
  EXPECT_EQ(found_id(router, "GET", "/v1/things/7"), "show");
  EXPECT_EQ(found_id(router, "HEAD", "/v1/things/7"), "show");
  EXPECT_EQ(found_id(router, "POST", "/v1/things/7/cancel"), "cancel");
}

TEST_F(Routes, static_segments_win_and_dead_ends_are_left_again) {
  EXPECT_EQ(found_id(router, "POST", "/v1/things/search"), "search");
  EXPECT_EQ(found_id(router, "GET", "/v1/things/all/parts/first"), "special");
  EXPECT_EQ(found_id(router, "GET", "/v1/things/all/parts/second"), "part");
  EXPECT_EQ(found_id(router, "POST", "/v1/things/search/cancel"), "cancel");
}

TEST_F(Routes, parameters_arrive_decoded_and_in_order) {
  const auto found = router.find("GET", "/v1/things/a%2Fb%20c/parts/%C3%A9");
  const auto& parameters = std::get<Router::Match>(found).parameters;
  ASSERT_EQ(parameters.size(), 2U);
  EXPECT_EQ(parameters[0].name, "id");
  EXPECT_EQ(parameters[0].value, "a/b c");
  EXPECT_EQ(parameters[1].value, "é");
  const auto all = router.find("GET", "/v1/things/all/parts/second");
  EXPECT_EQ(std::get<Router::Match>(all).parameters.size(), 2U);  // none is left of the dead end
}

TEST_F(Routes, a_last_parameter_may_take_the_rest) {
  const auto found = router.find("GET", "/v1/tile/8/0/x001/067");
  EXPECT_EQ(std::get<Router::Match>(found).parameters.at(0).value, "8/0/x001/067");
  EXPECT_EQ(found_id(router, "GET", "/v1/tile"), "");
}

TEST_F(Routes, what_is_not_there_is_not_found) {
  for (const char* path : {"/",
                           "",
                           "/v1",
                           "/v1/",
                           "/v1/things/",
                           "/v1//things",
                           "/v1/things/7/other",
                           "/v2/things",
                           "/v1/Things",
                           "/v1/things/%",
                           "/v1/things/%4",
                           "/v1/things/%zz",
                           "/v1/things/%00",
                           "/v1/things/%0a",
                           "/v1/things/%ff",
                           "/v1/things/%c0%af",
                           "/v1/things/%ed%a0%80",
                           "/v1/things/..",
                           "/v1/things/%2e%2e",
                           "/v1/things/./7",
                           "/v1/tile/a//b",
                           "/v1/tile/a/../b",
                           "things"})
    EXPECT_TRUE(std::holds_alternative<Router::NotFound>(router.find("GET", path))) << path;
}

TEST_F(Routes, another_method_is_told_what_is_allowed) {
  const auto found = router.find("DELETE", "/v1/things");
  EXPECT_EQ(std::get<Router::MethodNotAllowed>(found).allow, "GET, HEAD, POST");
  EXPECT_EQ(std::get<Router::MethodNotAllowed>(router.find("get", "/v1/things")).allow,
            "GET, HEAD, POST");
  EXPECT_EQ(std::get<Router::MethodNotAllowed>(router.find("HEAD", "/v1/things/search")).allow,
            "POST");
}

TEST(Router, a_bad_table_is_refused_with_both_names) {
  const auto cause = [](std::vector<Endpoint> rows) {
    const auto router = Router::build(rows);
    return router ? "" : router.error().cause;
  };
  EXPECT_EQ(cause({row("a", Method::get, "/v1/x"), row("b", Method::get, "/v1/x")}),
            "two endpoints of one method and path: a and b");
  EXPECT_EQ(cause({row("a", Method::get, "/v1/{x}"), row("b", Method::get, "/v1/{y}")}),
            "one place of a path has two parameter names: a and b");
  EXPECT_EQ(cause({row("a", Method::get, "/v1/{x}"), row("b", Method::get, "/v1/{x}")}),
            "two endpoints of one method and path: a and b");
  EXPECT_EQ(cause({row("a", Method::get, "/v1/{x...}"), row("b", Method::post, "/v1/{y...}")}),
            "one place of a path has two parameter names: a and b");
  EXPECT_EQ(cause({row("a", Method::get, "/v1/x"), row("a", Method::get, "/v1/y")}),
            "two endpoints of one id: a and a");
  EXPECT_EQ(cause({row("a", Method::get, "/v1//x")}), "an empty segment in a path: a and a");
  EXPECT_EQ(cause({row("a", Method::get, "/v1/{x")}), "a broken parameter in a path: a and a");
  EXPECT_EQ(cause({row("a", Method::get, "/v1/{x...}/y")}),
            "a parameter that takes the rest is the last: a and a");
}

TEST(Router, the_sample_table_is_sound) { EXPECT_TRUE(Router::build(testing::sample_rows)); }

TEST(Query, is_split_and_decoded_strictly) {
  const auto parameters = parse_query("a=1&b=x%26y+z&&c&=d");
  ASSERT_TRUE(parameters);
  ASSERT_EQ(parameters->size(), 4U);
  EXPECT_EQ((*parameters)[1].value, "x&y z");
  EXPECT_EQ((*parameters)[2].name, "c");
  EXPECT_EQ((*parameters)[3].name, "");
  EXPECT_FALSE(parse_query("a=%"));
  EXPECT_FALSE(parse_query("%f0%28%8c%28=1"));
  std::string many;
  for (int i = 0; i < 65; ++i) many += "a&";
  EXPECT_FALSE(parse_query(many));
}

}  // namespace
}  // namespace sealbook::api
