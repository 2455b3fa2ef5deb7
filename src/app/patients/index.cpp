#include "app/patients/index.hpp"

#include "app/patients/patient_directory.hpp"
#include "base/assert.hpp"

namespace sealbook::app {
namespace {

using storage::PatientIndexKind;
using storage::PatientIndexRow;

PatientIndexRow row_of(PatientIndexKind kind, const keys::BlindIndex& index) { return {kind, index.value, index.generation}; }

Lookups rows_of(PatientIndexKind kind, const keys::BlindIndexLookups& lookups) {
  Lookups rows;
  for (const keys::BlindIndex& index : lookups.all()) rows.push_back(row_of(kind, index));
  return rows;
}

// The normaliser's sentence says the rule and never repeats the value.
Error at(std::string pointer, Error error) {
  error.fields = {{std::move(pointer), "format", error.detail}};
  return error;
}

// The folded name, cut between characters to what an identifier may hold.
keys::NormalisedIdentifier person_form(const PatientRecord& record) {
  constexpr std::size_t most = 250;
  std::string name = fold(record.name.family.reveal());
  if (record.name.second_family) name += " " + fold(record.name.second_family->reveal());
  name += "|";
  for (const SensitiveText& given : record.name.given) name += fold(given.reveal());
  if (name.size() > most) {
    name.resize(most);
    while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xC0) == 0x80) name.pop_back();
    if (!name.empty() && static_cast<unsigned char>(name.back()) >= 0xC0) name.pop_back();
  }
  auto normal = keys::normalise_identifier(date_text(record.birth_date.reveal()), name);
  // Names without a normal form (controls) are refused before; they would only find nobody.
  if (!normal) normal = keys::normalise_identifier(date_text(record.birth_date.reveal()), "?");
  ASSERT(normal.has_value());
  return std::move(*normal);
}

}  // namespace

Lookups person_lookups(const keys::TenantKeys& keys, const PatientRecord& record) {
  return rows_of(PatientIndexKind::person, keys.blind_index().lookups<"patients.person">(person_form(record)));
}

Result<std::vector<PatientIndexRow>> index_of(const keys::TenantKeys& keys, const PatientRecord& record) {
  std::vector<PatientIndexRow> rows;
  for (std::size_t i = 0; i < record.contacts.size(); ++i) {
    const Contact& contact = record.contacts[i];
    const std::string pointer = "/contacts/" + std::to_string(i) + "/value";
    if (contact.kind == ContactKind::email) {
      auto normal = keys::normalise_email(contact.value.reveal());
      if (!normal) return fail(at(pointer, std::move(normal).error()));
      rows.push_back(row_of(PatientIndexKind::email, keys.blind_index().of<"patients.email">(*normal)));
    } else if (contact.kind == ContactKind::phone) {
      auto normal = keys::normalise_phone(contact.value.reveal(), default_calling_code);
      if (!normal) return fail(at(pointer, std::move(normal).error()));
      rows.push_back(row_of(PatientIndexKind::phone, keys.blind_index().of<"patients.phone">(*normal)));
    }
  }
  for (std::size_t i = 0; i < record.identifiers.size(); ++i) {
    auto normal = keys::normalise_identifier(record.identifiers[i].issuer.reveal(), record.identifiers[i].value.reveal());
    if (!normal) return fail(at("/identifiers/" + std::to_string(i) + "/value", std::move(normal).error()));
    rows.push_back(row_of(PatientIndexKind::identifier, keys.blind_index().of<"patients.identifier">(*normal)));
  }
  rows.push_back(row_of(PatientIndexKind::person, keys.blind_index().of<"patients.person">(person_form(record))));
  return rows;
}

Result<Lookups> contact_lookups(const keys::TenantKeys& keys, std::string_view contact, const std::string& pointer) {
  if (contact.contains('@')) {
    auto normal = keys::normalise_email(contact);
    if (!normal) return fail(at(pointer, std::move(normal).error()));
    return rows_of(PatientIndexKind::email, keys.blind_index().lookups<"patients.email">(*normal));
  }
  auto normal = keys::normalise_phone(contact, default_calling_code);
  if (!normal) return fail(at(pointer, std::move(normal).error()));
  return rows_of(PatientIndexKind::phone, keys.blind_index().lookups<"patients.phone">(*normal));
}

Result<Lookups> identifier_lookups(const keys::TenantKeys& keys, std::string_view issuer, std::string_view value,
                                   const std::string& pointer) {
  auto normal = keys::normalise_identifier(issuer, value);
  if (!normal) return fail(at(pointer, std::move(normal).error()));
  return rows_of(PatientIndexKind::identifier, keys.blind_index().lookups<"patients.identifier">(*normal));
}

}  // namespace sealbook::app
