// Events, the people on their lists, the visits booked for them, and invitations.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/events/event.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct EventRow {
  events::Event value;  // without name and description: they are in `sealed`
  Bytes sealed;
  Instant links_from;   // links issued before this are revoked
};

// How far a person on the list has come. A booking outweighs a refusal before it.
enum class ParticipantState : std::uint8_t { listed, invited, opened, booked, declined };

struct ParticipantRow {
  PatientId patient;
  Instant added;
  std::vector<ServiceId> services;  // what this person may book; empty: all of the event's
  std::optional<Instant> invited, opened, declined;
  std::int64_t visits = 0;          // booked through the event and not cancelled
  std::int64_t given_back = 0;      // booked through it, and cancelled at the person's wish
  ParticipantState state() const;
  bool silent() const;              // see EventCounts
};

struct InvitationRow {
  InvitationId id;
  EventId event;
  AccountId account;
  bool again = false;  // a reminder to those who had not answered
  std::int64_t total = 0;
  Instant created;
};

// `silent`: invited, and has not answered: neither booked (or cancelled what they had booked) nor
// declined.
struct EventCounts {
  std::int64_t total = 0, invited = 0, opened = 0, booked = 0, declined = 0, silent = 0;
};

namespace event_table {

void insert(Transaction& tx, const EventRow& row);
// Writes version over version - 1; false when the stored version is another.
bool replace(Transaction& tx, const EventRow& row);
std::optional<EventRow> find(Snapshot& snapshot, const EventId& id);
// In order of creation and id, behind `after`.
std::vector<EventRow> list(Snapshot& snapshot, const std::optional<std::pair<Instant, EventId>>& after, std::int64_t limit);
void revoke_links(Transaction& tx, const EventId& id, Instant before);

}  // namespace event_table

namespace event_people {

// Who is on the list already stays as they are; true when the person is new to it.
bool add(Transaction& tx, const EventId& event, const PatientId& patient, std::span<const ServiceId> services);
std::optional<ParticipantRow> find(Snapshot& snapshot, const EventId& event, const PatientId& patient);
// In order of id, behind `after`.
std::vector<ParticipantRow> list(Snapshot& snapshot, const EventId& event, const PatientId& after, std::int64_t limit);
void mark_invited(Transaction& tx, const EventId& event, const PatientId& patient, Instant at);
// The first time counts.
void mark_opened(Transaction& tx, const EventId& event, const PatientId& patient, Instant at);
// Nothing: takes it back.
void mark_declined(Transaction& tx, const EventId& event, const PatientId& patient, std::optional<Instant> at);
EventCounts count(Snapshot& snapshot, const EventId& event, const std::optional<InvitationId>& invitation);

}  // namespace event_people

// Visits that a person has booked through an event. The number of a visit is its place in the person's
// allowance: the key keeps two bookings at once from taking the same place.
namespace event_visits {

// Takes the lowest free place below `most`; false when all are taken.
bool take(Transaction& tx, const EventId& event, const PatientId& patient, const AppointmentId& appointment,
          std::int64_t most);
// The same for visitors of the public page, whose mailbox (blind index) has places for visits that are
// ahead: each of its visitors is a person of their own.
using Mailbox = std::array<std::uint8_t, 16>;
bool take_of_mailbox(Transaction& tx, const Mailbox& mailbox, const AppointmentId& appointment, std::int64_t most);
// The event that the visit was booked through; nothing for others, and for visitors.
std::optional<EventId> event_of(Snapshot& snapshot, const PatientId& patient, const AppointmentId& appointment);
// Those that are not cancelled, in order of start.
std::vector<AppointmentId> live(Snapshot& snapshot, const EventId& event, const PatientId& patient);

}  // namespace event_visits

namespace invitations {

void insert(Transaction& tx, const InvitationRow& row);
std::optional<InvitationRow> find(Snapshot& snapshot, const InvitationId& id);
void add_person(Transaction& tx, const InvitationId& id, const PatientId& patient);
struct InvitationMessages {
  std::int64_t queued = 0, sent = 0, bounced = 0;  // `sent`: handed over, the bounced ones too
};
InvitationMessages count_mails(Snapshot& snapshot, const InvitationId& id);

}  // namespace invitations

}  // namespace sealbook::storage
