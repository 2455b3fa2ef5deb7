#include "app/sealing.hpp"

#include "base/cbor.hpp"
#include "security/crypto/sbe1.hpp"
#include "storage/patient_codec.hpp"

namespace sealbook::app {
namespace {

constexpr std::uint16_t texts_layout = 1;
constexpr std::uint16_t note_layout = 1;
constexpr std::uint16_t body_layout = 1;

crypto::SealContext context(const App& app, const TenantId& tenant, std::string_view table, DataClass data_class,
                            ByteView row_id, ByteView subject, std::int64_t version) {
  return {app.environment, tenant, table, data_class, row_id, subject, static_cast<std::uint64_t>(version)};
}

// Wipes a plaintext when its scope ends.
struct Wiped {
  Bytes bytes;
  ~Wiped() { wipe(bytes.data(), bytes.size()); }
};

}  // namespace

std::string RowTexts::get(std::uint64_t id) const {
  const auto found = fields.find(id);
  return found == fields.end() ? std::string() : found->second;
}

Bytes seal_texts(const App& app, const keys::TenantKeys& keys, std::string_view table, ByteView row_id,
                 std::int64_t version, const RowTexts& texts) {
  Wiped body;
  CborWriter out(body.bytes);
  out.map(texts.fields.size());
  for (const auto& [id, text] : texts.fields) out.key(id).text(text);
  return crypto::seal(keys.operational().current(),
                      context(app, keys.tenant(), table, DataClass::operational, row_id, {}, version), texts_layout,
                      body.bytes);
}

Result<RowTexts> open_texts(const App& app, const keys::TenantKeys& keys, std::string_view table, ByteView row_id,
                            std::int64_t version, ByteView sealed) {
  TRY(header, crypto::parse_header(sealed));
  const crypto::DataKey* key = keys.operational().find(header.key_id);
  if (key == nullptr) return fail(ErrorCode::integrity);
  TRY(plain, crypto::open(*key, context(app, keys.tenant(), table, DataClass::operational, row_id, {}, version),
                          sealed));
  const Wiped body{std::move(plain)};
  RowTexts texts;
  CborReader in(body.bytes);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(id, in.key());
    TRY(text, in.text());
    texts.fields.emplace(id, std::string(text));
  }
  ENSURE(in.finish());
  return texts;
}

Bytes seal_note(const App& app, const TenantId& tenant, const crypto::DataKey& key, const AppointmentId& id,
                const PatientId& patient, std::int64_t version, const SensitiveText& note) {
  Wiped body;
  CborWriter(body.bytes).map(1).key(1).text(note.reveal());
  return crypto::seal(key, context(app, tenant, "appointments", DataClass::phi, id.bytes(), patient.bytes(), version),
                      note_layout, body.bytes);
}

Result<SensitiveText> open_note(const App& app, const TenantId& tenant, const crypto::DataKey& key,
                                const AppointmentId& id, const PatientId& patient, std::int64_t version,
                                ByteView sealed) {
  TRY(plain, crypto::open(key, context(app, tenant, "appointments", DataClass::phi, id.bytes(), patient.bytes(), version),
                          sealed));
  const Wiped body{std::move(plain)};
  SensitiveText note;
  CborReader in(body.bytes);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(field, in.key());
    TRY(text, in.text());
    if (field == 1) note = SensitiveText(std::string(text));
  }
  ENSURE(in.finish());
  return note;
}

void seal_patient(const App& app, const TenantId& tenant, const crypto::DataKey& key, const PatientRecord& record,
                  storage::PatientRow& row) {
  const Wiped pii{storage::encode_patient_pii(record)};
  row.sealed_pii = crypto::seal(
      key, context(app, tenant, "patients", DataClass::pii, row.id.bytes(), row.id.bytes(), row.version),
      storage::patient_layout, pii.bytes);
  row.sealed_phi.reset();
  if (!record.needs && !record.note) return;
  const Wiped phi{storage::encode_patient_phi(record)};
  row.sealed_phi = crypto::seal(
      key, context(app, tenant, "patients", DataClass::phi, row.id.bytes(), row.id.bytes(), row.version),
      storage::patient_layout, phi.bytes);
}

Result<PatientRecord> open_patient(const App& app, const TenantId& tenant, const crypto::DataKey& key,
                                   const storage::PatientRow& row, bool notes) {
  PatientRecord record;
  TRY(pii, crypto::open(key, context(app, tenant, "patients", DataClass::pii, row.id.bytes(), row.id.bytes(), row.version),
                        row.sealed_pii));
  const Wiped body{std::move(pii)};
  ENSURE(storage::decode_patient_pii(body.bytes, record));
  if (!notes || !row.sealed_phi) return record;
  TRY(phi, crypto::open(key, context(app, tenant, "patients", DataClass::phi, row.id.bytes(), row.id.bytes(), row.version),
                        *row.sealed_phi));
  const Wiped notes_body{std::move(phi)};
  ENSURE(storage::decode_patient_phi(notes_body.bytes, record));
  return record;
}

Bytes seal_body(const App& app, const keys::TenantKeys& keys, const BodyPlace& place, ByteView body) {
  return crypto::seal(keys.operational().current(),
                      context(app, keys.tenant(), place.table, place.data_class, place.row_id, {}, place.version),
                      body_layout, body);
}

Result<Bytes> open_body(const App& app, const keys::TenantKeys& keys, const BodyPlace& place, ByteView sealed) {
  TRY(header, crypto::parse_header(sealed));
  const crypto::DataKey* key = keys.operational().find(header.key_id);
  if (key == nullptr) return fail(ErrorCode::integrity);
  return crypto::open(*key, context(app, keys.tenant(), place.table, place.data_class, place.row_id, {}, place.version),
                      sealed);
}

Result<std::shared_ptr<const crypto::DataKey>> key_of_patient(App& app, const Tenant& tenant, const PatientId& id) {
  if (const auto known = app.patient_keys.find(tenant.id(), id)) return app.keyring.person_key(tenant.id(), *known);
  std::optional<storage::PatientRow> row;
  app.store.read(tenant.ref(), [&](storage::Snapshot& snapshot) { row = storage::patients::find(snapshot, id); });
  if (!row) return fail(ErrorCode::not_found, "There is no such patient.");
  app.patient_keys.put(tenant.id(), id, row->key);
  return app.keyring.person_key(tenant.id(), row->key);
}

}  // namespace sealbook::app
