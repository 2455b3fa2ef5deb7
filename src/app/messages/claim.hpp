// Claiming: how a due message gets its row in the ledger, once, and only while it still holds.
//
// What is due comes from the outbox, from the reminders that time has made due, and from rows whose
// next try has come. Each is judged against its visit as it stands; the judgement and the rows are
// written in one transaction that looks again and starts over when anything moved in between. So a
// visit that was moved or cancelled withdraws what was queued by construction: its `announced`
// version is part of the message's identity.
#pragma once

#include <vector>

#include "app/messages/settings.hpp"
#include "app/messages/system_context.hpp"
#include "storage/tables/messages.hpp"

namespace sealbook::app {

using storage::MessageRow;
using storage::VisitState;

// How long a claimed message belongs to the node that claimed it. Longer than any try.
inline constexpr Micros message_lease = std::chrono::minutes(2);
// A visit taken back this soon after it was booked, and never told of, is not told of at all.
inline constexpr Micros undone_within = std::chrono::minutes(10);

// The id of a message: 16 bytes of SHA-256 over what makes it one of its kind. Confirmation, change and
// cancellation of one version of a visit are the same message.
MessageId message_id(const TenantId& tenant, const MessageRow& row);
// Which message tells this: eight bytes of a hash of start, place, practitioner and whether it stands.
std::int64_t fingerprint(const VisitState& visit);
// What a row is, given its visit as it stands (nothing: no such visit): purpose, state and reason.
void judge(MessageRow& row, const std::optional<VisitState>& visit, Instant now);

struct Candidate {
  MessageRow row;                   // state claimed, or withdrawn with its reason
  std::optional<std::int64_t> seq;  // of the outbox row that goes
  bool is_retry = false;
  bool is_unsure = false;  // a try whose end was not recorded: it may have reached its person
};

// A reminder that is or will shortly be due.
struct DueReminder {
  Instant due, until;
  storage::RemindedVisit visit;
  std::int64_t rule = 0;
};
// All reminders of a tenant with a due moment in (from, to].
std::vector<DueReminder> reminders_between(const ReminderPlans& plans, const MessageSettings& settings,
                                           storage::Snapshot& snapshot, Instant from, Instant to);

struct ClaimQuery {
  const std::vector<DueReminder>& reminders;  // due by now
  storage::ledger::Leases leases = storage::ledger::Leases::respected;
  std::int64_t limit = 200;
};
struct Claimed {
  std::vector<MessageRow> rows;  // to be sent now; leased to this node
  std::size_t looked_at = 0;     // 0: nothing was due
};
// Fails with unavailable when the store or the journal does.
Result<Claimed> claim_due(App& app, const std::shared_ptr<Tenant>& tenant, const MessageSettings& settings,
                          const ClaimQuery& query);

}  // namespace sealbook::app
