#include "app/events/invitations.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/links/link_token.hpp"
#include "app/messages/outbox.hpp"
#include "base/random.hpp"
#include "storage/tables/links.hpp"
#include "storage/tables/patients.hpp"

namespace sealbook::app::events {
namespace {

using storage::InvitationRow;
using storage::ParticipantRow;

constexpr std::int64_t page_size = 2000;

// A person and the link that they have, or get: its text is derived before the transaction.
struct Recipient {
  PatientId patient;
  storage::LinkRow link;
  bool is_new = false;
};

std::vector<ParticipantRow> whole_list(storage::Snapshot& snapshot, const EventId& event) {
  std::vector<ParticipantRow> all;
  for (PatientId after;;) {
    auto page = storage::event_people::list(snapshot, event, after, page_size);
    all.insert(all.end(), page.begin(), page.end());
    if (std::cmp_less(page.size(), page_size)) return all;
    after = page.back().patient;
  }
}

bool answered(const ParticipantRow& row) { return row.visits > 0 || row.given_back > 0 || row.declined; }

// The link of the event that the person has and that stands, or a new one.
Recipient recipient_of(storage::Snapshot& snapshot, const keys::TenantKeys& keys, const storage::EventRow& event,
                       Instant epoch, const ParticipantRow& person, Instant now) {
  Recipient recipient{person.patient, {}, false};
  if (person.invited)
    for (auto& link : storage::links::of_patient(snapshot, person.patient))
      if (link.event == event.value.id && link.issued >= epoch && link.issued >= event.links_from) {
        recipient.link = std::move(link);
        return recipient;
      }
  recipient.is_new = true;
  recipient.link.id = new_id<LinkId>();
  recipient.link.hash = links::hash_of(links::link_token(keys, recipient.link.id));
  recipient.link.kind = storage::LinkKind::event;
  recipient.link.patient = person.patient;
  recipient.link.event = event.value.id;
  recipient.link.issued = now;
  return recipient;
}

Result<storage::EventRow> open_row(CallContext& ctx, const EventId& id) {
  auto row = ctx.read([&](storage::Snapshot& s) { return storage::event_table::find(s, id); });
  if (!row) return unknown_row("event");
  if (!sealbook::events::is_open(row->value, ctx.now)) return fail(ErrorCode::state_conflict, "The event is closed.");
  return std::move(*row);
}

std::vector<Recipient> recipients_of(CallContext& ctx, const storage::EventRow& event,
                                     const std::vector<ParticipantRow>& people) {
  const auto keys = ctx.tenant->keys();
  return ctx.read([&](storage::Snapshot& s) {
    std::vector<Recipient> out;
    const Instant epoch = storage::links::epoch(s);
    for (const auto& person : people) out.push_back(recipient_of(s, *keys, event, epoch, person, ctx.now));
    return out;
  });
}

// Links, list, outbox, one journal entry over all of them: one transaction.
Work<InvitationRow> send(CallContext& ctx, const storage::EventRow& event, std::vector<Recipient> recipients, bool again) {
  InvitationRow row{new_id<InvitationId>(), event.value.id, ctx.principal.account, again,
                    static_cast<std::int64_t>(recipients.size()), ctx.now};
  auto& entry = ctx.note(AuditAction::invitation_sent, audit::ResourceKind::invitation, row.id.raw());
  entry.second = {audit::ResourceKind::event, event.value.id.raw()};
  entry.rows = static_cast<std::uint32_t>(recipients.size());
  for (auto& recipient : recipients) {
    entry.subjects.push_back(recipient.patient);
    if (recipient.is_new) recipient.link.invitation = row.id;
  }
  return [row, recipients = std::move(recipients)](storage::Transaction& tx) -> Result<InvitationRow> {
    storage::invitations::insert(tx, row);
    for (const Recipient& r : recipients) {
      if (r.is_new) storage::links::insert(tx, r.link);
      storage::invitations::add_person(tx, row.id, r.patient);
      storage::event_people::mark_invited(tx, row.event, r.patient, tx.now());
      outbox::queue(tx, {.purpose = row.again ? messages::Purpose::invitation_again : messages::Purpose::invitation,
                         .patient = r.patient, .appointment = {}, .version = 0, .link = r.link.id, .event = row.event,
                         .invitation = row.id, .due = tx.now() + outbox::undo_time});
    }
    return row;
  };
}

// The people of `to`, in its order; everybody who was not invited yet when it is absent.
Result<std::vector<ParticipantRow>> wanted_people(CallContext& ctx, const Invite& command) {
  auto all = ctx.read([&](storage::Snapshot& s) { return whole_list(s, command.event); });
  if (!command.to) {
    std::erase_if(all, [](const ParticipantRow& row) { return row.invited.has_value() || answered(row); });
    return all;
  }
  std::vector<ParticipantRow> out;
  for (std::size_t i = 0; i < command.to->size(); ++i) {
    const auto found = std::ranges::lower_bound(all, (*command.to)[i], {}, &ParticipantRow::patient);
    const std::string pointer = "/to/" + std::to_string(i);
    if (found == all.end() || found->patient != (*command.to)[i])
      return fail(invalid_field(pointer, "unknown", "This person is not on the event's list."));
    if (std::ranges::find(out, found->patient, &ParticipantRow::patient) != out.end())
      return fail(invalid_field(pointer, "unique", "Each person is named once."));
    out.push_back(*found);
  }
  return out;
}

}  // namespace

Result<Work<InvitationRow>> invite(CallContext& ctx, const Invite& command) {
  TRY(event, open_row(ctx, command.event));
  TRY(people, wanted_people(ctx, command));
  return send(ctx, event, recipients_of(ctx, event, people), false);
}

Result<Work<InvitationRow>> remind(CallContext& ctx, const InvitationId& id) {
  const auto invitation = ctx.read([&](storage::Snapshot& s) { return storage::invitations::find(s, id); });
  if (!invitation) return unknown_row("invitation");
  TRY(event, open_row(ctx, invitation->event));
  auto people = ctx.read([&](storage::Snapshot& s) { return whole_list(s, invitation->event); });
  std::erase_if(people, [](const ParticipantRow& row) { return !row.invited || answered(row); });
  return send(ctx, event, recipients_of(ctx, event, people), true);
}

Result<SeenInvitation> read_invitation(CallContext& ctx, const InvitationId& id) {
  SeenInvitation seen;
  const bool known = ctx.read([&](storage::Snapshot& s) {
    const auto row = storage::invitations::find(s, id);
    if (!row) return false;
    seen.row = *row;
    seen.counts = storage::event_people::count(s, row->event, id);
    const auto mails = storage::invitations::count_mails(s, id);
    seen.queued = mails.queued;
    seen.sent = mails.sent;
    seen.bounced = mails.bounced;
    return true;
  });
  if (!known) return unknown_row("invitation");
  auto& entry = ctx.note(AuditAction::invitation_viewed, audit::ResourceKind::invitation, id.raw());
  entry.rows = static_cast<std::uint32_t>(seen.row.total);
  return seen;
}

Result<Work<RevokedLinks>> revoke_links(CallContext& ctx, const RevokeLinks& command) {
  const int given = int{command.patient.has_value()} + int{command.event.has_value()} + int{command.issued_before.has_value()};
  if (given != 1)
    return fail(invalid_field("", "exactly_one", "Name one of patient_id, event_id and issued_before."));
  if (command.issued_before && *command.issued_before > ctx.now)
    return fail(invalid_field("/issued_before", "range", "Links of the future cannot be revoked."));
  audit::Resource about{audit::ResourceKind::tenant, ctx.tenant->id().raw()};
  if (command.event) {
    if (!ctx.read([&](storage::Snapshot& s) { return storage::event_table::find(s, *command.event); }))
      return unknown_member("/event_id", "event");
    about = {audit::ResourceKind::event, command.event->raw()};
  }
  if (command.patient) {
    if (!ctx.read([&](storage::Snapshot& s) { return storage::patients::find(s, *command.patient); }))
      return unknown_member("/patient_id", "patient");
    about = {audit::ResourceKind::patient, command.patient->raw()};
  }
  auto& entry = ctx.note(AuditAction::link_revoked, about.kind, about.id);
  if (command.patient) entry.subjects = {*command.patient};
  return Work<RevokedLinks>([command](storage::Transaction& tx) -> Result<RevokedLinks> {
    if (command.patient) {
      storage::link_devices::remove_of_patient(tx, *command.patient);
      return RevokedLinks{storage::links::revoke_of_patient(tx, *command.patient, tx.now())};
    }
    // Everything issued up to this very moment is meant, and instants are counted in microseconds.
    const Instant before = command.event ? tx.now() + Micros(1) : *command.issued_before;
    const RevokedLinks revoked{storage::links::count_live(tx, command.event, before)};
    if (command.event) storage::event_table::revoke_links(tx, *command.event, before);
    else storage::links::set_epoch(tx, before);
    return revoked;
  });
}

}  // namespace sealbook::app::events
