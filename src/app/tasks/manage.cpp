#include "app/tasks/manage.hpp"

#include "app/directory/common.hpp"
#include "app/messages/system_context.hpp"
#include "app/perform.hpp"
#include "base/cbor.hpp"
#include "security/crypto/sbe1.hpp"
#include "storage/tables/messages.hpp"

namespace sealbook::app::tasks {
namespace {

constexpr std::uint16_t note_layout = 1;

crypto::SealContext context(const CallContext& ctx, const TaskRow& row) {
  return {ctx.app.environment, ctx.tenant->id(), "tasks", DataClass::phi, row.id.bytes(), row.patient.bytes(),
          static_cast<std::uint64_t>(row.version)};
}

Result<Bytes> seal_note(CallContext& ctx, const TaskRow& row, const SensitiveText& note) {
  TRY(key, key_of_patient(ctx.app, *ctx.tenant, row.patient));
  Bytes body;
  CborWriter(body).map(1).key(1).text(note.reveal());
  Bytes sealed = crypto::seal(*key, context(ctx, row), note_layout, body);
  wipe(body.data(), body.size());
  return sealed;
}

Result<std::optional<SensitiveText>> open_note(CallContext& ctx, const TaskRow& row) {
  std::optional<SensitiveText> note;
  if (!row.sealed) return note;
  TRY(key, key_of_patient(ctx.app, *ctx.tenant, row.patient));
  TRY(body, crypto::open(*key, context(ctx, row), *row.sealed));
  CborReader in(body);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(field, in.key());
    TRY(text, in.text());
    if (field == 1) note = SensitiveText(std::string(text));
  }
  wipe(body.data(), body.size());
  return note;
}

Result<TaskRow> find(CallContext& ctx, const TaskId& id) {
  auto row = ctx.read([&](storage::Snapshot& s) { return storage::tasks::find(s, id); });
  if (!row) return unknown_row("task");
  return std::move(*row);
}

// After a reminder people have this long, and before an event's links end this much is left to call.
constexpr Micros answer_time = std::chrono::hours(72), call_time = std::chrono::hours(48);
constexpr Micros least_silence = std::chrono::hours(24);

void find_unconfirmed(storage::Snapshot& s, std::vector<NewTask>& found) {
  const Instant now = s.now();
  for (const auto& visit : storage::ledger::unconfirmed_visits(s, now, now + std::chrono::hours(50))) {
    const auto zone = TimeZone::named(visit.zone);
    if (!zone || to_local(visit.starts, *zone).day != to_local(now, *zone).day + std::chrono::days(1)) continue;
    NewTask task{TaskKind::unconfirmed_tomorrow, visit.patient, visit.id, std::nullopt, 0, now, {}};
    append_u64(task.distinct, static_cast<std::uint64_t>(visit.announced));
    found.push_back(std::move(task));
  }
}

// One task per event and person, however long the silence lasts.
void find_unanswered(storage::Snapshot& s, std::vector<NewTask>& found) {
  const Instant now = s.now();
  storage::tasks::Silence silence{now - answer_time, now - least_silence, now + call_time, {}};
  while (true) {
    const auto people = storage::tasks::silent_people(s, silence);
    for (const auto& person : people) {
      NewTask task{TaskKind::unanswered, person.patient, std::nullopt, std::nullopt, 0, now, {}};
      append(task.distinct, person.event.bytes());
      found.push_back(std::move(task));
    }
    if (std::cmp_less(people.size(), silence.limit)) return;
    silence.after = people.back();
  }
}

}  // namespace

Result<SeenTask> read(CallContext& ctx, const TaskId& id) {
  TRY(row, find(ctx, id));
  TRY(note, open_note(ctx, row));
  auto& entry = ctx.note(AuditAction::task_viewed, audit::ResourceKind::task, id.raw());
  entry.subjects = {row.patient};
  entry.rows = 1;
  return SeenTask{std::move(row), std::move(note)};
}

Result<std::vector<TaskRow>> list(CallContext& ctx, const storage::tasks::Page& page) {
  auto rows = ctx.read([&](storage::Snapshot& s) { return storage::tasks::list(s, page); });
  auto& entry = ctx.note(AuditAction::task_viewed, audit::ResourceKind::none, {});
  for (const TaskRow& row : rows) entry.subjects.push_back(row.patient);
  entry.rows = static_cast<std::uint32_t>(rows.size());
  return rows;
}

Result<Work<SeenTask>> change(CallContext& ctx, const ChangeTask& command) {
  ENSURE(ensure_changes_something({command.due.has_value(), command.owner.has_value(), command.note.has_value(),
                                   command.tried, command.outcome.has_value()}));
  TRY(row, find(ctx, command.id));
  ENSURE(check_if_match(ctx, row.version));
  if (row.state == TaskState::done) return fail(ErrorCode::state_conflict, "That task is done.");
  TRY(note, open_note(ctx, row));
  if (command.note) note = command.note->reveal().empty() ? std::nullopt : command.note;
  row.version += 1;
  row.changed = ctx.now;
  if (command.due) row.due = *command.due;
  if (command.owner) row.owner = command.owner;
  if (command.tried) row.attempts += 1;
  if (command.outcome && *command.outcome != TaskOutcome::none) {
    row.outcome = *command.outcome;
    row.state = TaskState::done;
  }
  row.sealed.reset();
  if (note) {
    TRY(sealed, seal_note(ctx, row, *note));
    row.sealed = std::move(sealed);
  }
  note_change(ctx, AuditAction::task_changed, audit::ResourceKind::task, row.id.raw(), row.version - 1, row.version)
      .subjects = {row.patient};
  const bool named = ctx.if_match.has_value();
  return Work<SeenTask>([row, note, named](storage::Transaction& tx) -> Result<SeenTask> {
    if (!storage::tasks::replace(tx, row)) return moved_on(named);
    return SeenTask{row, note};
  });
}

Result<std::size_t> open_todays(App& app, const std::shared_ptr<Tenant>& tenant) {
  auto ctx = system_context(app, tenant);
  std::vector<NewTask> wanted;
  ctx.read([&](storage::Snapshot& s) {
    find_unconfirmed(s, wanted);
    find_unanswered(s, wanted);
    std::erase_if(wanted, [&](const NewTask& task) {
      return storage::tasks::find(s, id_of(tenant->id(), task)).has_value();
    });
    return true;
  });
  if (wanted.empty()) return std::size_t{0};
  std::vector<PatientId> subjects;
  for (const NewTask& task : wanted) subjects.push_back(task.patient);
  note_system(ctx, AuditAction::task_opened, audit::ResourceKind::none, {}, std::move(subjects));
  return perform(ctx, Result<Work<std::size_t>>([&](storage::Transaction& tx) -> Result<std::size_t> {
    for (const NewTask& task : wanted) open(tx, task);
    return wanted.size();
  }));
}

}  // namespace sealbook::app::tasks
