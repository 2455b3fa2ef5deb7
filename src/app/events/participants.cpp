#include "app/events/participants.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/events/initials.hpp"
#include "app/sealing.hpp"
#include "storage/tables/patients.hpp"

namespace sealbook::app::events {
namespace {

// Rows that are looked through for one page when only some states are wanted.
constexpr int most_rounds = 40;

Result<void> ensure_open(storage::Snapshot& snapshot, const EventId& id) {
  const auto row = storage::event_table::find(snapshot, id);
  if (!row) return fail(ErrorCode::not_found, "There is no such event.");
  if (row->value.state != sealbook::events::State::open)
    return fail(ErrorCode::state_conflict, "The event is closed.");
  return {};
}

// The people exist, each named once; aliases name the person that they stand for.
Result<std::vector<PatientId>> known_people(CallContext& ctx, const std::vector<PatientId>& wanted) {
  std::vector<PatientId> found;
  std::optional<std::size_t> unknown;
  ctx.read([&](storage::Snapshot& s) {
    for (std::size_t i = 0; i < wanted.size() && !unknown; ++i) {
      const auto row = storage::patients::find(s, wanted[i]);
      if (row) found.push_back(row->id);
      else unknown = i;
    }
    return true;
  });
  if (unknown) return unknown_member("/patient_ids/" + std::to_string(*unknown), "patient");
  return found;
}

Result<void> name_people(CallContext& ctx, std::vector<SeenParticipant>& people, Masking masking) {
  for (SeenParticipant& person : people) {
    std::optional<storage::PatientRow> row = ctx.read(
        [&](storage::Snapshot& s) { return storage::patients::find(s, person.row.patient); });
    if (!row) continue;  // forgotten since: the row of the list says no more than that
    TRY(key, ctx.app.keyring.person_key(ctx.tenant->id(), row->key));
    TRY(record, open_patient(ctx.app, ctx.tenant->id(), *key, *row, false));
    person.initials = initials_of(record.name);
    if (masking == Masking::named) person.name = full_name(record.name);
  }
  return {};
}

}  // namespace

Result<std::int64_t> add_participants(storage::Transaction& tx, const EventId& event,
                                      std::span<const PatientId> patients) {
  ENSURE(ensure_open(tx, event));
  std::int64_t added = 0;
  for (const PatientId& patient : patients)
    if (storage::event_people::add(tx, event, patient, {})) ++added;
  return added;
}

Result<Work<AddedParticipants>> add_people(CallContext& ctx, const AddParticipants& command) {
  const auto row = ctx.read([&](storage::Snapshot& s) { return storage::event_table::find(s, command.event); });
  if (!row) return unknown_row("event");
  for (std::size_t i = 0; i < command.services.size(); ++i)
    if (std::ranges::find(row->value.services, command.services[i]) == row->value.services.end())
      return fail(invalid_field("/service_ids/" + std::to_string(i), "event", "That service is not the event's."));
  TRY(people, known_people(ctx, command.patients));
  auto& entry = ctx.note(AuditAction::event_joined, audit::ResourceKind::event, command.event.raw());
  entry.subjects = people;
  entry.rows = static_cast<std::uint32_t>(people.size());
  return Work<AddedParticipants>([event = command.event, people = std::move(people), services = command.services](
                                     storage::Transaction& tx) -> Result<AddedParticipants> {
    ENSURE(ensure_open(tx, event));
    AddedParticipants out;
    for (const PatientId& patient : people)
      ++(storage::event_people::add(tx, event, patient, services) ? out.added : out.known);
    return out;
  });
}

Result<SeenParticipants> list_participants(CallContext& ctx, const ListParticipants& wanted) {
  if (!ctx.read([&](storage::Snapshot& s) { return storage::event_table::find(s, wanted.event); }))
    return unknown_row("event");
  SeenParticipants out;
  PatientId after = wanted.after;
  const std::int64_t step = std::max<std::int64_t>(wanted.limit, 200);
  for (int round = 0; round < most_rounds; ++round) {
    const auto rows = ctx.read([&](storage::Snapshot& s) { return storage::event_people::list(s, wanted.event, after, step); });
    for (const auto& row : rows) {
      if (std::cmp_greater_equal(out.people.size(), wanted.limit)) break;
      after = row.patient;
      if (!wanted.state || row.state() == *wanted.state) out.people.push_back({row, {}, std::nullopt});
    }
    const bool last = std::cmp_less(rows.size(), step) && (rows.empty() || after == rows.back().patient);
    if (last) break;
    out.next = after;
    if (std::cmp_greater_equal(out.people.size(), wanted.limit)) break;
    out.next.reset();
    if (round + 1 == most_rounds) out.next = after;
  }
  ENSURE(name_people(ctx, out.people, wanted.masking));
  auto& entry = ctx.note(AuditAction::event_viewed, audit::ResourceKind::event, wanted.event.raw());
  for (const auto& person : out.people) entry.subjects.push_back(person.row.patient);
  entry.rows = static_cast<std::uint32_t>(out.people.size());
  return out;
}

}  // namespace sealbook::app::events
