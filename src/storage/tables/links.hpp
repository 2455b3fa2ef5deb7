// Personal links and what hangs on them: one-time codes, remembered devices, sessions.
//
// A link is found by the SHA-256 of its text before there is a tenant, as a token is; everything else
// is the tenant's. Whether a link stands is judged in its rows at every use, so that a revocation
// counts at once on every node.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "domain/events/event.hpp"
#include "domain/scheduling/appointment.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

// Stored by number. `visitor`: made by a booking on the public page.
enum class LinkKind : std::uint8_t { event = 1, appointment = 2, visitor = 3 };

struct LinkRow {
  std::int64_t tenant_no = 0;
  LinkId id;
  Hash256 hash{};
  LinkKind kind = LinkKind::event;
  PatientId patient;
  std::optional<EventId> event;
  std::optional<AppointmentId> appointment;
  std::optional<InvitationId> invitation;
  std::optional<ServiceId> service;  // of a visitor
  Instant issued;
  std::optional<Instant> expires;    // of a visitor; others end with their event or visit
  std::optional<Instant> revoked;
  std::optional<Instant> opened;
  std::string offer;                 // what a visitor picked; empty otherwise
};

// A link with what decides whether it stands.
struct LinkStanding {
  LinkRow link;
  Instant epoch;                     // links of the tenant issued before this are revoked
  std::optional<Instant> closes;     // of the event; nothing when it is closed or gone
  Instant event_links_from;
  std::optional<Instant> visit_ends;  // of the visit, also when it is cancelled; nothing when there never was one
};

struct CodeRow {
  RawId id{};
  LinkId link;
  PatientId patient;
  std::array<std::uint8_t, 16> contact{};  // blind index of the address it went to
  Instant created, expires;
  std::int64_t tries = 0;
  bool used = false;
};

struct DeviceRow {
  Hash256 hash{};
  PatientId patient;
  Instant created, expires;
};

struct LinkSessionRow {
  Hash256 hash{};
  LinkId link;
  PatientId patient;
  Instant created, expires;
};

namespace links {

void insert(Transaction& tx, const LinkRow& row);
// By hash, across tenants: the snapshot is the instance's.
std::optional<LinkStanding> find_by_hash(Snapshot& instance, const Hash256& hash);
std::optional<LinkRow> find(Snapshot& snapshot, const LinkId& id);
// Those that are not revoked one by one, newest first.
std::vector<LinkRow> of_patient(Snapshot& snapshot, const PatientId& patient);
// The first time counts; false when it was opened before.
bool mark_opened(Transaction& tx, const LinkId& id, Instant at);
// How many were revoked by this.
std::int64_t revoke_of_patient(Transaction& tx, const PatientId& patient, Instant at);
void set_epoch(Transaction& tx, Instant before);
Instant epoch(Snapshot& snapshot);
std::int64_t count_live(Snapshot& snapshot, const std::optional<EventId>& event, Instant issued_before);

}  // namespace links

namespace link_codes {

void insert(Transaction& tx, const CodeRow& row);
// The newest of the link.
std::optional<CodeRow> newest(Snapshot& snapshot, const PatientId& patient, const LinkId& link);
// When codes were sent to this person since then, newest first.
std::vector<Instant> sent_since(Snapshot& snapshot, const PatientId& patient, Instant since);
void count_try(Transaction& tx, const RawId& id);
// One use: false when it was used, has run out or was tried too often.
bool use(Transaction& tx, const RawId& id, Instant now, std::int64_t most_tries);
// None of the codes that were sent to this person is good any more; that they were sent is kept.
void void_of_patient(Transaction& tx, const PatientId& patient);
// Codes that were sent before then.
void remove_of_patient(Transaction& tx, const PatientId& patient, Instant before);

}  // namespace link_codes

namespace link_devices {
void insert(Transaction& tx, const DeviceRow& row);
std::optional<DeviceRow> find(Snapshot& snapshot, const Hash256& hash);
void remove(Transaction& tx, const Hash256& hash);
void remove_of_patient(Transaction& tx, const PatientId& patient);
}  // namespace link_devices

namespace link_sessions {
void insert(Transaction& tx, const LinkSessionRow& row);
std::optional<LinkSessionRow> find(Snapshot& snapshot, const Hash256& hash);
void remove(Transaction& tx, const Hash256& hash);
void remove_of_patient(Transaction& tx, const PatientId& patient);
void remove_before(Transaction& tx, Instant before);
}  // namespace link_sessions

// How often a visit, or a person's visits together, were changed through links on a day: false when
// `most` is reached.
namespace link_changes {
bool count(Transaction& tx, const PatientId& patient, std::int64_t day, std::int64_t most);
bool count(Transaction& tx, const AppointmentId& appointment, std::int64_t day, std::int64_t most);
}  // namespace link_changes

// Proofs of work that were handed in, and people who have not proven their address yet.
namespace public_visitors {
bool is_spent(Snapshot& snapshot, const RawId& nonce);
// False when this challenge was handed in before.
bool spend(Transaction& tx, const RawId& nonce, Instant expires);
void insert(Transaction& tx, const LinkId& link, const PatientId& patient, Instant created);
bool is_unproven(Snapshot& snapshot, const PatientId& patient);
void mark_proven(Transaction& tx, const PatientId& patient);
// Those of them who came in by the public page, proven or not: all that is known of them is what
// they said themselves.
std::set<PatientId> registered_themselves(Snapshot& snapshot, std::span<const PatientId> patients);
// At most `most` of those whom forget_before() would forget.
std::vector<PatientId> unproven(Snapshot& snapshot, Instant before, std::int64_t most);
// Forgets at most `most` people who have not proven their address since then, and spent challenges.
std::vector<PatientId> forget_before(Transaction& tx, Instant before, std::int64_t most);
}  // namespace public_visitors

}  // namespace sealbook::storage
