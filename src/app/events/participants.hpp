// The list of an event: people are added by hand or by an import, and seen with what they answered.
#pragma once

#include <span>

#include "app/call_context.hpp"
#include "storage/tables/events.hpp"

namespace sealbook::app::events {

// For the transaction of an import: adds people to the list of an open event and answers how many
// were new to it. Fails with not_found for an unknown event, with state_conflict for a closed one.
// The caller's entry journals it.
Result<std::int64_t> add_participants(storage::Transaction& tx, const EventId& event,
                                      std::span<const PatientId> patients);

struct AddParticipants {
  EventId event;
  std::vector<PatientId> patients;
  std::vector<ServiceId> services;  // what these people may book; empty: all of the event's
};
struct AddedParticipants {
  std::int64_t added = 0, known = 0;
};
Result<Work<AddedParticipants>> add_people(CallContext& ctx, const AddParticipants& command);

// A masked view: initials are not a read of the person (DECISIONS 17).
struct SeenParticipant {
  storage::ParticipantRow row;
  SensitiveText initials;             // "M. G."
  std::optional<SensitiveText> name;  // only when asked for
};
enum class Masking : std::uint8_t { masked, named };
struct ListParticipants {
  EventId event;
  std::optional<storage::ParticipantState> state;
  PatientId after;
  std::int64_t limit = 50;
  Masking masking = Masking::masked;
};
struct SeenParticipants {
  std::vector<SeenParticipant> people;
  std::optional<PatientId> next;
};
Result<SeenParticipants> list_participants(CallContext& ctx, const ListParticipants& wanted);

}  // namespace sealbook::app::events
