#include "app/messages/blocks.hpp"

#include "app/directory/common.hpp"
#include "app/messages/system_context.hpp"
#include "app/patients/index.hpp"
#include "app/patients/patients.hpp"
#include "app/perform.hpp"
#include "storage/tables/messages.hpp"

namespace sealbook::app {

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
    auto& entry = ctx.note(command.blocked ? AuditAction::contact_opted_out : AuditAction::contact_opted_in,
                           audit::ResourceKind::patient, row->id.raw());
    entry.subjects = {row->id};
    return Work<ContactBlockRow>([block](storage::Transaction& tx) -> Result<ContactBlockRow> {
      storage::contact_blocks::insert(tx, block);
      return block;
    });
  }
  return unknown_member("/contact", "contact of this patient");
}

Result<void> unsubscribe(App& app, std::string_view token) {
  const auto named = open_message_token(app, TokenUse::unsubscribe, token);
  if (!named) return {};
  auto ctx = system_context(app, named->tenant);
  std::optional<storage::MessageRow> row;
  bool there_already = false;  // a link that is used again adds nothing
  app.store.read(ctx.store_ref(), [&](storage::Snapshot& s) {
    row = storage::ledger::find(s, named->id);
    if (!row || !row->contact) return;
    for (const auto& past : storage::contact_blocks::of_patient(s, row->patient))
      if (past.contact == *row->contact && past.reason == BlockReason::opted_out) there_already = past.blocked;
  });
  if (!row || !row->contact || there_already) return {};
  const ContactBlockRow block{row->patient, *row->contact, row->channel, BlockReason::opted_out, true, ctx.now,
                              std::nullopt, row->id};
  note_system(ctx, AuditAction::contact_opted_out, audit::ResourceKind::message, row->id.raw(), {row->patient});
  ctx.entries.back().actor.kind = audit::ActorKind::link;
  const auto done = perform(ctx, Result<Work<bool>>([block](storage::Transaction& tx) -> Result<bool> {
    storage::contact_blocks::insert(tx, block);
    return true;
  }));
  if (!done) return fail(done.error());
  return {};
}

}  // namespace sealbook::app
