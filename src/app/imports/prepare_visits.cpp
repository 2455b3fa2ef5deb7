#include <algorithm>

#include "app/booking/visit.hpp"
#include "app/imports/job.hpp"
#include "app/imports/matching.hpp"
#include "app/imports/visits.hpp"
#include "app/sealing.hpp"
#include "base/random.hpp"

namespace sealbook::app::imports {
namespace {

using importing::PersonReference;
using importing::Problem;
using storage::ExternalRef;
using storage::ExternalRefKind;

// Everything that may be disregarded for a visit that was booked elsewhere.
constexpr std::uint8_t kept_whatever = 7;

struct NewVisit {
  std::int64_t line = 0;
  ResolvedVisit visit;
  ExternalRef old_id;
  AppointmentRow row;
  Offer offer;
  std::shared_ptr<const scheduling::CompiledService> service;
};

// The service with that visit's own length and without buffers.
class Services {
 public:
  explicit Services(const CallContext& ctx)
      : organisation_(ctx.tenant->organisation()), now_(ctx.now) {}
  std::shared_ptr<const scheduling::CompiledService> find(const ServiceId& id,
                                                          std::int64_t minutes) {
    auto& known = compiled_[{id, minutes}];
    if (known) return known;
    const ServiceEntry* entry = organisation_->find_service(id);
    if (entry == nullptr) return nullptr;
    scheduling::Service rules = entry->rules;
    rules.duration = Minutes(minutes);
    rules.buffer_before = rules.buffer_after = Minutes(0);
    known = organisation_->compiled_with(rules, now_);
    return known;
  }

 private:
  std::shared_ptr<const Organisation> organisation_;
  Instant now_;
  std::map<std::pair<ServiceId, std::int64_t>, std::shared_ptr<const scheduling::CompiledService>>
      compiled_;
};

struct FoundPerson {
  std::optional<PatientId> patient;
  std::string_view rule = "unknown",
                   detail = "Nobody here is meant by what the row tells of the person.";
};

// Only what is the person's alone decides: an old id, an identifier, a contact with the birth date
// and the given name.
Result<FoundPerson> find_person(CallContext& ctx, const std::string& source,
                                const PersonReference& person, KnownBirths& births) {
  Candidate candidate;
  PatientRecord& record = candidate.person.record;
  if (person.external_id)
    candidate.old_ids =
        old_id_refs(*ctx.tenant->keys(), ExternalRefKind::patient, source, *person.external_id);
  if (person.identifier) record.identifiers.push_back(*person.identifier);
  if (person.birth_date) {
    record.birth_date = *person.birth_date;
    if (person.name) record.name = *person.name;
    if (person.email) {
      record.contacts.emplace_back();
      record.contacts.back().kind = ContactKind::email;
      record.contacts.back().value = *person.email;
    }
  }
  births.make_room(1);
  auto matches = find_in_store(ctx.app, *ctx.tenant, source, {&candidate, 1}, births);
  if (!matches && matches.error().code == ErrorCode::invalid)
    return FoundPerson{std::nullopt, "format", "What tells of the person cannot be looked up."};
  if (!matches) return fail(std::move(matches).error());
  const Match& match = matches->front();
  if (match.is_sure) return FoundPerson{match.here->patient};
  if (!match.here) return FoundPerson{};
  if (match.here->why == SameBy::name)
    return FoundPerson{std::nullopt, "unsure",
                       "Somebody here has that name and birth date; give an old id, an identifier "
                       "or an e-mail address as well."};
  if (!match.is_strong)
    return FoundPerson{std::nullopt, "unsure",
                       "Somebody here has that address and birth date and perhaps another given "
                       "name; give the given name, an old id or an identifier as well."};
  return FoundPerson{std::nullopt, "ambiguous", "Several people here could be meant."};
}

class VisitPreparer {
 public:
  VisitPreparer(CallContext& ctx, const storage::ImportRow& import, std::string source,
                ImportReport& report, Rehearsal& rehearsal)
      : ctx_(ctx),
        import_(import),
        source_(std::move(source)),
        report_(report),
        rehearsal_(rehearsal),
        services_(ctx) {}

  Result<void> take(ResolvedVisit& visit) {
    counts_of(visit).old += 0;
    const auto refs =
        old_id_refs(*ctx_.tenant->keys(), ExternalRefKind::appointment, source_, visit.old.old_id);
    if (refs.empty())
      return refuse(visit, "old_id", "format", "The old id has no form that can be looked up.");
    for (const auto& known :
         ctx_.read([&](storage::Snapshot& s) { return storage::external_refs::find(s, refs); }))
      if (known) return already(visit, AppointmentId::from_raw(*known));
    TRY(person, find_person(ctx_, source_, visit.old.person, births_));
    if (!person.patient) return refuse(visit, "patient", person.rule, person.detail);
    NewVisit made;
    made.line = visit.old.line;
    made.old_id = refs.front();
    made.service = services_.find(visit.service, visit.old.minutes);
    if (!made.service)
      return refuse(visit, "service", "unknown", "The service is no longer given.");
    offer(visit, made.offer);
    const auto placed = try_place(made);
    if (!placed) return refuse_as(visit, placed.error());
    ENSURE(fill_row(visit, *person.patient, made.row));
    ++prepared_.counts.could_make;
    ++counts_of(visit).imported;
    if (import_.dry_run) {
      rehearse(placed->verdict);
      return {};
    }
    note(made.row);
    made.visit = std::move(visit);
    visits_.push_back(std::move(made));
    return {};
  }

  PreparedChunk finish();

 private:
  SheetCounts& counts_of(const ResolvedVisit& visit) {
    prepared_.report_changed = true;
    return report_.sheet[{sheet_key(visit.practitioner), visit.day}];
  }
  Result<void> refuse(const ResolvedVisit& visit, std::string_view column, std::string_view rule,
                      std::string_view detail) {
    ++prepared_.counts.problems;
    ++counts_of(visit).refused;
    report_.refuse(
        {visit.old.line, 0, std::string(column), std::string(rule), std::string(detail)});
    return {};
  }
  Result<void> refuse_as(const ResolvedVisit& visit, const Error& error) {
    if (error.fields.empty()) return refuse(visit, "", "refused", error.detail);
    return refuse(visit, error.fields.front().pointer.substr(1), error.fields.front().rule,
                  error.fields.front().detail);
  }
  Result<void> already(const ResolvedVisit& visit, const AppointmentId& id) {
    ++prepared_.counts.duplicates;
    ++counts_of(visit).already;
    report_.propose({visit.old.line, SameBy::external_id, 0, std::nullopt, id});
    return {};
  }

  void offer(const ResolvedVisit& visit, Offer& offer) const {
    offer.service = visit.service;
    offer.location = visit.location;
    offer.starts = visit.starts;
    offer.duration_minutes = static_cast<std::int32_t>(visit.old.minutes);
    offer.audience = scheduling::Audience::staff;
    offer.flags = scheduling::Flags::from_bits(kept_whatever);
    if (visit.practitioner) offer.named = {*visit.practitioner};
  }
  // Only what no override can mend stops a visit here: a place or practitioner without the service.
  Result<Placement> try_place(const NewVisit& made) {
    return ctx_.read([&](storage::Snapshot& s) {
      return place(ctx_.app, s, {*made.service, made.offer, {}, {}, &rehearsal_});
    });
  }
  void rehearse(const scheduling::Verdict& verdict) {
    if (verdict.flags.has(scheduling::Flag::overlap)) ++prepared_.counts.flagged;
    for (const scheduling::ClaimPlan& plan : verdict.claims)
      rehearsal_[plan.resource].push_back(
          {new_id<ClaimId>(), plan.resource, plan.lane, plan.when, {}});
  }
  Result<void> fill_row(const ResolvedVisit& visit, const PatientId& patient, AppointmentRow& row) {
    row.id = new_id<AppointmentId>();
    row.patient = patient;
    row.service = visit.service;
    row.service_version = ctx_.tenant->organisation()->find_service(visit.service)->rules.version;
    row.reason = static_cast<std::int64_t>(scheduling::OverrideReason::late_entry) + 1;
    row.initiator = static_cast<std::int64_t>(scheduling::Initiator::clinic);
    if (!visit.old.note || import_.dry_run) return {};
    TRY(key, key_of_patient(ctx_.app, *ctx_.tenant, patient));
    row.sealed = seal_note(ctx_.app, ctx_.tenant->id(), *key, row.id, patient, 1, *visit.old.note);
    return {};
  }
  void note(const AppointmentRow& row) {
    auto& entry = ctx_.note(AuditAction::appointment_imported, audit::ResourceKind::appointment,
                            row.id.raw());
    entry.second = {audit::ResourceKind::import, import_.id.raw()};
    entry.subjects = {row.patient};
    entry.version_after = 1;
  }

  CallContext& ctx_;
  const storage::ImportRow& import_;
  std::string source_;
  ImportReport& report_;
  Rehearsal& rehearsal_;
  Services services_;
  KnownBirths births_;
  PreparedChunk prepared_;
  std::vector<NewVisit> visits_;
};

// Anything that has changed since it was prepared makes the chunk be prepared again.
Result<AppointmentId> record_visit(App& app, const Organisation& organisation,
                                   storage::Transaction& tx, const NewVisit& visit,
                                   storage::ImportCounts& counts) {
  const auto placement = place(app, tx, {*visit.service, visit.offer, {}});
  if (!placement) return fail(ErrorCode::stale_version);
  const auto claims = occupy(app, tx, *placement, storage::ClaimKind::appointment,
                             visit.row.id.raw(), std::nullopt);
  if (!claims) return fail(ErrorCode::stale_version);
  AppointmentRow row = visit.row;
  row.created = tx.now();
  take_placement(row, *placement, *claims, organisation);
  if (scheduling::Flags::from_bits(static_cast<std::uint8_t>(row.flags))
          .has(scheduling::Flag::overlap))
    ++counts.flagged;
  row.flags |= storage::imported_flag;
  storage::appointments::insert(tx, row);
  ++counts.made;
  return row.id;
}

PreparedChunk VisitPreparer::finish() {
  prepared_.entries = std::move(ctx_.entries);
  ctx_.entries.clear();
  prepared_.record = [&app = ctx_.app, organisation = ctx_.tenant->organisation(),
                      import = import_.id,
                      visits = std::make_shared<std::vector<NewVisit>>(std::move(visits_)),
                      late = prepared_.late](storage::Transaction& tx) -> Result<void> {
    std::vector<storage::external_refs::Target> old_ids;
    for (const NewVisit& visit : *visits) {
      TRY(id, record_visit(app, *organisation, tx, visit, *late));
      old_ids.push_back({visit.old_id, id.raw()});
    }
    if (!storage::external_refs::insert(tx, old_ids, import)) return fail(ErrorCode::stale_version);
    return {};
  };
  return std::move(prepared_);
}

}  // namespace

Result<PreparedChunk> prepare_visits(CallContext& ctx, const storage::ImportRow& import,
                                     ByteView body, ImportReport& report, Rehearsal& rehearsal) {
  TRY(chunk, decode_visits(body));
  // What the chunk before left in the queue is not in a snapshot yet; it is judged again at commit.
  VisitPreparer preparer(ctx, import, std::move(chunk.source), report, rehearsal);
  for (ResolvedVisit& visit : chunk.visits) ENSURE(preparer.take(visit));
  return preparer.finish();
}

}  // namespace sealbook::app::imports
