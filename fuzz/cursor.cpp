// Fuzzes cursors before and behind their MAC. The first byte chooses how the rest is used:
//   'r'  as text that a caller sent: whatever opens must be exactly what sealing would give;
//   's'  as a body of any shape that is signed with the right key, as a leaked key or an older
//        release could: it opens only in the one shape of a position;
//   'p'  as a position: it must survive the round trip, and not open for another scope.
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "api/endpoint/cursor.hpp"

using namespace sealbook;

namespace {

const crypto::HmacSha256Key key(as_bytes("a key for fuzzing, 32 bytes long"));
const api::CursorScope scope{
    .endpoint = "listThings", .tenant = TenantId::from_raw({1, 2, 3}), .filters = {}};

const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

void require(bool held) {
  if (!held) std::abort();
}

void check_text(std::string_view text) {
  const auto opened = api::open_cursor(key, scope, text);
  if (opened) require(api::seal_cursor(key, scope, *opened) == text);
  else require(opened.error().code == ErrorCode::invalid && opened.error().fields.size() == 1);
}

// The tag as docs and code have it: label, endpoint, tenant, filters, body; each length first.
void check_signed(ByteView body) {
  Bytes endpoint_size, filters_size;
  append_u32(endpoint_size, static_cast<std::uint32_t>(scope.endpoint.size()));
  append_u32(filters_size, 0);
  const Hash256 tag =
      key.mac({as_bytes("sealbook cursor v1"), endpoint_size, as_bytes(scope.endpoint),
               scope.tenant.bytes(), filters_size, ByteView(), body});
  Bytes bytes(body.begin(), body.end());
  append(bytes, ByteView(tag).first(16));
  const std::string text = to_base64url(bytes);
  const auto opened = api::open_cursor(key, scope, text);
  require(opened.has_value() == (body.size() == 25 && body[0] == 1));
  if (opened) require(api::seal_cursor(key, scope, *opened) == text);
  if (planted && opened && opened->order < 0) __builtin_trap();
}

void check_position(ByteView data) {
  api::CursorPosition position;
  if (data.size() < 24) return;
  position.order = static_cast<std::int64_t>(load_u64(data.data()));
  std::memcpy(position.id.data(), data.data() + 8, position.id.size());
  const std::string text = api::seal_cursor(key, scope, position);
  const auto opened = api::open_cursor(key, scope, text);
  require(opened && *opened == position);
  api::CursorScope other = scope;
  other.filters = data.subspan(24);
  require(api::open_cursor(key, other, text).has_value() == other.filters.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView rest(data + 1, size - 1);
  if (data[0] == 'r') check_text(as_text(rest));
  else if (data[0] == 's') check_signed(rest);
  else if (data[0] == 'p') check_position(rest);
  return 0;
}
