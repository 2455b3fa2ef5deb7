// Invitations: a personal link for each person, and a mail queued for it.
#pragma once

#include "app/call_context.hpp"
#include "storage/tables/events.hpp"

namespace sealbook::app::events {

struct Invite {
  EventId event;
  std::optional<std::vector<PatientId>> to;  // absent: everybody on the list who was not invited yet
};
// One transaction. Who was invited before keeps the same link and gets the mail again only when named.
// Fails with `invalid` naming /to/N for people who are not on the list, state_conflict for a closed
// event.
Result<Work<storage::InvitationRow>> invite(CallContext& ctx, const Invite& command);
// Again, to those who have not answered (EventCounts).
Result<Work<storage::InvitationRow>> remind(CallContext& ctx, const InvitationId& id);

struct SeenInvitation {
  storage::InvitationRow row;
  storage::EventCounts counts;
  std::int64_t queued = 0, sent = 0, bounced = 0;  // of its messages
};
Result<SeenInvitation> read_invitation(CallContext& ctx, const InvitationId& id);

// Which links to revoke: exactly one is given.
struct RevokeLinks {
  std::optional<PatientId> patient;       // all of a person's, with sessions and remembered devices
  std::optional<EventId> event;           // all of an event's
  std::optional<Instant> issued_before;   // all of the tenant's
};
struct RevokedLinks {
  std::int64_t links = 0;  // that stood until now
};
// Counts at once on every node. A person whose link was revoked is invited anew to get another.
Result<Work<RevokedLinks>> revoke_links(CallContext& ctx, const RevokeLinks& command);

}  // namespace sealbook::app::events
