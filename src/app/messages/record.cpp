#include "app/messages/record.hpp"

#include <algorithm>
#include <map>

#include "app/perform.hpp"
#include "app/tasks/tasks.hpp"
#include "storage/tables/contact_blocks.hpp"

namespace sealbook::app {
namespace {

using messages::MessageState;
using messages::Refusal;
using storage::MessageRow;

AuditAction action_of(MessageState state) {
  switch (state) {
    case MessageState::claimed: return AuditAction::message_claimed;  // put off
    case MessageState::handed_over: return AuditAction::message_sent;
    case MessageState::withdrawn: return AuditAction::message_withdrawn;
    case MessageState::bounced: return AuditAction::message_bounced;
    case MessageState::refused: case MessageState::failed: break;
  }
  return AuditAction::message_refused;
}

// What somebody has to do about it, if anything.
std::optional<tasks::NewTask> task_for(const MessageRow& row) {
  tasks::NewTask task;
  task.patient = row.patient;
  task.appointment = row.appointment;
  task.message = row.id;
  task.reason = static_cast<std::int64_t>(row.reason);
  task.due = row.changed;
  if (row.state == MessageState::bounced) {
    task.kind = tasks::TaskKind::bounced;
    task.appointment.reset();  // it is about the address
    if (row.contact) task.distinct.assign(row.contact->begin(), row.contact->end());
    return task;
  }
  // An opt-out is the person's wish, a suspended address has its task, and an installation without
  // a carrier is the operator's to mend.
  const bool is_wish = row.reason == Refusal::opted_out || row.reason == Refusal::suspended ||
                       row.reason == Refusal::no_mailer;
  if ((row.state != MessageState::refused && row.state != MessageState::failed) || is_wish) return std::nullopt;
  task.kind = tasks::TaskKind::refused_send;
  task.distinct = {static_cast<std::uint8_t>(row.reason)};
  return task;
}

void suspend(storage::Transaction& tx, const MessageRow& row) {
  if (!row.contact) return;
  storage::contact_blocks::insert(tx, {row.patient, *row.contact, row.channel, storage::BlockReason::bounced, true,
                                       row.changed, std::nullopt, row.id});
}

}  // namespace

Result<void> record_outcomes(App& app, const std::shared_ptr<Tenant>& tenant, const std::vector<MessageRow>& rows) {
  auto ctx = system_context(app, tenant);
  std::map<AuditAction, std::vector<PatientId>> subjects;
  std::vector<tasks::NewTask> tasks;
  std::vector<PatientId> tasked, suspended;
  for (const MessageRow& row : rows) {
    subjects[action_of(row.state)].push_back(row.patient);
    if (auto task = task_for(row)) {
      tasked.push_back(row.patient);
      tasks.push_back(std::move(*task));
    }
    if (row.state == MessageState::bounced) suspended.push_back(row.patient);
  }
  if (!tasked.empty()) subjects[AuditAction::task_opened] = std::move(tasked);
  if (!suspended.empty()) subjects[AuditAction::contact_suspended] = std::move(suspended);
  for (auto& [action, people] : subjects) {
    const RawId id = rows.size() == 1 ? rows.front().id.raw() : RawId{};
    note_system(ctx, action, rows.size() == 1 ? audit::ResourceKind::message : audit::ResourceKind::none, id,
                std::move(people));
  }
  auto done = perform(ctx, Result<Work<bool>>([&](storage::Transaction& tx) -> Result<bool> {
    for (const MessageRow& row : rows) {
      storage::ledger::settle(tx, row);
      if (row.state == MessageState::bounced) suspend(tx, row);
    }
    for (const auto& task : tasks) tasks::open(tx, task);
    return true;
  }));
  if (!done) return fail(std::move(done).error());
  return {};
}

Result<bool> record_bounce(App& app, const std::shared_ptr<Tenant>& tenant, const MessageId& id, Refusal reason) {
  auto ctx = system_context(app, tenant);
  auto found = ctx.read([&](storage::Snapshot& s) { return storage::ledger::find(s, id); });
  if (!found || found->state == MessageState::bounced) return false;
  MessageRow row = std::move(*found);
  row.state = MessageState::bounced;
  row.reason = reason;
  row.changed = ctx.now;
  const bool suspends = reason == Refusal::address_refused;
  for (const auto action : {AuditAction::message_bounced, AuditAction::contact_suspended, AuditAction::task_opened})
    if (suspends || action != AuditAction::contact_suspended)
      note_system(ctx, action, audit::ResourceKind::message, id.raw(), {row.patient});
  return perform(ctx, Result<Work<bool>>([row, suspends](storage::Transaction& tx) -> Result<bool> {
    if (!storage::ledger::bounce(tx, row.id, row.reason, row.changed)) return fail(ErrorCode::state_conflict);
    if (suspends) suspend(tx, row);
    if (const auto task = task_for(row)) tasks::open(tx, *task);
    return true;
  }));
}

}  // namespace sealbook::app
