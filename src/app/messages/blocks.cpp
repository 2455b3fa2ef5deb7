#include "app/messages/blocks.hpp"

#include "app/directory/common.hpp"
#include "app/messages/system_context.hpp"
#include "app/patients/index.hpp"
#include "app/patients/patients.hpp"
#include "app/perform.hpp"
#include "app/tasks/tasks.hpp"
#include "storage/tables/messages.hpp"

namespace sealbook::app {

namespace {

// Somebody else's number or address: nothing more goes there, its holder is signed out, and somebody
// finds out the right one.
void record_block(App& app, storage::Transaction& tx, const ContactBlockRow& block) {
  storage::contact_blocks::insert(tx, block);
  if (!block.blocked || block.reason != BlockReason::wrong_number) return;
  forget_proofs(app, tx, block.patient);
  tasks::NewTask task{tasks::TaskKind::wrong_number, block.patient, std::nullopt, block.message, 0, block.at, {}};
  task.distinct.assign(block.contact.begin(), block.contact.end());
  tasks::open(tx, task);
}

std::vector<PatientId> bearers_of(storage::Snapshot& snapshot, const ContactIndex& contact) {
  return storage::patients::find_by_index(snapshot, {storage::PatientIndexKind::email, contact, 1});
}

}  // namespace

std::vector<ContactIndex> indexes_of(const keys::TenantKeys& keys, const Contact& contact) {
  std::vector<ContactIndex> out;
  if (const auto rows = contact_lookups(keys, contact.value.reveal(), "/contact"))
    for (const auto& row : *rows) out.push_back(row.value);
  return out;
}

Result<Work<ContactBlockRow>> block_contact(CallContext& ctx, const BlockContact& command) {
  const auto row = ctx.read([&](storage::Snapshot& s) {
    return reaches_patient(ctx, s, command.patient) ? storage::patients::find(s, command.patient) : std::nullopt;
  });
  if (!row) return unknown_row("patient");
  const bool is_unsafe = command.reason == BlockReason::wrong_number || command.reason == BlockReason::bounced;
  if (ctx.principal.role == Role::patient && !command.blocked && is_unsafe)
    return fail(ErrorCode::forbidden, "That an address reaches you again is the organisation's to say.");
  TRY(key, key_of_patient(ctx.app, *ctx.tenant, row->id));
  TRY(record, open_patient(ctx.app, ctx.tenant->id(), *key, *row, false));
  TRY(wanted, contact_lookups(*ctx.tenant->keys(), command.contact.reveal(), "/contact"));
  for (const Contact& contact : record.contacts) {
    const auto indexes = indexes_of(*ctx.tenant->keys(), contact);
    if (indexes.empty() || indexes.front() != wanted.front().value) continue;
    ContactBlockRow block{row->id, indexes.front(),
                          contact.kind == ContactKind::phone ? messages::Channel::sms : messages::Channel::email,
                          command.reason, command.blocked, ctx.now, ctx.principal.account, std::nullopt};
    const bool is_wrong = command.blocked && command.reason == BlockReason::wrong_number;
    auto& entry = ctx.note(is_wrong          ? AuditAction::contact_suspended
                           : command.blocked ? AuditAction::contact_opted_out
                                             : AuditAction::contact_opted_in,
                           audit::ResourceKind::patient, row->id.raw());
    entry.subjects = {row->id};
    return Work<ContactBlockRow>([&app = ctx.app, block](storage::Transaction& tx) -> Result<ContactBlockRow> {
      record_block(app, tx, block);
      return block;
    });
  }
  return unknown_member("/contact", "contact of this patient");
}

Result<void> unsubscribe(App& app, std::string_view token, Unsubscribe why) {
  const auto named = open_message_token(app, TokenUse::unsubscribe, token);
  if (!named) return {};
  auto ctx = system_context(app, named->tenant);
  const BlockReason reason = why == Unsubscribe::somebody_else ? BlockReason::wrong_number : BlockReason::opted_out;
  std::optional<storage::MessageRow> row;
  bool there_already = false;  // a link that is used again adds nothing
  app.store.read(ctx.store_ref(), [&](storage::Snapshot& s) {
    row = storage::ledger::find(s, named->id);
    if (!row || !row->contact) return;
    for (const auto& past : storage::contact_blocks::of_patient(s, row->patient))
      if (past.contact == *row->contact && past.reason == reason) there_already = past.blocked;
  });
  if (!row || !row->contact || there_already) return {};
  const ContactBlockRow block{row->patient, *row->contact, row->channel, reason, true, ctx.now,
                              std::nullopt, row->id};
  note_system(ctx, reason == BlockReason::wrong_number ? AuditAction::contact_suspended : AuditAction::contact_opted_out,
              audit::ResourceKind::message, row->id.raw(), {row->patient});
  ctx.entries.back().actor.kind = audit::ActorKind::link;
  const auto done = perform(ctx, Result<Work<bool>>([&app, block](storage::Transaction& tx) -> Result<bool> {
    record_block(app, tx, block);
    if (block.reason != BlockReason::wrong_number) return true;
    // The mailbox is bound for whoever else was reached through it, too.
    for (const PatientId& other : bearers_of(tx, block.contact))
      if (other != block.patient) forget_proofs(app, tx, other);
    return true;
  }));
  if (!done) return fail(done.error());
  return {};
}

}  // namespace sealbook::app
