#include "api/endpoint/cursor.hpp"

#include <gtest/gtest.h>

namespace sealbook::api {
namespace {

const crypto::HmacSha256Key key(as_bytes("a key for tests, 32 bytes long.."));
const TenantId tenant = TenantId::from_raw({1, 2, 3});
const CursorScope scope{
    .endpoint = "listAppointments", .tenant = tenant, .filters = as_bytes("from=1")};
const CursorPosition position{.order = -5'000'000'000, .id = {9, 8, 7}};

TEST(Cursor, opens_where_it_was_given) {
  const std::string text = seal_cursor(key, scope, position);
  EXPECT_EQ(text.size(), 55U);
  const auto opened = open_cursor(key, scope, text);
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, position);
}

TEST(Cursor, does_not_open_anywhere_else) {
  const std::string text = seal_cursor(key, scope, position);
  const crypto::HmacSha256Key other_key(as_bytes("another key for tests, 32 bytes."));
  CursorScope elsewhere = scope;
  EXPECT_FALSE(open_cursor(other_key, scope, text));
  elsewhere.endpoint = "listPatients";
  EXPECT_FALSE(open_cursor(key, elsewhere, text));
  elsewhere = scope;
  elsewhere.tenant = TenantId::from_raw({1, 2, 4});
  EXPECT_FALSE(open_cursor(key, elsewhere, text));
  elsewhere = scope;
  elsewhere.filters = {};
  EXPECT_FALSE(open_cursor(key, elsewhere, text));
}

TEST(Cursor, every_changed_bit_and_every_other_length_is_refused) {
  const Bytes bytes = from_base64url(seal_cursor(key, scope, position)).value();
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes changed = bytes;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(open_cursor(key, scope, to_base64url(changed))) << bit;
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(open_cursor(key, scope, to_base64url(ByteView(bytes).first(size))));
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(open_cursor(key, scope, to_base64url(longer)));
}

TEST(Cursor, has_one_text_form) {
  const std::string text = seal_cursor(key, scope, position);
  EXPECT_FALSE(open_cursor(key, scope, text + "="));
  EXPECT_FALSE(open_cursor(key, scope, text + " "));
  std::string last = text;
  last.back() = last.back() == 'A' ? 'B' : static_cast<char>(last.back() + 1);  // stray bits
  EXPECT_FALSE(open_cursor(key, scope, last));
  const Error error = open_cursor(key, scope, "").error();
  EXPECT_EQ(error.code, ErrorCode::invalid);
  EXPECT_EQ(error.fields.at(0).pointer, "/cursor");
  EXPECT_EQ(error.fields.at(0).rule, "format");
}

}  // namespace
}  // namespace sealbook::api
