// The blind index values of a patient: of each e-mail address, telephone number and identifier.
//
// Making them is also the check that these have a normal form; a refusal names the member.
#pragma once

#include <vector>

#include "domain/directory/patient.hpp"
#include "security/keys/tenant_keys.hpp"
#include "storage/tables/patients.hpp"

namespace sealbook::app {

// Numbers without a country code belong to this plan, until a tenant can say another.
inline constexpr std::string_view default_calling_code = "1";

// What to store beside the record. Fails with `invalid`: "/contacts/2/value", "/identifiers/0/value".
Result<std::vector<storage::PatientIndexRow>> index_of(const keys::TenantKeys& keys, const PatientRecord& record);

// What to look for: the current generation and the one before. Fail with `invalid` at `pointer`.
using Lookups = std::vector<storage::PatientIndexRow>;
Result<Lookups> contact_lookups(const keys::TenantKeys& keys, std::string_view contact, const std::string& pointer);
// Who else might be this person: same birth date and folded name. The current generation first.
Lookups person_lookups(const keys::TenantKeys& keys, const PatientRecord& record);
Result<Lookups> identifier_lookups(const keys::TenantKeys& keys, std::string_view issuer, std::string_view value,
                                   const std::string& pointer);

}  // namespace sealbook::app
