#include "app/patients/patients.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/patients/index.hpp"
#include "base/random.hpp"
#include "storage/tables/links.hpp"
#include "storage/tables/sessions.hpp"
#include "storage/tables/sign_in_codes.hpp"

namespace sealbook::app {
namespace {

using std::chrono::year_month_day;

constexpr year_month_day earliest_birth_date{std::chrono::year(1880), std::chrono::January, std::chrono::day(1)};

bool is_blank(const SensitiveText& text) {
  return std::ranges::all_of(text.reveal(), [](char c) { return c == ' '; });
}

Result<void> ensure_name(const HumanName& name) {
  constexpr const char* sentence = "A name is more than spaces.";
  if (is_blank(name.family)) return fail(invalid_field("/name/family", "length", sentence));
  for (std::size_t i = 0; i < name.given.size(); ++i)
    if (is_blank(name.given[i])) return fail(invalid_field("/name/given/" + std::to_string(i), "length", sentence));
  return {};
}

Result<void> ensure_birth_date(const Sensitive<year_month_day>& date, Instant now) {
  // Somewhere it is tomorrow already: dates are civil, and fourteen hours ahead is as far as it goes.
  const Instant latest = now + std::chrono::hours(14);
  const year_month_day today{std::chrono::sys_days(std::chrono::days(latest.seconds() / 86'400))};
  if (date.reveal() >= earliest_birth_date && date.reveal() <= today) return {};
  return fail(invalid_field("/birth_date", "range", "A birth date lies between 1880 and today."));
}

// Keeps what is in memory of a patient in step, in commit order.
void keep_after_commit(storage::Transaction& tx, App& app, const std::shared_ptr<Tenant>& tenant,
                       const storage::PatientRow& row, const PatientRecord& record) {
  tx.after_commit([&app, tenant, id = row.id, key = row.key, record] {
    app.patient_keys.put(tenant->id(), id, key);
    if (tenant->people().takes_changes()) tenant->people().put(id, record);
  });
}

Result<storage::PatientRow> row_within_reach(CallContext& ctx, const PatientId& id) {
  auto row = ctx.read([&](storage::Snapshot& snapshot) {
    auto found = storage::patients::find(snapshot, id);
    if (found && !reaches_patient(ctx, snapshot, found->id)) found.reset();
    return found;
  });
  if (!row) return unknown_row("patient");
  return std::move(*row);
}

bool names_more_than_contacts(const ChangePatient& c) {
  return c.name || c.birth_date || c.identifiers || c.language || c.needs || c.note;
}

// A contact that stays as it was is still as verified as it was, and whose word it was.
void keep_standing(const std::vector<Contact>& before, std::vector<Contact>& after,
                   bool by_patient) {
  for (Contact& contact : after) {
    const auto old = std::ranges::find_if(before, [&](const Contact& c) {
      return c.kind == contact.kind && c.value == contact.value;
    });
    contact.verified = old != before.end() && old->verified;
    contact.typed_by_patient = old == before.end() ? by_patient : old->typed_by_patient;
  }
}

void set_or_clear(const std::optional<SensitiveText>& from, std::optional<SensitiveText>& to) {
  if (!from) return;
  if (from->reveal().empty()) to.reset();
  else to = from;
}

void apply(const ChangePatient& command, bool by_patient, PatientRecord& record) {
  if (command.name) record.name = *command.name;
  if (command.birth_date) record.birth_date = *command.birth_date;
  if (command.contacts) {
    std::vector<Contact> contacts = *command.contacts;
    keep_standing(record.contacts, contacts, by_patient);
    record.contacts = std::move(contacts);
  }
  if (command.identifiers) record.identifiers = *command.identifiers;
  set_or_clear(command.language, record.language);
  set_or_clear(command.needs, record.needs);
  set_or_clear(command.note, record.note);
}

}  // namespace

Result<void> check_patient_record(const PatientRecord& record, Instant now) {
  ENSURE(ensure_name(record.name));
  return ensure_birth_date(record.birth_date, now);
}

bool reaches_patient(const CallContext& ctx, storage::Snapshot& snapshot, const PatientId& id) {
  if (!ctx.decision) return false;
  if (!ctx.decision->only_own()) return true;
  if (ctx.principal.role == Role::patient) return ctx.principal.patient && *ctx.principal.patient == id;
  return ctx.principal.practitioner && storage::patients::has_visit_with(snapshot, id, *ctx.principal.practitioner);
}

Result<void> ensure_registrable(const keys::TenantKeys& keys, const PatientRecord& record, Instant now) {
  ENSURE(check_patient_record(record, now));
  ENSURE(index_of(keys, record));
  return {};
}

Result<Work<SeenPatient>> create_patient(CallContext& ctx, const PatientRecord& record) {
  ENSURE(check_patient_record(record, ctx.now));
  TRY(index, index_of(*ctx.tenant->keys(), record));
  TRY(key, ctx.app.keyring.take_person_key(ctx.tenant->id()));
  storage::PatientRow row;
  row.id = new_id<PatientId>();
  row.key = key->id();
  row.created = ctx.now;
  seal_patient(ctx.app, ctx.tenant->id(), *key, record, row);
  note_change(ctx, AuditAction::patient_created, audit::ResourceKind::patient, row.id.raw(), 0, 1).subjects = {row.id};
  return Work<SeenPatient>([&app = ctx.app, tenant = ctx.tenant, row = std::move(row), index = std::move(index),
                            record](storage::Transaction& tx) {
    storage::patients::insert(tx, row, index);
    keep_after_commit(tx, app, tenant, row, record);
    return Result<SeenPatient>(SeenPatient{row.id, row.version, record});
  });
}

Result<SeenPatient> read_patient(CallContext& ctx, const PatientId& id) {
  TRY(row, row_within_reach(ctx, id));
  TRY(key, ctx.app.keyring.person_key(ctx.tenant->id(), row.key));
  TRY(record, open_patient(ctx.app, ctx.tenant->id(), *key, row, ctx.decision->may_see_notes()));
  audit::AuditEntry& entry = ctx.note(AuditAction::patient_viewed, audit::ResourceKind::patient, row.id.raw());
  entry.subjects = {row.id};
  entry.rows = 1;
  return SeenPatient{row.id, row.version, std::move(record)};
}

namespace {

using Index = std::vector<storage::PatientIndexRow>;

// The addresses that may be used; an address without a normal form counts as lost.
std::optional<Index> mailboxes_of(const keys::TenantKeys& keys, const PatientRecord& record) {
  PatientRecord safe;
  for (const Contact& contact : record.contacts)
    if (contact.kind == ContactKind::email && contact.safe) safe.contacts.push_back(contact);
  auto index = index_of(keys, safe);
  if (!index) return std::nullopt;
  std::erase_if(*index, [](const auto& row) { return row.kind != storage::PatientIndexKind::email; });
  return std::move(*index);
}

bool lost_mailbox(const std::optional<Index>& before, const std::optional<Index>& after) {
  if (!before || !after) return true;
  return std::ranges::any_of(*before, [&](const storage::PatientIndexRow& had) {
    return std::ranges::none_of(*after, [&](const auto& has) { return has.value == had.value; });
  });
}

}  // namespace

void forget_proofs(App& app, storage::Transaction& tx, const PatientId& patient,
                   const std::optional<SessionId>& but) {
  storage::link_devices::remove_of_patient(tx, patient);
  storage::link_sessions::remove_of_patient(tx, patient);
  storage::link_codes::void_of_patient(tx, patient);
  const auto account = storage::sign_in_codes::find_account(tx, patient);
  if (!account) return;
  for (authn::Session& session : app.sessions.of_account(*account, tx.now())) {
    if (session.method != authn::SessionMethod::code || session.id == but) continue;
    storage::sessions::end(tx, session, tx.now());
    session.ended = tx.now();
    tx.after_commit([&app, session] { app.sessions.put(session); });
  }
}

Result<Work<SeenPatient>> change_patient(CallContext& ctx, const ChangePatient& command) {
  TRY(row, row_within_reach(ctx, command.id));
  if (ctx.decision->only_own() && names_more_than_contacts(command))
    return fail(ErrorCode::forbidden, "Patients change their contacts; ask the organisation for the rest.");
  ENSURE(check_if_match(ctx, row.version));
  ENSURE(ensure_changes_something({command.contacts.has_value(), names_more_than_contacts(command)}));
  TRY(key, ctx.app.keyring.person_key(ctx.tenant->id(), row.key));
  TRY(record, open_patient(ctx.app, ctx.tenant->id(), *key, row, true));
  const auto mailboxes_before = mailboxes_of(*ctx.tenant->keys(), record);
  apply(command, ctx.principal.role == Role::patient, record);
  ENSURE(check_patient_record(record, ctx.now));
  TRY(index, index_of(*ctx.tenant->keys(), record));
  const bool lost = lost_mailbox(mailboxes_before, mailboxes_of(*ctx.tenant->keys(), record));
  const auto own = ctx.session ? std::optional(ctx.session->id) : std::nullopt;
  const std::int64_t before = row.version++;
  seal_patient(ctx.app, ctx.tenant->id(), *key, record, row);
  note_change(ctx, AuditAction::patient_changed, audit::ResourceKind::patient, row.id.raw(), before, row.version)
      .subjects = {row.id};
  return Work<SeenPatient>([&app = ctx.app, tenant = ctx.tenant, row = std::move(row), index = std::move(index),
                            record = std::move(record),
                            named = ctx.if_match.has_value(),
                            lost, own](storage::Transaction& tx) -> Result<SeenPatient> {
    if (!storage::patients::replace(tx, row, index)) return moved_on(named);
    if (lost) forget_proofs(app, tx, row.id, own);
    keep_after_commit(tx, app, tenant, row, record);
    return SeenPatient{row.id, row.version, record};
  });
}

}  // namespace sealbook::app
