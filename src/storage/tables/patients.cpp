#include "storage/tables/patients.hpp"

namespace sealbook::storage {
namespace {

using sql::Statement;

constexpr Statement insert_patient{"patients.insert",
    "INSERT INTO patients (tenant, id, version, key_id, created, sealed_pii, sealed_phi) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement insert_index{"patient_index.insert",
    "INSERT INTO patient_index (tenant, kind, value, patient, generation) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT DO NOTHING"};
constexpr Statement delete_index{"patient_index.delete", "DELETE FROM patient_index WHERE tenant = $1 AND patient = $2"};
constexpr Statement replace_patient{"patients.replace",
    "UPDATE patients SET version = $3, sealed_pii = $4, sealed_phi = $5 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
constexpr Statement find_patient{"patients.find",
    "SELECT id, version, key_id, created, sealed_pii, sealed_phi FROM patients WHERE tenant = $1 AND id = "
    "COALESCE((SELECT patient FROM patient_aliases WHERE tenant = $1 AND alias = $2), $2)"};
constexpr Statement find_index{"patient_index.find",
    "SELECT patient FROM patient_index WHERE tenant = $1 AND kind = $2 AND value = $3 ORDER BY patient LIMIT 50"};
constexpr Statement list_after{"patients.after",
    "SELECT id, version, key_id, created, sealed_pii, sealed_phi FROM patients WHERE tenant = $1 AND id > $2 "
    "ORDER BY id LIMIT $3"};
constexpr Statement visit_with{"participants.visit_with",
    "SELECT 1 FROM participants p JOIN appointments a ON a.tenant = p.tenant AND a.id = p.appointment "
    "WHERE p.tenant = $1 AND p.patient = $2 AND a.practitioner = $3 LIMIT 1"};

Bytes copy(ByteView view) { return Bytes(view.begin(), view.end()); }

PatientRow read_row(const sql::Rows& rows, std::size_t i) {
  PatientRow row;
  row.id = rows.id<PatientId>(i, 0);
  row.version = rows.integer(i, 1);
  row.key = crypto::KeyId::from_bytes(rows.blob(i, 2)).value_or(crypto::KeyId());
  row.created = rows.instant(i, 3);
  row.sealed_pii = copy(rows.blob(i, 4));
  if (!rows.is_null(i, 5)) row.sealed_phi = copy(rows.blob(i, 5));
  return row;
}

void insert_indexes(Transaction& tx, const PatientId& patient, std::span<const PatientIndexRow> index) {
  for (const PatientIndexRow& row : index)
    tx.enqueue(insert_index, static_cast<int>(row.kind), ByteView(row.value), patient, row.generation);
}

}  // namespace

namespace patients {

void insert(Transaction& tx, const PatientRow& row, std::span<const PatientIndexRow> index) {
  tx.enqueue(insert_patient, row.id, row.version, row.key.bytes(), row.created, row.sealed_pii, row.sealed_phi);
  insert_indexes(tx, row.id, index);
}

bool replace(Transaction& tx, const PatientRow& row, std::span<const PatientIndexRow> index) {
  if (tx.change(replace_patient, row.id, row.version, row.sealed_pii, row.sealed_phi).empty()) return false;
  tx.enqueue(delete_index, row.id);
  insert_indexes(tx, row.id, index);
  return true;
}

std::optional<PatientRow> find(Snapshot& snapshot, const PatientId& id) {
  const sql::Rows rows = snapshot.query(find_patient, id);
  return rows.empty() ? std::nullopt : std::optional(read_row(rows, 0));
}

std::vector<PatientId> find_by_index(Snapshot& snapshot, const PatientIndexRow& value) {
  std::vector<PatientId> out;
  const sql::Rows rows = snapshot.query(find_index, static_cast<int>(value.kind), ByteView(value.value));
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.id<PatientId>(i, 0));
  return out;
}

std::vector<PatientRow> after(Snapshot& snapshot, const PatientId& after, std::int64_t limit) {
  std::vector<PatientRow> out;
  const sql::Rows rows = snapshot.query(list_after, after, limit);
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_row(rows, i));
  return out;
}

bool has_visit_with(Snapshot& snapshot, const PatientId& patient, const ResourceId& practitioner) {
  return !snapshot.query(visit_with, patient, practitioner).empty();
}

}  // namespace patients
}  // namespace sealbook::storage
