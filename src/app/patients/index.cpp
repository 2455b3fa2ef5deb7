#include "app/patients/index.hpp"

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

}  // namespace

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
