#include "net/head_parser.hpp"

#include <gtest/gtest.h>

namespace sealbook::net {
namespace {

using namespace std::string_literals;

// Feeds the header one byte at a time and says how it ended.
HeadScanner::State scan_slowly(std::string_view head) {
  HeadScanner scanner;
  auto state = HeadScanner::State::more;
  for (std::size_t size = 1; size <= head.size() && state == HeadScanner::State::more; ++size)
    state = scanner.scan(head.substr(0, size));
  return state;
}

TEST(HeadScanner, finds_the_blank_line_in_any_pieces) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(scan_slowly(head), HeadScanner::State::found);
  HeadScanner scanner;
  EXPECT_EQ(scanner.scan(head + "rest"), HeadScanner::State::found);
  EXPECT_EQ(scanner.end(), head.size());
}

TEST(HeadScanner, refuses_what_two_readers_could_split_differently) {
  for (const std::string& head :
       {"GET / HTTP/1.1\nHost: a\r\n\r\n"s, "GET / HTTP/1.1\r\nHost: a\n\r\n"s,
        "GET / HTTP/1.1\r\nHost: a\r\n\n"s, "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"s,
        "GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n"s, "GET / HTTP/1.1\r\nX: a\r\n\tb\r\n\r\n"s,
        "GET / HTTP/1.1\r\n Host: a\r\n\r\n"s, "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"s,
        "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"s}) {
    EXPECT_EQ(scan_slowly(head), HeadScanner::State::bad) << head;
    HeadScanner at_once;
    EXPECT_EQ(at_once.scan(head), HeadScanner::State::bad) << head;
  }
}

class Head : public testing::Test {
 protected:
  const Refusal* parse(std::string_view head) { return parser.parse_head(head, request); }
  HttpServerConfig config;
  RequestParser parser{config};
  HttpRequest request;
};

TEST_F(Head, a_plain_request_is_taken_apart) {
  ASSERT_EQ(parse("POST /v1/a%20b?x=1&y HTTP/1.1\r\nHost: localhost:8443\r\nContent-Length: "
                  "3\r\nX-A:  b c \r\n\r\n"),
            nullptr);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/v1/a%20b");
  EXPECT_EQ(request.query, "x=1&y");
  EXPECT_EQ(request.header("x-a"), "b c");
  EXPECT_EQ(request.header("absent"), std::nullopt);
  EXPECT_FALSE(parser.complete());
  std::size_t used = 0;
  ASSERT_EQ(parser.take_body("abcdef", request, used), nullptr);
  EXPECT_EQ(used, 3U);
  EXPECT_EQ(request.body, "abc");
  EXPECT_TRUE(parser.complete());
  const HttpRequest moved = std::move(request);
  EXPECT_EQ(moved.header("HOST"), "localhost:8443");
}

TEST_F(Head, an_absolute_target_of_this_host_is_its_path) {
  ASSERT_EQ(parse("GET https://example.test/a?b HTTP/1.1\r\nHost: example.test\r\n\r\n"), nullptr);
  EXPECT_EQ(request.target, "/a?b");
  EXPECT_EQ(request.path, "/a");
}

struct Refused {
  const char* why;
  std::string head;
  int status;
};

// The smuggling corpus (THREATS T61): what a proxy in front might read otherwise.
const Refused refused[] = {
    {"CL.TE",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"TE.CL",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n", 400},
    {"two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nContent-Length: 5\r\n\r\n",
     400},
    {"one length twice",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\ncontent-length: 6\r\n\r\n", 400},
    {"list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6, 6\r\n\r\n", 400},
    {"signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +6\r\n\r\n", 400},
    {"negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
    {"hex length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x6\r\n\r\n", 400},
    {"huge length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
     400},
    {"empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400},
    {"unknown coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
    {"identity", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", 501},
    {"stacked codings", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
     501},
    {"chunked twice", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
     501},
    {"two codings",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
     "chunked\r\n\r\n",
     400},
    {"hidden coding",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\x0b"
     "chunked\r\n\r\n",
     400},
    {"space before colon", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 6\r\n\r\n", 400},
    {"tab before colon", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding\t: chunked\r\n\r\n", 400},
    {"empty name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400},
    {"no colon", "GET / HTTP/1.1\r\nHost: a\r\nabc\r\n\r\n", 400},
    {"NUL in value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s, 400},
    {"NUL in name", "GET / HTTP/1.1\r\nHost: a\r\nX\0: b\r\n\r\n"s, 400},
    {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
    {"host with user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
    {"host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
    {"host with bad port", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400},
    {"bad v6 host", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
    {"absolute of another host", "GET https://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"absolute without tls", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"authority form", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"asterisk form", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"no slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"non-ASCII target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"backslash", "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"space in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"tab in request line", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"space at the end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
    {"no version", "GET /\r\nHost: a\r\n\r\n", 400},
    {"lower case version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
    {"HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", 505},
    {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
    {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n", 505},
    {"method with a control", "G\x01T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"GET with a body", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", 400},
    {"two authorizations",
     "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nAuthorization: y\r\n\r\n", 400},
    {"other expectation", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: tea\r\n\r\n",
     417},
    {"large JSON",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
     "262145\r\n\r\n",
     400},
    {"large file",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 262145\r\n\r\n", 413},
};

TEST_F(Head, the_smuggling_corpus_is_refused_with_the_proper_status) {
  for (const Refused& line : refused) {
    const Refusal* refusal = parse(line.head);
    ASSERT_NE(refusal, nullptr) << line.why;
    EXPECT_EQ(refusal->status, line.status) << line.why;
  }
}

TEST_F(Head, the_corpus_without_its_flaw_is_taken) {
  for (const char* head : {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost: [::1]:8443\r\n\r\n",
                           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n",
                           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 262144\r\n\r\n",
                           "GET /a?b=%C3%A9 HTTP/1.1\r\nHost: a:1\r\nX: \xc3\xa9\r\n\r\n"})
    EXPECT_EQ(parse(head), nullptr) << head;
}

TEST_F(Head, too_many_headers_are_refused) {
  std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 63; ++i) head += "X: 1\r\n";
  EXPECT_EQ(parse(head + "\r\n"), nullptr);
  ASSERT_NE(parse(head + "X: 1\r\n\r\n"), nullptr);
  EXPECT_EQ(parse(head + "X: 1\r\n\r\n")->status, 431);
}

TEST_F(Head, only_known_hosts_are_answered_when_they_are_listed) {
  config.hosts = {"localhost"};
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: LocalHost:8443\r\n\r\n"), nullptr);
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: evil.example.test\r\n\r\n"), &refusals::misdirected);
}

TEST_F(Head, a_path_may_have_a_limit_of_its_own) {
  config.limits.body_overrides = {{"/v1/imports", 1'000'000}, {"/v1/imports/small", 10}};
  const auto post = [](std::string_view path, int size) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
  };
  EXPECT_EQ(parse(post("/v1/imports?x", 1'000'000)), nullptr);
  EXPECT_NE(parse(post("/v1/imports", 1'000'001)), nullptr);
  EXPECT_NE(parse(post("/v1/imports/small", 11)), nullptr);
}

class Chunked : public Head {
 protected:
  void SetUp() override {
    ASSERT_EQ(parse("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), nullptr);
  }
  // Feeds all of it, `piece` bytes more at a time, as a connection does.
  const Refusal* feed(std::string_view bytes, std::size_t piece) {
    std::string pending;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      pending += bytes.substr(at, piece);
      std::size_t used = 0;
      if (const Refusal* refusal = parser.take_body(pending, request, used)) return refusal;
      pending.erase(0, used);
      if (parser.complete()) break;
    }
    return nullptr;
  }
};

TEST_F(Chunked, a_body_in_chunks_is_put_together) {
  EXPECT_EQ(feed("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", 100), nullptr);
  EXPECT_TRUE(parser.complete());
  EXPECT_EQ(request.body, "abc0123456789");
}

TEST_F(Chunked, also_byte_by_byte) {
  EXPECT_EQ(feed("3\r\nabc\r\n0\r\n\r\n", 1), nullptr);
  EXPECT_TRUE(parser.complete());
  EXPECT_EQ(request.body, "abc");
}

class BadChunk : public Chunked, public testing::WithParamInterface<const char*> {};

TEST_P(BadChunk, is_refused) {
  const Refusal* refusal = feed(GetParam(), 1000);
  ASSERT_NE(refusal, nullptr);
  EXPECT_EQ(refusal->status, 400);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadChunk,
    testing::Values("3;a=b\r\nabc\r\n0\r\n\r\n", "x\r\nabc\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n",
                    "3\r\nabcd\r\n0\r\n\r\n", "-3\r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n",
                    "3\r\nabc\r\n0\r\nX: y\r\n\r\n", "3\r\nabc\r\n0;x\r\n\r\n",
                    " 3\r\nabc\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\nabc", "fffffffffffffff\r\nabc",
                    "50000\r\nabc",
                    "0000000000000000000000000000000000000000000000000000000000000000000000"));

}  // namespace
}  // namespace sealbook::net
