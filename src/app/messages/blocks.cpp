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

// Somebody else's number or address: nothing more goes there, and somebody finds out the right one.
void record_block(storage::Transaction& tx, const ContactBlockRow& block) {
  storage::contact_blocks::insert(tx, block);
  if (!block.blocked || block.reason != BlockReason::wrong_number) return;
  tasks::NewTask task{tasks::TaskKind::wrong_number, block.patient, std::nullopt, block.message, 0, block.at, {}};
  task.distinct.assign(block.contact.begin(), block.contact.end());
  tasks::open(tx, task);
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
    return Work<ContactBlockRow>([block](storage::Transaction& tx) -> Result<ContactBlockRow> {
      record_block(tx, block);
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
  const auto done = perform(ctx, Result<Work<bool>>([block](storage::Transaction& tx) -> Result<bool> {
    record_block(tx, block);
    return true;
  }));
  if (!done) return fail(done.error());
  return {};
}

}  // namespace sealbook::app
