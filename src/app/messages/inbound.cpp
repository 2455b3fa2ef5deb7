#include "app/messages/inbound.hpp"

#include <algorithm>

#include "app/booking/appointments.hpp"
#include "app/calendar/uid.hpp"
#include "app/messages/blocks.hpp"
#include "app/messages/record.hpp"
#include "app/perform.hpp"
#include "domain/calendar/imip_reply.hpp"

namespace sealbook::app {
namespace {

bool went_to(const storage::MessageRow& row, const keys::TenantKeys& keys, const SensitiveText& address) {
  if (!row.contact) return false;
  const Contact contact{ContactKind::email, address, {}, {}, true, false, false};
  const auto indexes = indexes_of(keys, contact);
  return std::ranges::find(indexes, *row.contact) != indexes.end();
}

Result<void> answer(App& app, const std::shared_ptr<Tenant>& tenant, const storage::MessageRow& row,
                    calendar::PartStat answer) {
  Principal person;
  person.tenant = tenant->id();
  person.role = Role::patient;
  person.patient = row.patient;
  const bool comes = answer == calendar::PartStat::accepted;
  TRY(ctx, context_for(app, tenant, person, Permission::appointment_confirm));
  auto work = comes ? confirm(ctx, *row.appointment) : cannot_come(ctx, *row.appointment);
  for (auto& entry : ctx.entries) entry.actor = {audit::ActorKind::link, {}};
  auto& note = ctx.note(AuditAction::calendar_reply, audit::ResourceKind::message, row.id.raw());
  note.actor = {audit::ActorKind::link, {}};
  note.subjects = {row.patient};
  const auto done = perform(ctx, std::move(work));
  if (!done) return fail(done.error());
  return {};
}

}  // namespace

Result<Taken> take_bounce(App& app, std::string_view token, Failure failure, const SensitiveText& recipient) {
  const auto named = open_message_token(app, TokenUse::bounce, token);
  if (!named) return Taken::not_ours;
  if (failure == Failure::passing) return Taken::nothing_to_do;
  std::optional<storage::MessageRow> row;
  app.store.read(named->tenant->ref(), [&](storage::Snapshot& s) { row = storage::ledger::find(s, named->id); });
  if (!row || row->changed + bounces_believed < app.store.now()) return Taken::nothing_to_do;
  const bool is_bad = failure == Failure::bad_address && went_to(*row, *named->tenant->keys(), recipient);
  const auto reason = is_bad ? messages::Refusal::address_refused : messages::Refusal::carrier_refused;
  TRY(changed, record_bounce(app, named->tenant, named->id, reason));
  return changed ? Taken::recorded : Taken::nothing_to_do;
}

Result<Taken> take_reply(App& app, std::string_view token, const SensitiveText& file) {
  const auto named = open_message_token(app, TokenUse::reply, token);
  if (!named) return Taken::not_ours;
  const auto reply = calendar::read_reply(file.reveal());
  if (!reply) return Taken::nothing_to_do;
  std::optional<storage::MessageRow> row;
  std::optional<storage::AppointmentRow> visit;
  app.store.read(named->tenant->ref(), [&](storage::Snapshot& s) {
    row = storage::ledger::find(s, named->id);
    if (row && row->appointment) visit = storage::appointments::find(s, *row->appointment);
  });
  if (!row || !visit || !went_to(*row, *named->tenant->keys(), reply->attendee)) return Taken::nothing_to_do;
  const calendar::SentInvitation sent{calendar_uid(named->tenant->id(), visit->id), visit->announced, reply->attendee};
  if (calendar::judge(*reply, sent, reply->attendee) != calendar::ReplyVerdict::counts) return Taken::nothing_to_do;
  if (reply->answer == calendar::PartStat::tentative) return Taken::nothing_to_do;
  if (auto done = answer(app, named->tenant, *row, reply->answer); !done) {
    // The visit has gone on: there is nothing to answer any more.
    if (done.error().code != ErrorCode::state_conflict && done.error().code != ErrorCode::stale_version)
      return fail(std::move(done).error());
    return Taken::nothing_to_do;
  }
  return Taken::recorded;
}

}  // namespace sealbook::app
