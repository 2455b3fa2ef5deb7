// A patient's record: registered, read, changed. Whose record a caller reaches is judged here: a
// provider's own are those with a visit on its calendar, a patient's own is itself; what is out of
// reach is not found.
#pragma once

#include "app/call_context.hpp"
#include "storage/tables/patients.hpp"

namespace sealbook::app {

// Whether a record may be stored: what create_patient refuses.
Result<void> ensure_registrable(const keys::TenantKeys& keys, const PatientRecord& record, Instant now);

struct SeenPatient {
  PatientId id;
  std::int64_t version = 1;
  PatientRecord record;  // without needs and notes where the role may not see them
};

// Takes a key from the keyring's pool before the transaction. Fails with `invalid` for a birth date
// in the future or before 1880, and for contacts and identifiers that have no normal form.
Result<Work<SeenPatient>> create_patient(CallContext& ctx, const PatientRecord& record);

Result<SeenPatient> read_patient(CallContext& ctx, const PatientId& id);

// Members replace whole values; an empty language, needs or note removes it.
struct ChangePatient {
  PatientId id;
  std::optional<HumanName> name;
  std::optional<Sensitive<std::chrono::year_month_day>> birth_date;
  std::optional<std::vector<Contact>> contacts;
  std::optional<std::vector<Identifier>> identifiers;
  std::optional<SensitiveText> language, needs, note;
};
// Fails as create_patient does, with precondition_failed, and with forbidden when a patient names
// more than contacts. A contact that stays as it was keeps its verification.
Result<Work<SeenPatient>> change_patient(CallContext& ctx, const ChangePatient& command);

// Ends what was proven through a mailbox that is not the person's, or not any more: remembered devices,
// sessions of links, codes that are on their way, and browsers that signed in by a code. `but`: the
// session of whoever changed it themselves.
void forget_proofs(App& app, storage::Transaction& tx, const PatientId& patient,
                   const std::optional<SessionId>& but = std::nullopt);

// What every record has to keep, whoever brings it. Fails with `invalid` as create_patient does.
Result<void> check_patient_record(const PatientRecord& record, Instant now);

// Whether the call's decision reaches this record.
bool reaches_patient(const CallContext& ctx, storage::Snapshot& snapshot, const PatientId& id);

}  // namespace sealbook::app
