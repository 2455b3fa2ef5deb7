#include "net/answer_writer.hpp"

#include <gtest/gtest.h>

namespace sealbook::net {
namespace {

constexpr AnswerContext context{.request_id = "req_1", .date = "Sun, 22 Nov 2026 10:00:00 GMT"};

std::string written(const HttpResponse& response, const AnswerContext& how = context) {
  std::string out;
  append_answer(out, response, how);
  return out;
}

TEST(AnswerWriter, every_answer_bears_the_security_headers) {
  const std::string text = written(
      {.status = 404, .content_type = "application/problem+json", .body = "{}", .headers = {}});

  EXPECT_TRUE(text.starts_with("HTTP/1.1 404 Not Found\r\n"));
  for (const char* header :
       {"Strict-Transport-Security: max-age=63072000; includeSubDomains; preload\r\n",
        "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
        "X-Frame-Options: DENY\r\n", "Cross-Origin-Opener-Policy: same-origin\r\n",
        "Cross-Origin-Resource-Policy: same-origin\r\n", "Permissions-Policy: ",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n",
        "Cache-Control: no-store\r\n", "Request-Id: req_1\r\n", "Content-Length: 2\r\n",
        "Date: Sun, 22 Nov 2026 10:00:00 GMT\r\n"})
    EXPECT_NE(text.find(header), std::string::npos) << header;
  EXPECT_EQ(text.find("Server:"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\n\r\n{}"));
}

TEST(AnswerWriter, a_page_may_bring_its_own_policy_once) {
  HttpResponse page{.content_type = "text/html", .body = "", .headers = {}};
  page.content_security_policy = "default-src 'self'";
  page.cache_control = "max-age=60";
  const std::string text = written(page);

  EXPECT_NE(text.find("Content-Security-Policy: default-src 'self'\r\n"), std::string::npos);
  EXPECT_EQ(text.find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(text.find("no-store"), std::string::npos);
}

TEST(AnswerWriter, head_tells_the_length_and_keeps_the_body) {
  AnswerContext head = context;
  head.is_head = true;
  const std::string text =
      written({.content_type = "text/plain", .body = "12345", .headers = {}}, head);

  EXPECT_NE(text.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\n\r\n"));
}

TEST(AnswerWriter, no_content_has_neither_length_nor_body) {
  const std::string text = written({.status = 204, .content_type = "", .body = "", .headers = {}});
  EXPECT_EQ(text.find("Content-Length"), std::string::npos);
  EXPECT_EQ(text.find("Content-Type:"), std::string::npos);
}

TEST(AnswerWriter, a_header_that_would_split_the_answer_becomes_a_500) {
  for (const auto& [name, value] :
       {std::pair<std::string, std::string>{"Location", "/a\r\nSet-Cookie: x=1"},
        {"Bad Name", "x"},
        {"X", std::string("a\0b", 3)},
        {"", "x"}}) {
    const std::string text =
        written({.content_type = "text/plain", .body = "secret", .headers = {{name, value}}});
    EXPECT_TRUE(text.starts_with("HTTP/1.1 500 ")) << name;
    EXPECT_EQ(text.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(text.find("secret"), std::string::npos);
    EXPECT_NE(text.find("Connection: close\r\n"), std::string::npos);
  }
}

TEST(AnswerWriter, dates_are_imf_fixdate) {
  EXPECT_EQ(http_date(Instant::from_seconds(784'111'777)),
            "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110 5.6.7
  EXPECT_EQ(http_date(Instant::from_seconds(1'709'164'800)), "Thu, 29 Feb 2024 00:00:00 GMT");
}

}  // namespace
}  // namespace sealbook::net
