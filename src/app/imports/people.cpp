#include <algorithm>

#include "app/imports/job.hpp"
#include "app/imports/participants.hpp"
#include "app/imports/receiving.hpp"
#include "app/patients/patients.hpp"
#include "base/random.hpp"
#include "domain/import/fhir.hpp"

namespace sealbook::app::imports {
namespace {

using importing::ImportedPerson;
using importing::Problem;
using storage::ExternalRef;
using storage::ExternalRefKind;
using storage::PatientIndexRow;

// The place in the file of what an error's pointer names in the record ("/contacts/1/value").
Problem problem_at(const ImportedPerson& person, const Error& error) {
  const FieldError field =
      error.fields.empty() ? FieldError{"", "invalid", error.detail} : error.fields.front();
  Problem problem{person.line, 0, "", field.rule, field.detail};
  const auto place_in = [&](const std::vector<importing::Place>& places, std::string_view prefix) {
    if (!field.pointer.starts_with(prefix)) return;
    const auto index = static_cast<std::size_t>(std::atoi(field.pointer.c_str() + prefix.size()));
    if (index >= places.size()) return;
    problem.position = places[index].position;
    problem.column = places[index].column;
  };
  place_in(person.contact_places, "/contacts/");
  place_in(person.identifier_places, "/identifiers/");
  if (field.pointer == "/birth_date") {
    problem.position = person.birth_place.position;
    problem.column = person.birth_place.column;
  }
  if (problem.column.empty() && field.pointer.size() > 1) {
    problem.column = field.pointer.substr(1);
    std::ranges::replace(problem.column, '/', '.');
  }
  return problem;
}

// Takes out of the record what the error named, so that the next fault is found as well.
bool take_out(ImportedPerson& person, const Problem& problem) {
  const auto take = [&](auto& values, std::vector<importing::Place>& places) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (places[i].column != problem.column || places[i].position != problem.position) continue;
      values.erase(values.begin() + static_cast<std::ptrdiff_t>(i));
      places.erase(places.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
    return false;
  };
  return take(person.record.contacts, person.contact_places) ||
         take(person.record.identifiers, person.identifier_places);
}

class PeopleReceiver {
 public:
  PeopleReceiver(Receiving& receiving, const importing::ReadRules& rules)
      : receiving_(receiving), keys_(receiving.ctx().tenant->keys()) {
    chunk_.source = rules.source;
  }

  void take(ImportedPerson& person) {
    if (!outcome_) return;
    auto index = checked(person);
    if (!index) return;
    std::optional<ExternalRef> old_id;
    if (person.external_id) {
      const auto refs =
          old_id_refs(*keys_, ExternalRefKind::patient, chunk_.source, *person.external_id);
      if (!refs.empty()) old_id = refs.front();
    }
    const auto seen = receiving_.seen().see(person, *index, old_id);
    if (seen.same) return receiving_.propose(*seen.same);
    if (seen.noted) receiving_.report().propose(*seen.noted);
    chunk_.people.push_back(std::move(person));
    if (chunk_.people.size() == chunk_rows) flush();
  }
  void flush() {
    if (chunk_.people.empty() || !outcome_) return;
    outcome_ = receiving_.write_chunk(encode_people(chunk_));
    chunk_.people.clear();
  }
  const Result<void>& outcome() const { return outcome_; }

 private:
  // The blind index of a good record, or nothing: every fault has been told.
  std::optional<std::vector<PatientIndexRow>> checked(const ImportedPerson& person) {
    bool good = true;
    const auto tell = [&](const Error& error) {
      Problem problem = problem_at(person, error);
      receiving_.findings().add(problem);
      good = false;
      return problem;
    };
    if (const auto record = check_patient_record(person.record, receiving_.ctx().now); !record)
      tell(record.error());
    auto index = index_of(*keys_, person.record);
    ImportedPerson rest;
    if (!index) rest = person;
    while (!index) {
      const Problem problem = problem_at(rest, index.error());
      receiving_.findings().add(problem);
      good = false;
      if (!take_out(rest, problem)) break;
      index = index_of(*keys_, rest.record);
    }
    return good ? std::optional(std::move(*index)) : std::nullopt;
  }

  Receiving& receiving_;
  std::shared_ptr<const keys::TenantKeys> keys_;
  PeopleChunk chunk_;
  Result<void> outcome_;
};

// One person on the way into the store.
struct NewPerson {
  storage::PatientRow row;
  std::vector<PatientIndexRow> index;
  std::vector<ExternalRef> old_id;  // with what says whose it is; empty: none
  PatientRecord record;
};

Result<NewPerson> make_person(CallContext& ctx, const std::string& source, Candidate& candidate) {
  TRY(key, ctx.app.keyring.take_person_key(ctx.tenant->id()));
  NewPerson made;
  made.row.id = new_id<PatientId>();
  made.row.key = key->id();
  made.row.created = ctx.now;
  made.record = std::move(candidate.person.record);
  seal_patient(ctx.app, ctx.tenant->id(), *key, made.record, made.row);
  made.index = std::move(candidate.index);
  if (!candidate.old_ids.empty())
    made.old_id = {candidate.old_ids.front(),
                   source_refs(*ctx.tenant->keys(), source, made.row.id).front()};
  return made;
}

void note_created(CallContext& ctx, const PatientId& id, const ImportId& import) {
  auto& entry = ctx.note(AuditAction::patient_created, audit::ResourceKind::patient, id.raw());
  entry.second = {audit::ResourceKind::import, import.raw()};
  entry.subjects = {id};
  entry.version_after = 1;
}

// Those who are new and those who were here before, on the list of the event.
void note_joined(CallContext& ctx, const EventId& event, const std::vector<PatientId>& known,
                 const std::vector<NewPerson>& people) {
  if (known.empty() && people.empty()) return;
  auto& entry = ctx.note(AuditAction::event_joined, audit::ResourceKind::event, event.raw());
  entry.subjects = known;
  for (const NewPerson& person : people) entry.subjects.push_back(person.row.id);
  entry.rows = static_cast<std::uint32_t>(entry.subjects.size());
}

// What reading the file has said of the line already.
bool is_told(const ImportReport& report, std::int64_t line) {
  return std::ranges::find(report.proposals, line, &Proposal::line) != report.proposals.end();
}

Result<std::vector<Candidate>> candidates_of(const keys::TenantKeys& keys, PeopleChunk& chunk) {
  std::vector<Candidate> candidates;
  for (ImportedPerson& person : chunk.people) {
    TRY(index, index_of(keys, person.record));
    Candidate candidate{std::move(person), std::move(index), {}};
    if (candidate.person.external_id)
      candidate.old_ids =
          old_id_refs(keys, ExternalRefKind::patient, chunk.source, *candidate.person.external_id);
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

Result<void> record_people(const std::shared_ptr<Tenant>& tenant, storage::Transaction& tx,
                           const ImportId& import, const std::optional<EventId>& event,
                           const std::vector<NewPerson>& people,
                           std::vector<PatientId> participants) {
  std::vector<storage::external_refs::Target> old_ids;
  for (const NewPerson& person : people) {
    storage::patients::insert(tx, person.row, person.index);
    for (const ExternalRef& ref : person.old_id) old_ids.push_back({ref, person.row.id.raw()});
    participants.push_back(person.row.id);
  }
  // False: somebody else brought one of them in since they were looked for.
  if (!storage::external_refs::insert(tx, old_ids, import)) return fail(ErrorCode::stale_version);
  if (event && !participants.empty()) ENSURE(add_to_event(tx, *event, participants));
  if (!tenant->people().takes_changes()) return {};
  std::vector<std::pair<PatientId, PatientRecord>> kept;
  for (const NewPerson& person : people) kept.emplace_back(person.row.id, person.record);
  tx.after_commit([tenant, kept = std::move(kept)] {
    for (const auto& [id, record] : kept) tenant->people().put(id, record);
  });
  return {};
}

}  // namespace

Result<importing::FileFacts> receive_people(Receiving& receiving, const StartImport& command) {
  PeopleReceiver receiver(receiving, command.rules);
  const importing::PersonSink sink = [&](ImportedPerson& person) { receiver.take(person); };
  TRY(facts,
      command.format == Format::csv
          ? importing::read_people(command.source, command.rules, receiving.findings(), sink)
          : importing::read_fhir_people(command.source, command.rules, receiving.findings(), sink));
  receiver.flush();
  if (!receiver.outcome()) return std::unexpected(receiver.outcome().error());
  return facts;
}

Result<PreparedChunk> prepare_people(CallContext& ctx, const storage::ImportRow& import,
                                     ByteView body, ImportReport& report, KnownBirths& births) {
  TRY(chunk, decode_people(body));
  TRY(candidates, candidates_of(*ctx.tenant->keys(), chunk));
  births.make_room(candidates.size());
  TRY(matches, find_in_store(ctx.app, *ctx.tenant, chunk.source, candidates, births));
  PreparedChunk prepared;
  std::vector<NewPerson> people;
  std::vector<PatientId> participants;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Match& match = matches[i];
    const auto& told = match.here ? match.here : match.noted;
    if (told && !is_told(report, told->line)) {
      prepared.report_changed =
          prepared.report_changed || report.proposals.size() < ImportReport::most_proposals;
      report.propose(*told);
    }
    if (match.here) {
      ++prepared.counts.duplicates;
      if (match.is_sure) participants.push_back(*match.here->patient);
      continue;
    }
    ++prepared.counts.could_make;
    if (import.dry_run) continue;
    ++prepared.counts.made;
    TRY(person, make_person(ctx, chunk.source, candidates[i]));
    note_created(ctx, person.row.id, import.id);
    births.put(*ctx.tenant->keys(), person.row.id, person.record);
    people.push_back(std::move(person));
  }
  if (import.dry_run) participants.clear();
  if (import.event) note_joined(ctx, *import.event, participants, people);
  prepared.entries = std::move(ctx.entries);
  ctx.entries.clear();
  prepared.record = [tenant = ctx.tenant, import_id = import.id, event = import.event,
                     people = std::move(people),
                     participants = std::move(participants)](storage::Transaction& tx) {
    return record_people(tenant, tx, import_id, event, people, participants);
  };
  return prepared;
}

}  // namespace sealbook::app::imports
