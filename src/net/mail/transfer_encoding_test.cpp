#include "net/mail/transfer_encoding.hpp"

#include <gtest/gtest.h>

namespace sealbook::net::mail {
namespace {

TEST(TransferEncoding, quoted_printable_escapes_what_a_relay_could_change) {
  EXPECT_EQ(to_quoted_printable("a=b\n"), "a=3Db\r\n");
  EXPECT_EQ(to_quoted_printable("niño"), "ni=C3=B1o\r\n");
  EXPECT_EQ(to_quoted_printable("From here\n.\nend \n"), "=46rom here\r\n=2E\r\nend=20\r\n");
  EXPECT_EQ(to_quoted_printable("one\r\ntwo\rthree"), "one\r\ntwo=0Dthree\r\n");
}

TEST(TransferEncoding, no_line_is_longer_than_76_and_none_begins_with_from) {
  const std::string text = std::string(75, 'x') + "From here " + std::string(400, 'y') + "\n";
  const std::string encoded = to_quoted_printable(text);
  for (std::size_t at = 0; at < encoded.size();) {
    const std::size_t end = encoded.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 76u);
    EXPECT_NE(encoded.substr(at, 5), "From ");
    at = end + 2;
  }
}

TEST(TransferEncoding, base64_comes_in_lines_of_76) {
  const std::string encoded = to_base64_lines(std::string(100, 'a'));
  EXPECT_EQ(encoded.find("\r\n"), 76u);
  EXPECT_TRUE(encoded.ends_with("\r\n"));
}

TEST(TransferEncoding, short_ascii_lines_need_no_encoding) {
  EXPECT_TRUE(is_plain_7bit("Hello.\n\nhttps://localhost:8443/l/abc\n"));
  for (const std::string& text : {std::string(79, 'x'), std::string("ñ"), std::string("From x"),
                                  std::string("."), std::string("a\tb"), std::string("end ")})
    EXPECT_FALSE(is_plain_7bit(text)) << text;
  EXPECT_EQ(with_crlf("a\nb"), "a\r\nb\r\n");
}

}  // namespace
}  // namespace sealbook::net::mail
