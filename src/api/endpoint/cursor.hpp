// A paging cursor: where the next page starts, opaque to the caller and authenticated.
//
// HMAC-SHA-256 (128 bits of it) covers the endpoint, the tenant and the filters, so a cursor works
// only where it was given. It carries an ordering value and an id, both of which the caller has
// seen on the page before; it is not encrypted. Text is base64url, in one canonical form.
#pragma once

#include <compare>

#include "base/id.hpp"
#include "base/result.hpp"
#include "security/crypto/mac.hpp"

namespace sealbook::api {

struct CursorScope {
  std::string_view endpoint;  // EndpointSpec::id
  TenantId tenant;
  ByteView filters = {};  // whatever else must stay the same from page to page
};

// Pages are ordered by (order, id), both ascending or both descending.
struct CursorPosition {
  std::int64_t order = 0;
  RawId id{};
  auto operator<=>(const CursorPosition&) const = default;
};

std::string seal_cursor(const crypto::HmacSha256Key& key, const CursorScope& scope,
                        const CursorPosition& position);
// Fails with `invalid` at `pointer`, rule "format": forged, cut, of another endpoint or tenant.
Result<CursorPosition> open_cursor(const crypto::HmacSha256Key& key, const CursorScope& scope,
                                   std::string_view text, std::string_view pointer = "/cursor");

}  // namespace sealbook::api
