#include "net/mail/mime_reader.hpp"

#include <gtest/gtest.h>

namespace sealbook::net::mail {
namespace {

TEST(MimeReader, reads_nested_parts_with_either_line_end) {
  for (const bool crlf : {false, true}) {
    std::string text =
        "Subject: folded\n\tvalue\nContent-Type: multipart/mixed; x=1; boundary=\"a "
        "b\"\n\npreamble\n--a b\n\nfirst\n"
        "--a b\nContent-Type: TEXT/Plain; Charset=utf-8\nContent-Transfer-Encoding: "
        "base64\n\naGVs\nbG8=\n--a b--\nend\n";
    if (crlf)
      for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
        text.insert(at, "\r");
    const auto top = read_mime(text);
    ASSERT_TRUE(top);
    EXPECT_EQ(*top->field("subject"), "folded\tvalue");
    ASSERT_EQ(top->parts.size(), 2u);
    EXPECT_EQ(top->parts[0].body, "first");
    EXPECT_EQ(top->parts[1].type, "text/plain");
    EXPECT_EQ(*top->parts[1].parameter("charset"), "utf-8");
    EXPECT_EQ(top->parts[1].decoded(), "hello");
  }
}

TEST(MimeReader, a_mail_that_was_cut_off_gives_what_there_is) {
  const auto top = read_mime("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhalf");
  ASSERT_TRUE(top);
  ASSERT_EQ(top->parts.size(), 1u);
  EXPECT_EQ(top->parts[0].body, "half");
}

TEST(MimeReader, quoted_printable_and_unknown_encodings) {
  MimePart part;
  part.encoding = "quoted-printable";
  part.body = "ni=C3=B1o=20=\nx  \nend";
  EXPECT_EQ(part.decoded(), "niño x\nend");
  part.body = "broken =G1";
  EXPECT_FALSE(part.decoded());
  part.encoding = "x-uuencode";
  EXPECT_FALSE(part.decoded());
}

TEST(MimeReader, each_limit_refuses_the_whole_mail) {
  const auto rule = [](std::string_view text) {
    const auto read = read_mime(text);
    return read ? std::string("read") : read.error().fields.at(0).rule;
  };
  EXPECT_EQ(rule(std::string(256 * 1024 + 1, 'x')), "length");
  std::string fields;
  for (int i = 0; i < 201; ++i) fields += "X-A: b\n";
  EXPECT_EQ(rule(fields), "fields");
  EXPECT_EQ(rule("X-A: " + std::string(17'000, 'x')), "field");
  std::string many = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 60; ++i) many += "--b\n\nx\n";
  EXPECT_EQ(rule(many), "parts");
  std::string deep;
  for (int i = 0; i < 8; ++i) deep += "Content-Type: message/rfc822\n\n";
  EXPECT_EQ(rule(deep), "depth");
}

}  // namespace
}  // namespace sealbook::net::mail
