#include "app/links/person.hpp"

#include "app/patients/index.hpp"
#include "app/sealing.hpp"

namespace sealbook::app::links {

Result<Person> load_person(App& app, const Tenant& tenant, const PatientId& id) {
  std::optional<storage::PatientRow> row;
  std::vector<storage::ContactBlockRow> blocks;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) {
    row = storage::patients::find(s, id);
    blocks = storage::contact_blocks::against(s, id);
  });
  if (!row) return refused();
  TRY(key, app.keyring.person_key(tenant.id(), row->key));
  TRY(record, open_patient(app, tenant.id(), *key, *row, true));
  return Person{std::move(*row), std::move(record), std::move(key), std::move(blocks)};
}

std::array<std::uint8_t, 16> index_of_contact(const keys::TenantKeys& keys, const Contact& contact) {
  PatientRecord one;
  one.contacts = {contact};
  const auto index = index_of(keys, one);
  return index && !index->empty() ? index->front().value : std::array<std::uint8_t, 16>{};
}

std::optional<VerifiedPerson> verified(App& app, const Tenant& tenant, const Person& person,
                                       const std::array<std::uint8_t, 16>& contact) {
  const auto keys = tenant.keys();
  VerifiedPerson out{person.row, person.record, {}};
  bool changed = false;
  for (Contact& candidate : out.record.contacts) {
    if (candidate.verified || candidate.kind != ContactKind::email) continue;
    if (index_of_contact(*keys, candidate) != contact) continue;
    candidate.verified = changed = true;
  }
  auto index = index_of(*keys, out.record);
  if (!changed || !index) return std::nullopt;
  out.index = std::move(*index);
  out.row.version += 1;
  seal_patient(app, tenant.id(), *person.key, out.record, out.row);
  return out;
}

bool write_verified(App& app, const std::shared_ptr<Tenant>& tenant, storage::Transaction& tx,
                    const VerifiedPerson& person) {
  if (!storage::patients::replace(tx, person.row, person.index)) return false;
  tx.after_commit([&app, tenant, person] {
    app.patient_keys.put(tenant->id(), person.row.id, person.row.key);
    if (tenant->people().takes_changes()) tenant->people().put(person.row.id, person.record);
  });
  return true;
}

}  // namespace sealbook::app::links
