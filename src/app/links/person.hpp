// The person that a link is for, as far as proving it needs: their record, opened.
#pragma once

#include "app/links/gate.hpp"
#include "domain/directory/patient.hpp"
#include "storage/tables/contact_blocks.hpp"
#include "storage/tables/patients.hpp"

namespace sealbook::app::links {

struct Person {
  storage::PatientRow row;
  PatientRecord record;
  std::shared_ptr<const crypto::DataKey> key;
  std::vector<storage::ContactBlockRow> blocks;  // what stands against their contacts
};
Result<Person> load_person(App& app, const Tenant& tenant, const PatientId& id);

// The blind index of one address: tells whether a contact is the one that a code went to.
std::array<std::uint8_t, 16> index_of_contact(const keys::TenantKeys& keys, const Contact& contact);

// The record with that contact marked as verified, sealed anew as the next version; nothing when no
// contact is the one, or it is verified already.
struct VerifiedPerson {
  storage::PatientRow row;
  PatientRecord record;
  std::vector<storage::PatientIndexRow> index;
};
std::optional<VerifiedPerson> verified(App& app, const Tenant& tenant, const Person& person,
                                       const std::array<std::uint8_t, 16>& contact);
// Writes it and keeps what is in memory in step; false when the record moved on.
bool write_verified(App& app, const std::shared_ptr<Tenant>& tenant, storage::Transaction& tx,
                    const VerifiedPerson& person);

}  // namespace sealbook::app::links
