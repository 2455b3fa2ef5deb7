#include "app/imports/matching.hpp"

#include <cstring>
#include <set>

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

// The records that share a contact with a candidate and whose birth date is not known yet. A contact
// that very many share (a home's, a school's) tells nobody apart: its bearers are dropped.
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
    births.put(row.id, record.birth_date);
  }
  return {};
}

std::vector<PatientId> all_of(const std::vector<std::vector<PatientId>>& bearers) {
  std::set<PatientId> all;
  for (const auto& some : bearers) all.insert(some.begin(), some.end());
  return {all.begin(), all.end()};
}

// Takes one more record that shares something with the row into account. Two who could be meant
// are nobody for sure; a name is looked at last.
void weigh(Match& match, Proposal proposal, bool is_stranger) {
  if (is_stranger) {
    if (!match.noted) match.noted = std::move(proposal);
    return;
  }
  if (match.here && match.here->why == SameBy::external_id) return;
  const bool is_first = !match.here || match.here->why == SameBy::name;
  if (proposal.why == SameBy::name) {
    if (!match.here) match.here = std::move(proposal);
  } else if (is_first) {
    match.here = std::move(proposal);
    match.is_sure = true;
  } else if (match.here->patient != proposal.patient) {
    match.is_sure = false;
  }
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

std::int64_t SeenRows::find(std::uint64_t hash) const {
  for (std::size_t i = hash % slots_.size();; i = (i + 1) % slots_.size()) {
    if (slots_[i].line == 0) return 0;
    if (slots_[i].hash == hash) return slots_[i].line;
  }
}

void SeenRows::insert(std::uint64_t hash, std::int64_t line) {
  if ((used_ + 1) * 3 > slots_.size() * 2) grow();
  std::size_t i = hash % slots_.size();
  while (slots_[i].line != 0) i = (i + 1) % slots_.size();
  slots_[i] = {hash, line};
  ++used_;
}

void SeenRows::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  used_ = 0;
  for (const Slot& slot : old)
    if (slot.line != 0) insert(slot.hash, slot.line);
}

std::optional<Proposal> SeenRows::see(const importing::ImportedPerson& person,
                                      std::span<const PatientIndexRow> index,
                                      const std::optional<ExternalRef>& old_id) {
  std::vector<std::pair<std::uint64_t, SameBy>> hashes;
  if (old_id) hashes.emplace_back(hash_of(old_id->value, 16), SameBy::external_id);
  for (const PatientIndexRow& row : index) {
    std::uint64_t hash = hash_of(row.value, static_cast<std::uint64_t>(row.kind));
    if (is_contact(row.kind)) hash = with_birth_date(hash, person.record);
    hashes.emplace_back(hash, reason(row.kind));
  }
  for (const auto& [hash, why] : hashes)
    if (const std::int64_t line = find(hash); line != 0)
      return Proposal{person.line, why, line, std::nullopt, std::nullopt};
  for (const auto& [hash, why] : hashes)
    if (find(hash) == 0) insert(hash, person.line);
  return std::nullopt;
}

std::optional<Proposal> SeenRows::see_visit(std::int64_t line, const ExternalRef& old_id) {
  const std::uint64_t hash = hash_of(old_id.value, 32);
  if (const std::int64_t other = find(hash); other != 0)
    return Proposal{line, SameBy::external_id, other, std::nullopt, std::nullopt};
  insert(hash, line);
  return std::nullopt;
}

void KnownBirths::make_room(std::size_t more) {
  if (dates_.size() + more > most_known) dates_.clear();
}

void KnownBirths::put(const PatientId& id, const BirthDate& date) { dates_.insert_or_assign(id, date); }

bool KnownBirths::is_same(const PatientId& id, const BirthDate& date) const {
  const auto found = dates_.find(id);
  return found != dates_.end() && found->second == date;
}

Result<std::vector<Match>> find_in_store(App& app, Tenant& tenant,
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
      found[ref_owners[i]] = {
          Proposal{candidates[ref_owners[i]].person.line, SameBy::external_id, 0,
                   PatientId::from_raw(*known[i]), std::nullopt},
          true, std::nullopt};
  for (std::size_t i = 0; i < bearers.size(); ++i) {
    const auto& person = candidates[questions[i].candidate].person;
    const SameBy why = reason(questions[i].kind);
    for (const PatientId& id : bearers[i]) {
      if (why == SameBy::contact && !births.is_same(id, person.record.birth_date)) continue;
      weigh(found[questions[i].candidate], {person.line, why, 0, id, std::nullopt},
            strangers.contains(id));
    }
  }
  return found;
}

}  // namespace sealbook::app::imports
