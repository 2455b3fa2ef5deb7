// The ledger of messages: a row per message, made when it is taken up for sending. Its id is a hash
// of what makes it one of its kind (app/messages/claim.hpp), so that it exists once on any node.
#pragma once

#include <optional>
#include <vector>

#include "domain/messages/ledger.hpp"
#include "domain/messages/message.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct MessageRow {
  MessageId id;
  messages::MessageState state = messages::MessageState::claimed;
  messages::Refusal reason = messages::Refusal::none;
  messages::Purpose purpose = messages::Purpose::reminder;
  messages::Channel channel = messages::Channel::email;
  PatientId patient;
  std::optional<AppointmentId> appointment;
  std::int64_t version = 0;
  std::optional<LinkId> link;
  std::optional<EventId> event;
  std::optional<InvitationId> invitation;
  std::int64_t rule = 0;  // minutes before the visit; reminders only
  std::int64_t told = 0;  // fingerprint of what an appointment's message says
  Instant due, claimed, changed;
  std::int64_t attempts = 0;
  std::int64_t unsure = 0;  // tries whose end was not recorded: at most so many doubles
  Instant next_try, lease;
  std::optional<std::array<std::uint8_t, 16>> contact;  // blind index of the address
  std::optional<messages::DetailLevel> level;
  std::optional<messages::Locale> locale;
};

// What the ledger has to know of a visit, at one moment.
struct VisitState {
  std::int64_t announced = 0;
  std::int64_t status = 0;
  Instant starts;
  LocationId location;
  std::optional<ResourceId> practitioner;
  std::string zone;
  Instant announced_at, created;
  std::optional<std::int64_t> told;  // by the last message about it that left or may have left
};

// A visit whose reminders may be due.
struct RemindedVisit {
  AppointmentId id;
  PatientId patient;
  ServiceId service;
  std::int64_t announced = 0;
  Instant announced_at, starts;
  std::string zone;
};

namespace ledger {

// One answer per row: false where the id is there already. One round trip.
std::vector<bool> insert(Transaction& tx, const std::vector<MessageRow>& rows);
std::optional<MessageRow> find(Snapshot& snapshot, const MessageId& id);
// Rows that are claimed, not leased and to be tried by now; `all`: the lease counts for nothing.
enum class Leases : std::uint8_t { respected, broken };
std::vector<MessageRow> to_try(Snapshot& snapshot, Instant now, Leases leases, std::int64_t limit);
// Leases a row for another try, if nobody has touched it since it was read.
bool lease_again(Transaction& tx, const MessageRow& row, Instant until, bool is_unsure);
// What came of a try: only a claimed row changes.
void settle(Transaction& tx, const MessageRow& row);
// A handed-over one came back; false when it is not in that state.
bool bounce(Transaction& tx, const MessageId& id, messages::Refusal reason, Instant now);

std::vector<std::optional<VisitState>> visit_states(Snapshot& snapshot, const std::vector<AppointmentId>& ids);
// Booked visits that start in [from, to).
std::vector<RemindedVisit> reminded_visits(Snapshot& snapshot, Instant from, Instant to);
// Which of these ids are in the ledger.
std::vector<bool> known(Snapshot& snapshot, const std::vector<MessageId>& ids);
// Booked visits that start in [from, to) and that nobody has confirmed, of people who were told.
std::vector<RemindedVisit> unconfirmed_visits(Snapshot& snapshot, Instant from, Instant to);

struct Page {
  std::optional<PatientId> patient;          // one of the two
  std::optional<AppointmentId> appointment;
  std::int64_t limit = 200;
};
// Newest first.
std::vector<MessageRow> list(Snapshot& snapshot, const Page& page);

struct Counts {
  std::int64_t waiting = 0, handed_over = 0, unsure = 0, stopped = 0;
};
Counts count(Snapshot& snapshot);

}  // namespace ledger
}  // namespace sealbook::storage
