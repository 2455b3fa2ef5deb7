// One-time codes: eight digits, derived from the tenant's key, so that no store and no dump has one.
#pragma once

#include "app/links/link_session.hpp"
#include "app/links/person.hpp"
#include "domain/directory/patient.hpp"

namespace sealbook::app::links {

// The digits of a code, for the mail that carries it: HMAC-SHA256(link key, "sealbook code 1" ‖ link
// id ‖ code id), as a number below 10^8.
SensitiveText code_text(const crypto::HmacSha256Key& link_key, const LinkId& link, const RawId& code);
inline SensitiveText code_text(const keys::TenantKeys& keys, const LinkId& link, const RawId& code) {
  return code_text(keys.link_mac(), link, code);
}
// The code that the link's mail is to carry: the newest one that can still be used. Fails with
// not_found when there is none (used, expired: the mail is not sent any more).
Result<SensitiveText> code_text(App& app, const Tenant& tenant, const LinkId& link);

// Whether somebody typed that code: digits count, spaces and hyphens between them do not.
bool same_code(const SensitiveText& typed, const SensitiveText& code);

// Where a code goes, as the mail that carries it chooses (choose_contact). Null when there is none.
const Contact* code_contact(const Person& person, const keys::TenantKeys& keys);

}  // namespace sealbook::app::links
