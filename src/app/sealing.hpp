// Sealing of rows: the one place that says which table, class, row, person and version a blob is
// bound to. Called before a transaction (DECISIONS 11).
#pragma once

#include "app/app.hpp"
#include "base/data_class.hpp"
#include "domain/directory/patient.hpp"
#include "storage/tables/patients.hpp"

namespace sealbook::app {

// Names and other texts of a directory row, under the tenant's operational key. Field ids are
// stable: 1 name, 2 description, 3 reason, 4 slug, 5 message name, 6 telephone.
struct RowTexts {
  std::map<std::uint64_t, std::string> fields;
  std::string get(std::uint64_t id) const;
};
enum RowText : std::uint64_t { text_name = 1, text_description, text_reason, text_slug, text_message_name, text_phone };

Bytes seal_texts(const App& app, const keys::TenantKeys& keys, std::string_view table, ByteView row_id,
                 std::int64_t version, const RowTexts& texts);
Result<RowTexts> open_texts(const App& app, const keys::TenantKeys& keys, std::string_view table, ByteView row_id,
                            std::int64_t version, ByteView sealed);

// A visit's note, under the patient's key.
Bytes seal_note(const App& app, const TenantId& tenant, const crypto::DataKey& key, const AppointmentId& id,
                const PatientId& patient, std::int64_t version, const SensitiveText& note);
Result<SensitiveText> open_note(const App& app, const TenantId& tenant, const crypto::DataKey& key,
                                const AppointmentId& id, const PatientId& patient, std::int64_t version,
                                ByteView sealed);

// A patient's two blobs.
void seal_patient(const App& app, const TenantId& tenant, const crypto::DataKey& key, const PatientRecord& record,
                  storage::PatientRow& row);
// `notes` false leaves needs and notes closed.
Result<PatientRecord> open_patient(const App& app, const TenantId& tenant, const crypto::DataKey& key,
                                   const storage::PatientRow& row, bool notes);

// Any body under the tenant's operational key, bound to its table, class, row and version: rows of a
// file that wait to be imported (pii), reports, mappings.
struct BodyPlace {
  std::string_view table;
  DataClass data_class = DataClass::operational;
  ByteView row_id;
  std::int64_t version = 1;
};
Bytes seal_body(const App& app, const keys::TenantKeys& keys, const BodyPlace& place, ByteView body);
Result<Bytes> open_body(const App& app, const keys::TenantKeys& keys, const BodyPlace& place, ByteView sealed);

// The key of a patient whose row is not at hand: from the cache, else from the row.
Result<std::shared_ptr<const crypto::DataKey>> key_of_patient(App& app, const Tenant& tenant, const PatientId& id);

}  // namespace sealbook::app
