#include "api/endpoint/cursor.hpp"

#include <algorithm>
#include <cstring>

namespace sealbook::api {
namespace {

// version u8 | order u64 | id 16 | tag 16
constexpr std::uint8_t version = 1;
constexpr std::size_t position_size = 1 + 8 + 16;
constexpr std::size_t tag_size = 16;

// The tag covers what the cursor is bound to, each part with its length before it, so that no two
// scopes are one sequence of bytes.
Hash256 tag_of(const crypto::HmacSha256Key& key, const CursorScope& scope, ByteView position) {
  constexpr std::string_view label = "sealbook cursor v1";
  Bytes endpoint_size, filters_size;
  append_u32(endpoint_size, static_cast<std::uint32_t>(scope.endpoint.size()));
  append_u32(filters_size, static_cast<std::uint32_t>(scope.filters.size()));
  return key.mac({as_bytes(label), endpoint_size, as_bytes(scope.endpoint), scope.tenant.bytes(),
                  filters_size, scope.filters, position});
}

}  // namespace

std::string seal_cursor(const crypto::HmacSha256Key& key, const CursorScope& scope,
                        const CursorPosition& position) {
  Bytes bytes{version};
  append_u64(bytes, static_cast<std::uint64_t>(position.order));
  append(bytes, position.id);
  const Hash256 tag = tag_of(key, scope, bytes);
  append(bytes, ByteView(tag).first(tag_size));
  return to_base64url(bytes);
}

Result<CursorPosition> open_cursor(const crypto::HmacSha256Key& key, const CursorScope& scope,
                                   std::string_view text, std::string_view pointer) {
  const auto refuse = [pointer] {
    return std::unexpected(invalid_field(std::string(pointer), "format",
                                         "This is not a cursor that was given for this list."));
  };
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != position_size + tag_size) return refuse();
  const ByteView body = ByteView(*bytes).first(position_size);
  const Hash256 tag = tag_of(key, scope, body);
  if (!constant_time_equal(ByteView(tag).first(tag_size), ByteView(*bytes).subspan(position_size)))
    return refuse();
  if (body[0] != version) return refuse();
  CursorPosition position;
  position.order = static_cast<std::int64_t>(load_u64(body.data() + 1));
  std::memcpy(position.id.data(), body.data() + 9, position.id.size());
  return position;
}

}  // namespace sealbook::api
