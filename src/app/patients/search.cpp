#include "app/patients/search.hpp"

#include <algorithm>

#include "app/patients/fill_directory.hpp"
#include "app/patients/index.hpp"
#include "app/patients/patients.hpp"
#include "app/sealing.hpp"

namespace sealbook::app {
namespace {

// Of those whose name fits, how many are looked at to find a provider's own among them.
constexpr std::size_t max_candidates = 500;

Result<void> ensure_one_question(const SearchPatients& search) {
  if (search.ids.size() > max_found) return fail(invalid_field("/ids", "max", "At most twenty people at once."));
  if (int{search.text.has_value()} + int{search.contact.has_value()} + int{search.identifier.has_value()} +
          int{!search.ids.empty()} == 1)
    return {};
  return fail(invalid_field("", "one_of", "Ask for text, for a contact, for an identifier or for ids: exactly one of them."));
}

Result<Lookups> lookups_of(const CallContext& ctx, const SearchPatients& search) {
  const auto keys = ctx.tenant->keys();
  if (search.contact) return contact_lookups(*keys, search.contact->reveal(), "/contact");
  return identifier_lookups(*keys, search.identifier->issuer.reveal(), search.identifier->value.reveal(),
                            "/identifier/value");
}

std::size_t candidate_limit(const CallContext& ctx) {
  if (ctx.principal.role == Role::patient) return ctx.tenant->people().size();  // one of them, wherever it stands
  return ctx.decision->only_own() ? max_candidates : max_found;
}

Result<std::vector<PatientId>> candidates(CallContext& ctx, const SearchPatients& search) {
  if (search.text) {
    ensure_filled(ctx.app, *ctx.tenant);
    return ctx.tenant->people().search(search.text->reveal(), candidate_limit(ctx));
  }
  if (!search.ids.empty()) return search.ids;
  TRY(lookups, lookups_of(ctx, search));
  std::vector<PatientId> ids;
  ctx.app.store.read(ctx.store_ref(), [&](storage::Snapshot& snapshot) {
    for (const auto& lookup : lookups)
      for (const PatientId& id : storage::patients::find_by_index(snapshot, lookup)) ids.push_back(id);
  });
  std::ranges::sort(ids);
  const auto twice = std::ranges::unique(ids);
  ids.erase(twice.begin(), twice.end());
  return ids;
}

// The rows within reach, in the order of the candidates.
std::vector<storage::PatientRow> rows_within_reach(CallContext& ctx, const std::vector<PatientId>& ids) {
  std::vector<storage::PatientRow> rows;
  ctx.app.store.read(ctx.store_ref(), [&](storage::Snapshot& snapshot) {
    for (const PatientId& id : ids) {
      if (rows.size() == max_found) break;
      if (!reaches_patient(ctx, snapshot, id)) continue;
      if (auto row = storage::patients::find(snapshot, id)) rows.push_back(std::move(*row));
    }
  });
  return rows;
}

std::optional<SensitiveText> phone_tail(const PatientRecord& record) {
  for (const Contact& contact : record.contacts) {
    if (contact.kind != ContactKind::phone || !contact.safe) continue;
    std::string digits;
    for (const char c : contact.value.reveal())
      if (c >= '0' && c <= '9') digits += c;
    if (digits.size() >= 4) return SensitiveText(digits.substr(digits.size() - 4));
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<FoundPatient>> search_patients(CallContext& ctx, const SearchPatients& search) {
  ENSURE(ensure_one_question(search));
  TRY(ids, candidates(ctx, search));
  std::vector<FoundPatient> found;
  for (const storage::PatientRow& row : rows_within_reach(ctx, ids)) {
    const auto key = ctx.app.keyring.person_key(ctx.tenant->id(), row.key);
    if (!key && key.error().code == ErrorCode::not_found) continue;  // the key was destroyed: nobody is here
    if (!key) return fail(key.error());
    TRY(record, open_patient(ctx.app, ctx.tenant->id(), **key, row, false));
    auto tail = phone_tail(record);
    found.push_back({row.id, std::move(record.name), record.birth_date, std::move(tail)});
  }
  audit::AuditEntry& entry = ctx.note(AuditAction::patient_searched, audit::ResourceKind::patient, RawId{});
  for (const FoundPatient& patient : found) entry.subjects.push_back(patient.id);
  entry.rows = static_cast<std::uint32_t>(found.size());
  return found;
}

}  // namespace sealbook::app
