// Patients, their blind indexes, aliases and relations.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "security/crypto/data_key.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct PatientRow {
  PatientId id;
  std::int64_t version = 1;
  crypto::KeyId key;
  Instant created;
  Bytes sealed_pii;
  std::optional<Bytes> sealed_phi;
};

// `person`: birth date and folded name together, to propose duplicates.
enum class PatientIndexKind : std::uint8_t { email = 1, phone = 2, identifier = 3, person = 4 };

struct PatientIndexRow {
  PatientIndexKind kind = PatientIndexKind::email;
  std::array<std::uint8_t, 16> value{};
  std::int64_t generation = 1;
};

namespace patients {

void insert(Transaction& tx, const PatientRow& row, std::span<const PatientIndexRow> index);
// Writes version over version - 1 and the index anew; false when the stored version is another.
bool replace(Transaction& tx, const PatientRow& row, std::span<const PatientIndexRow> index);
// Follows an alias.
std::optional<PatientRow> find(Snapshot& snapshot, const PatientId& id);
std::vector<PatientId> find_by_index(Snapshot& snapshot, const PatientIndexRow& value);
// In order of id, behind `after`: for building the in-memory directory.
std::vector<PatientRow> after(Snapshot& snapshot, const PatientId& after, std::int64_t limit);
// The patients with a visit on this calendar: whom a provider may see.
bool has_visit_with(Snapshot& snapshot, const PatientId& patient, const ResourceId& practitioner);

}  // namespace patients
}  // namespace sealbook::storage
