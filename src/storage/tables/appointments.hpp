// Appointments, their people, and holds.
#pragma once

#include <optional>
#include <vector>

#include "domain/scheduling/appointment.hpp"
#include "storage/tables/claims.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

// FHIR ParticipationStatus of the patient.
enum class PatientStatus : std::uint8_t { needs_action = 0, accepted = 1, declined = 2, tentative = 3 };

// Beside the scheduling::Flags in `flags`: this version came from another scheduler, which has told the
// person already; nobody is told again. Gone with the first change of time.
inline constexpr std::int64_t imported_flag = 1 << 8;

struct AppointmentRow {
  AppointmentId id;
  scheduling::Status status = scheduling::Status::booked;
  std::int64_t version = 1;
  ServiceId service;
  std::int64_t service_version = 1;
  LocationId location;
  std::optional<ResourceId> practitioner;
  PatientId patient;
  PatientStatus patient_status = PatientStatus::needs_action;
  Interval when;              // the visit
  Interval claimed;           // with buffers, where claims are live: the key of its claims
  std::int64_t wall_minutes = 0;  // local minutes since 1970 on the clock of `zone`
  std::string zone;
  std::string tzdata;
  std::int64_t reason = 0;    // coded reason of the last correction; 0: none
  std::int64_t initiator = 0; // scheduling::Initiator of the last change
  std::int64_t flags = 0;     // scheduling::Flags that were overridden
  Instant created;
  Bytes claims;               // encode_claim_refs; empty when none are live
  std::optional<Bytes> sealed;  // phi under the patient's key: the note
  // The version of the last change that the person is told of, and when it was made: messages are
  // keyed by it, so that a note reminds nobody twice.
  std::int64_t announced = 1;
  Instant announced_at;
};

struct HoldRow {
  HoldId id;
  AccountId account;
  Instant expires;
  Interval claimed;
  Bytes claims;
};

namespace appointments {

void insert(Transaction& tx, const AppointmentRow& row);
std::optional<AppointmentRow> find(Snapshot& snapshot, const AppointmentId& id);
// Writes version over version - 1; false when the stored version is another.
bool replace(Transaction& tx, const AppointmentRow& row);

struct Page {
  Instant from, to;                              // a visit that starts in [from, to)
  std::optional<ResourceId> practitioner;
  std::optional<LocationId> location;
  std::optional<PatientId> patient;
  std::optional<std::pair<Instant, AppointmentId>> after;
  std::int64_t limit = 50;
};
// In order of start and id.
std::vector<AppointmentRow> list(Snapshot& snapshot, const Page& page);

// How many visits start in [from, to), and the sum of their versions: it differs after any change.
struct Revision {
  std::int64_t visits = 0;
  std::int64_t versions = 0;
};
Revision revision(Snapshot& snapshot, Instant from, Instant to, const std::optional<ResourceId>& practitioner);

}  // namespace appointments

namespace holds {
void insert(Transaction& tx, const HoldRow& row);
std::optional<HoldRow> find(Snapshot& snapshot, const HoldId& id);
void remove(Transaction& tx, const HoldId& id);
}  // namespace holds

}  // namespace sealbook::storage
