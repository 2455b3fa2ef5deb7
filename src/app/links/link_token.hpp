// The text of a personal link: "sb1_l_" + base64url(32 bytes) + "_" + checksum, in the path /l/{token}.
//
// The 32 bytes are HMAC-SHA256(the tenant's link key, "sealbook link 1" ‖ link id), so a later mail
// carries the same link without the store knowing it: at rest is only SHA-256 of the text.
// docs/formats/link.md has vectors. Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/app.hpp"
#include "security/keys/tenant_keys.hpp"
#include "storage/tables/links.hpp"
#include "storage/transaction.hpp"

namespace sealbook::app::links {

std::string link_token(const crypto::HmacSha256Key& link_key, const LinkId& id);
inline std::string link_token(const keys::TenantKeys& keys, const LinkId& id) {
  return link_token(keys.link_mac(), id);
}
// SHA-256 of any text; what is looked up.
Hash256 hash_of(std::string_view token);

// The address that a mail carries: App::public_url + "/l/" + token. Fails with integrity when the
// tenant's key has changed since the link was made, with not_found for an unknown link.
Result<std::string> url_of(App& app, const Tenant& tenant, const LinkId& id);
// The same, of a link whose row is at hand.
Result<std::string> url_of(const App& app, const Tenant& tenant, const storage::LinkRow& row);

// The link of messages about a visit: the one that it was booked through, while that stands; else one
// of the visit's own, made when first needed, inside the
// transaction that claims the message. Revoked by revoking the person's links; a new one is made
// then. Adds no journal entry: the caller's claim is one.
Result<LinkId> ensure_for_appointment(storage::Transaction& tx, const Tenant& tenant, const PatientId& patient,
                                      const AppointmentId& appointment);

}  // namespace sealbook::app::links
