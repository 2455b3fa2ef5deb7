#include "api/endpoint/endpoint.hpp"

#include <gtest/gtest.h>

#include "api/endpoint/etag.hpp"
#include "api/endpoint/problem.hpp"
#include "api/endpoint/testing/sample_rows.hpp"

namespace sealbook::api {
namespace {

using testing::sample_rows;

const Endpoint& create = sample_rows[0];
const Endpoint& get = sample_rows[1];
const Endpoint& change = sample_rows[2];
const Endpoint& tile = sample_rows[3];

// The sample handlers use neither, so plain memory stands in for them.
class Rows : public ::testing::Test {
 protected:
  Result<EncodedCall> prepare(const Endpoint& row, const DecodeInput& input) {
    return row.prepare(reinterpret_cast<app::CallContext&>(context_), input);
  }
  Result<EncodedAnswer> run(EncodedCall& call) {
    return std::get<EncodedWork>(call)(reinterpret_cast<storage::Transaction&>(transaction_));
  }
  // The error of a row that is refused.
  Error refusal(const Endpoint& row, const DecodeInput& input) {
    auto call = prepare(row, input);
    EXPECT_FALSE(call);
    return call ? Error{} : call.error();
  }

 private:
  alignas(std::max_align_t) std::byte context_[4096]{};
  alignas(std::max_align_t) std::byte transaction_[4096]{};
};

const std::string id = testing::sample_id().text();
const std::string good_body =
    R"({"name":{"given":["Ada"],"family":"Moss"},"birth_date":"1990-02-28","contacts":[]})";

TEST_F(Rows, a_read_answers_at_once) {
  const PathParameter path[] = {{"id", id}};
  auto call = prepare(get, {.path = path, .query = "limit=5&active=true&text=a+b%20c"});
  ASSERT_TRUE(call);
  const auto& answer = std::get<EncodedAnswer>(*call);
  EXPECT_EQ(answer.body, R"({"id":")" + id + R"(","version":5})");
  EXPECT_EQ(answer.etag, "\"v5\"");
  EXPECT_EQ(answer.location, "");
}

TEST_F(Rows, a_write_leaves_work_that_can_run_again) {
  const JsonValue body = parse_json(good_body).value();
  auto call = prepare(create, {.body = &body});
  ASSERT_TRUE(call);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto answer = run(*call);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, R"({"id":")" + id + R"(","version":7,"family":"Moss"})");
    EXPECT_EQ(answer->location, "/v1/persons/" + id);
    EXPECT_EQ(answer->etag, etag_of(7));
  }
}

TEST_F(Rows, a_row_without_content_answers_with_nothing) {
  const PathParameter path[] = {{"id", id}};
  const JsonValue body = parse_json(R"({"reason":"moved-house"})").value();
  auto call = prepare(change, {.path = path, .body = &body});
  ASSERT_TRUE(call);
  EXPECT_EQ(run(*call)->body, "");
}

TEST_F(Rows, a_raw_body_goes_out_as_it_is) {
  const PathParameter path[] = {{"tile", "8/0/x001/067"}};
  auto call = prepare(tile, {.path = path});
  ASSERT_TRUE(call);
  EXPECT_EQ(std::get<EncodedAnswer>(*call).body, "tile 8/0/x001/067");
}

TEST_F(Rows, the_handlers_own_error_passes) {
  const JsonValue body =
      parse_json(good_body.substr(0, good_body.size() - 1) + ",\"visits\":13}").value();
  EXPECT_EQ(refusal(create, {.body = &body}).code, ErrorCode::state_conflict);
}

TEST_F(Rows, a_path_that_cannot_name_anything_is_not_found) {
  for (const std::string& wrong :
       {std::string("pat_short"), "apt_" + id.substr(4), id + "0", std::string("x")}) {
    const PathParameter path[] = {{"id", wrong}};
    EXPECT_EQ(refusal(get, {.path = path, .query = "limit=oops"}).code, ErrorCode::not_found)
        << wrong;
  }
}

TEST_F(Rows, a_query_is_judged_like_a_body) {
  const PathParameter path[] = {{"id", id}};
  for (const auto& [query, pointer, rule] : {std::tuple{"limit=0", "/limit", "range"},
                                             {"limit=five", "/limit", "type"},
                                             {"limit=+5", "/limit", "type"},
                                             {"limit=", "/limit", "type"},
                                             {"limit=99999999999999999999", "/limit", "type"},
                                             {"active=yes", "/active", "type"},
                                             {"nope=1", "/nope", "unknown"},
                                             {"limit=1&limit=2", "/limit", "duplicate"},
                                             {"text=%e2%80%ae", "/text", "characters"},
                                             {"text=%zz", "", "format"},
                                             {"text=%ff", "", "format"},
                                             {"id=x", "/id", "unknown"}}) {
    const Error error = refusal(get, {.path = path, .query = query});
    EXPECT_EQ(error.code, ErrorCode::invalid);
    ASSERT_EQ(error.fields.size(), 1U) << query;
    EXPECT_EQ(error.fields[0].pointer, pointer) << query;
    EXPECT_EQ(error.fields[0].rule, rule) << query;
  }
}

TEST_F(Rows, a_missing_body_is_a_body_without_members) {
  const Error error = refusal(create, {});
  EXPECT_EQ(error.fields.size(), 3U);
  EXPECT_EQ(error.fields[0].pointer, "/name");
  EXPECT_EQ(error.fields[0].rule, "required");
}

TEST_F(Rows, a_body_where_none_belongs_is_refused) {
  const PathParameter path[] = {{"id", id}};
  const JsonValue body = parse_json("{\"x\":1}").value();
  EXPECT_EQ(refusal(get, {.path = path, .body = &body}).code, ErrorCode::invalid);
}

TEST(Problem, names_type_title_status_instance_and_errors) {
  Error error = invalid_field("/a~1b", "range", "Too \"large\".");
  error.cause = "never shown";
  error.members.emplace_back("alternatives", "[1]");
  const net::HttpResponse response = problem_response(error, "req_1");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/problem+json");
  const JsonValue body = parse_json(response.body).value();
  EXPECT_EQ(*body.find("type")->as_string(), "/problems/invalid");
  EXPECT_EQ(*body.find("status")->as_int(), 422);
  EXPECT_EQ(*body.find("instance")->as_string(), "req_1");
  const JsonValue& first = body.find("errors")->as_array()->at(0);
  EXPECT_EQ(*first.find("pointer")->as_string(), "/a~1b");
  EXPECT_EQ(*first.find("rule")->as_string(), "range");
  EXPECT_EQ(*first.find("detail")->as_string(), "Too \"large\".");
  EXPECT_EQ(body.find("alternatives")->as_array()->size(), 1U);
  EXPECT_EQ(response.body.find("never shown"), std::string::npos);
}

TEST(Problem, brings_the_header_that_its_status_calls_for) {
  const auto header = [](const net::HttpResponse& response) {
    return response.headers.empty() ? ""
                                    : response.headers[0].first + "=" + response.headers[0].second;
  };
  EXPECT_EQ(header(problem_response(make_error(ErrorCode::rate_limited), "r", 7)), "Retry-After=7");
  EXPECT_EQ(header(problem_response(make_error(ErrorCode::unavailable), "r")), "Retry-After=1");
  EXPECT_EQ(header(problem_response(make_error(ErrorCode::unauthenticated), "r")),
            "WWW-Authenticate=Bearer");
  EXPECT_EQ(header(method_not_allowed_response("GET, HEAD", "r")), "Allow=GET, HEAD");
  EXPECT_EQ(header(problem_response(make_error(ErrorCode::not_found), "r")), "");
}

TEST(Etag, if_match_is_read_strictly) {
  EXPECT_FALSE(parse_if_match(std::nullopt)->has_value());
  EXPECT_TRUE((*parse_if_match("*"))->any);
  EXPECT_TRUE((*parse_if_match("\"v12\""))->holds_for(12));
  EXPECT_FALSE((*parse_if_match("\"v12\""))->holds_for(1));
  EXPECT_TRUE((*parse_if_match(" \"v1\" , \"v2\""))->holds_for(2));
  for (const char* stranger :
       {"W/\"v12\"", "\"12\"", "\"v012\"", "\"v-12\"", "\"v+12\"", "\"V12\"", "\"v12 \"", "\"\""}) {
    const auto condition = parse_if_match(stranger);
    if (condition) EXPECT_FALSE((*condition)->holds_for(12)) << stranger;
  }
  for (const char* bad :
       {"", "v12", "12", "\"v12", "\"v12\",", "\"v12\" \"v13\"", "*,\"v1\"", "\"a\"b\""})
    EXPECT_EQ(parse_if_match(bad).error().code, ErrorCode::invalid) << bad;
}

TEST(Etag, a_condition_that_does_not_hold_is_412) {
  EXPECT_TRUE(ensure_matches(std::nullopt, 3));
  EXPECT_TRUE(ensure_matches(*parse_if_match(etag_of(3)), 3));
  EXPECT_EQ(ensure_matches(*parse_if_match(etag_of(2)), 3).error().code,
            ErrorCode::precondition_failed);
}

}  // namespace
}  // namespace sealbook::api
