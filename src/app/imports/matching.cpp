#include "app/imports/matching.hpp"

#include <cstring>
#include <set>

#include "app/patients/patient_directory.hpp"
#include "app/sealing.hpp"
#include "storage/tables/links.hpp"

namespace sealbook::app::imports {
namespace {

using storage::ExternalRef;
using storage::PatientIndexKind;
using storage::PatientIndexRow;

// Values are keyed hashes already: their first bytes, told apart by kind.
std::uint64_t hash_of(const std::array<std::uint8_t, 16>& value, std::uint64_t kind) {
  std::uint64_t hash = 0;
  std::memcpy(&hash, value.data(), sizeof hash);
  hash ^= kind * 0x9E3779B97F4A7C15ULL;
  return hash == 0 ? 1 : hash;
}

std::uint64_t with_birth_date(std::uint64_t hash, const PatientRecord& record) {
  const auto days = std::chrono::sys_days(record.birth_date.reveal()).time_since_epoch().count();
  return hash ^ (static_cast<std::uint64_t>(days) * 0xBF58476D1CE4E5B9ULL);
}

SameBy reason(PatientIndexKind kind) {
  if (kind == PatientIndexKind::person) return SameBy::name;
  return kind == PatientIndexKind::identifier ? SameBy::identifier : SameBy::contact;
}

bool is_contact(PatientIndexKind kind) {
  return kind == PatientIndexKind::email || kind == PatientIndexKind::phone;
}

// What to look for of each candidate, and whose it is.
struct Question {
  std::size_t candidate;
  PatientIndexKind kind;
};

// The records that share a contact with a candidate and whose birth date is not known yet. A
// contact that very many share (a home's, a school's) tells nobody apart: its bearers are dropped.
std::vector<storage::PatientRow> rows_to_compare(storage::Snapshot& snapshot,
                                                 const std::vector<Question>& questions,
                                                 std::vector<std::vector<PatientId>>& bearers,
                                                 const KnownBirths& births) {
  std::set<PatientId> wanted;
  for (std::size_t i = 0; i < bearers.size(); ++i) {
    if (!is_contact(questions[i].kind)) continue;
    if (bearers[i].size() > storage::imports::most_bearers) bearers[i].clear();
    for (const PatientId& id : bearers[i])
      if (!births.knows(id)) wanted.insert(id);
  }
  std::vector<storage::PatientRow> rows;
  for (const PatientId& id : wanted)
    if (auto row = storage::patients::find(snapshot, id)) rows.push_back(std::move(*row));
  return rows;
}

Result<void> open_births(App& app, const Tenant& tenant, std::span<const storage::PatientRow> rows,
                         KnownBirths& births) {
  for (const storage::PatientRow& row : rows) {
    const auto key = app.keyring.person_key(tenant.id(), row.key);
    if (!key && key.error().code == ErrorCode::not_found) continue;  // erased
    if (!key) return fail(key.error());
    TRY(record, open_patient(app, tenant.id(), **key, row, false));
    births.put(*tenant.keys(), row.id, record);
  }
  return {};
}

std::vector<PatientId> all_of(const std::vector<std::vector<PatientId>>& bearers) {
  std::set<PatientId> all;
  for (const auto& some : bearers) all.insert(some.begin(), some.end());
  return {all.begin(), all.end()};
}

// How much it says that a record shares something with the row.
enum class Weight { nobody, likeness, strong };

// Takes one more record that shares something with the row into account. Two who could be meant
// are nobody for sure; a likeness is looked at last.
void weigh(Match& match, Proposal proposal, Weight weight) {
  if (weight == Weight::nobody) {
    if (!match.noted) match.noted = std::move(proposal);
    return;
  }
  if (match.here && match.here->why == SameBy::external_id) return;
  if (weight == Weight::likeness) {
    if (!match.here) match.here = std::move(proposal);
  } else if (!match.is_strong) {
    match.here = std::move(proposal);
    match.is_strong = match.is_sure = true;
  } else if (match.here->patient != proposal.patient) {
    match.is_sure = false;
  }
}

// Of those who share something with a row that has an old id, who has another of the same source.
using Pair = std::pair<std::size_t, PatientId>;
std::set<Pair> others_by_old_id(App& app, Tenant& tenant, std::string_view source,
                                std::span<const Candidate> candidates,
                                const std::vector<Question>& questions,
                                const std::vector<std::vector<PatientId>>& bearers,
                                const std::vector<Match>& found) {
  std::set<Pair> others;
  std::vector<Pair> asked;
  std::vector<ExternalRef> refs;
  for (std::size_t i = 0; i < bearers.size(); ++i) {
    const std::size_t candidate = questions[i].candidate;
    // Who is known by this old id has been found, and nothing else is looked at then.
    if (candidates[candidate].old_ids.empty() || found[candidate].here) continue;
    for (const PatientId& id : bearers[i])
      for (const ExternalRef& ref : source_refs(*tenant.keys(), source, id)) {
        asked.emplace_back(candidate, id);
        refs.push_back(ref);
      }
  }
  if (refs.empty()) return others;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) {
    const auto known = storage::external_refs::find(s, refs);
    for (std::size_t i = 0; i < known.size(); ++i)
      if (known[i]) others.insert(asked[i]);
  });
  return others;
}

// Folded given names in eight bytes.
std::uint64_t given_of(const PatientRecord& record) {
  std::string all;
  for (const SensitiveText& given : record.name.given) all += fold(given.reveal());
  std::erase(all, ' ');
  return all.empty() ? 0 : std::hash<std::string>{}(all) | 1;
}

// The rows of both generations for one record.
Result<std::vector<PatientIndexRow>> lookups_of(const keys::TenantKeys& keys,
                                                const PatientRecord& record) {
  std::vector<PatientIndexRow> all;
  if (!(record.name == HumanName{})) all = person_lookups(keys, record);
  const auto add = [&](const Lookups& more) { all.insert(all.end(), more.begin(), more.end()); };
  for (const Contact& contact : record.contacts) {
    if (contact.kind == ContactKind::address) continue;
    TRY(rows, contact_lookups(keys, contact.value.reveal(), "/contact"));
    add(rows);
  }
  for (const Identifier& identifier : record.identifiers) {
    TRY(rows, identifier_lookups(keys, identifier.issuer.reveal(), identifier.value.reveal(),
                                 "/identifier"));
    add(rows);
  }
  return all;
}

}  // namespace

std::vector<ExternalRef> old_id_refs(const keys::TenantKeys& keys, storage::ExternalRefKind kind,
                                     std::string_view source, const SensitiveText& old_id) {
  std::vector<ExternalRef> refs;
  const auto normal = keys::normalise_identifier(source, old_id.reveal());
  if (!normal) return refs;
  for (const keys::BlindIndex& index :
       keys.blind_index().lookups<"external_refs.old_id">(*normal).all())
    refs.push_back({kind, index.value, index.generation});
  return refs;
}

std::vector<ExternalRef> source_refs(const keys::TenantKeys& keys, std::string_view source,
                                     const PatientId& id) {
  return old_id_refs(keys, storage::ExternalRefKind::patient_source, source,
                     SensitiveText(id.text()));
}

SeenRows::Slot SeenRows::find(std::uint64_t hash) const {
  for (std::size_t i = hash % slots_.size();; i = (i + 1) % slots_.size())
    if (slots_[i].line == 0 || slots_[i].hash == hash) return slots_[i];
}

void SeenRows::insert(Slot slot) {
  if ((used_ + 1) * 3 > slots_.size() * 2) grow();
  std::size_t i = slot.hash % slots_.size();
  while (slots_[i].line != 0) i = (i + 1) % slots_.size();
  slots_[i] = slot;
  ++used_;
}

void SeenRows::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  used_ = 0;
  for (const Slot& slot : old)
    if (slot.line != 0) insert(slot);
}

SeenRows::Seen SeenRows::see(const importing::ImportedPerson& person,
                             std::span<const PatientIndexRow> index,
                             const std::optional<ExternalRef>& old_id) {
  std::vector<std::pair<std::uint64_t, SameBy>> hashes;
  if (old_id) hashes.emplace_back(hash_of(old_id->value, 16), SameBy::external_id);
  for (const PatientIndexRow& row : index) {
    std::uint64_t hash = hash_of(row.value, static_cast<std::uint64_t>(row.kind));
    if (is_contact(row.kind)) hash = with_birth_date(hash, person.record);
    hashes.emplace_back(hash, reason(row.kind));
  }
  Seen seen;
  for (const auto& [hash, why] : hashes) {
    const Slot slot = find(hash);
    if (slot.line == 0) continue;
    const Proposal proposal{person.line, why, slot.line, std::nullopt, std::nullopt};
    // One with the same old id was found by it.
    const bool is_another = why != SameBy::external_id && old_id && slot.has_old_id;
    if (!is_another) return {proposal, std::nullopt};
    if (!seen.noted) seen.noted = proposal;
  }
  for (const auto& [hash, why] : hashes)
    if (find(hash).line == 0) insert({hash, person.line, old_id.has_value()});
  return seen;
}

std::optional<Proposal> SeenRows::see_visit(std::int64_t line, const ExternalRef& old_id) {
  const std::uint64_t hash = hash_of(old_id.value, 32);
  if (const std::int64_t other = find(hash).line; other != 0)
    return Proposal{line, SameBy::external_id, other, std::nullopt, std::nullopt};
  insert({hash, line, true});
  return std::nullopt;
}

void KnownBirths::make_room(std::size_t more) {
  if (known_.size() + more > most_known) known_.clear();
}

void KnownBirths::put(const keys::TenantKeys& keys, const PatientId& id,
                      const PatientRecord& record) {
  Known known{record.birth_date, given_of(record), {}};
  for (const Contact& contact : record.contacts) {
    if (contact.verified || !contact.typed_by_patient) continue;
    if (contact.kind == ContactKind::address) continue;
    if (const auto rows = contact_lookups(keys, contact.value.reveal(), "/contact"))
      known.unproven.insert(known.unproven.end(), rows->begin(), rows->end());
  }
  known_.insert_or_assign(id, std::move(known));
}

bool KnownBirths::is_same_day(const PatientId& id, const PatientRecord& record) const {
  const auto found = known_.find(id);
  return found != known_.end() && found->second.day == record.birth_date;
}

bool KnownBirths::is_same_given(const PatientId& id, const PatientRecord& record) const {
  const auto found = known_.find(id);
  return found != known_.end() && found->second.given != 0 &&
         found->second.given == given_of(record);
}

bool KnownBirths::is_unproven(const PatientId& id, const PatientIndexRow& contact) const {
  const auto found = known_.find(id);
  return found != known_.end() &&
         std::ranges::any_of(found->second.unproven, [&](const PatientIndexRow& row) {
           return row.kind == contact.kind && row.value == contact.value;
         });
}

Result<std::vector<Match>> find_in_store(App& app, Tenant& tenant, std::string_view source,
                                         std::span<const Candidate> candidates,
                                         KnownBirths& births) {
  std::vector<PatientIndexRow> values;
  std::vector<Question> questions;
  std::vector<ExternalRef> refs;
  std::vector<std::size_t> ref_owners;
  const auto keys = tenant.keys();
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    TRY(rows, lookups_of(*keys, candidates[i].person.record));
    for (const PatientIndexRow& row : rows) {
      values.push_back(row);
      questions.push_back({i, row.kind});
    }
    for (const ExternalRef& ref : candidates[i].old_ids) {
      refs.push_back(ref);
      ref_owners.push_back(i);
    }
  }
  std::vector<std::vector<PatientId>> bearers;
  std::vector<std::optional<RawId>> known;
  std::vector<storage::PatientRow> unread;
  std::set<PatientId> strangers;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) {
    bearers = storage::imports::find_people(s, values);
    if (!refs.empty()) known = storage::external_refs::find(s, refs);
    unread = rows_to_compare(s, questions, bearers, births);
    strangers = storage::public_visitors::registered_themselves(s, all_of(bearers));
  });
  ENSURE(open_births(app, tenant, unread, births));
  std::vector<Match> found(candidates.size());
  for (std::size_t i = 0; i < known.size(); ++i)
    if (known[i])
      found[ref_owners[i]] = {Proposal{candidates[ref_owners[i]].person.line, SameBy::external_id,
                                       0, PatientId::from_raw(*known[i]), std::nullopt},
                              true, true, std::nullopt};
  const auto others = others_by_old_id(app, tenant, source, candidates, questions, bearers, found);
  for (std::size_t i = 0; i < bearers.size(); ++i) {
    const std::size_t candidate = questions[i].candidate;
    const auto& person = candidates[candidate].person;
    const SameBy why = reason(questions[i].kind);
    for (const PatientId& id : bearers[i]) {
      Weight weight = why == SameBy::name ? Weight::likeness : Weight::strong;
      if (why == SameBy::contact) {
        if (!births.is_same_day(id, person.record)) continue;
        if (!births.is_same_given(id, person.record)) weight = Weight::likeness;
        if (births.is_unproven(id, values[i])) weight = Weight::nobody;
      }
      if (strangers.contains(id) || others.contains({candidate, id})) weight = Weight::nobody;
      weigh(found[candidate], {person.line, why, 0, id, std::nullopt}, weight);
    }
  }
  return found;
}

}  // namespace sealbook::app::imports
