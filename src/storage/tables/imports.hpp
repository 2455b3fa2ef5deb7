// Imports on their way and done, their waiting rows, saved mappings, and what old systems called things.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "security/authz/permissions.hpp"
#include "storage/tables/patients.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

enum class ImportKind : std::uint8_t { people = 0, appointments = 1 };
enum class ImportState : std::uint8_t { receiving = 0, running = 1, done = 2, failed = 3 };

struct ImportCounts {
  std::int64_t made = 0, could_make = 0, duplicates = 0, problems = 0, flagged = 0;
};

struct ImportRow {
  ImportId id;
  ImportKind kind = ImportKind::people;
  ImportState state = ImportState::receiving;
  bool dry_run = false;
  AccountId account;  // who started it; the journal names them for what the job does
  Role role = Role::admin;
  std::optional<EventId> event;
  Instant created;
  std::optional<Instant> ended;
  std::int64_t rows = 0, skipped = 0;
  ImportCounts counts;
  std::int64_t chunks = 0, next_chunk = 0;
  std::optional<Bytes> sealed, sealed_progress;
  std::int64_t progress_version = 0;
};

// patient_source: not an old id, but that a patient has one of a source (keyed by patient and source).
enum class ExternalRefKind : std::uint8_t { patient = 1, appointment = 2, patient_source = 3 };
struct ExternalRef {
  ExternalRefKind kind = ExternalRefKind::patient;
  std::array<std::uint8_t, 16> value{};
  std::int64_t generation = 1;
};

struct MappingRow {
  MappingId id;
  std::int64_t version = 1;
  bool active = true;
  Bytes sealed;
};

namespace imports {

void insert(Transaction& tx, const ImportRow& row);
std::optional<ImportRow> find(Snapshot& snapshot, const ImportId& id);
// The newest first, older than `before`.
std::vector<ImportRow> list(Snapshot& snapshot, Instant before, std::int64_t limit);
// Those that a job still has to look at, the oldest first.
std::vector<ImportRow> unfinished(Snapshot& snapshot);

// From receiving to running, with what reading found; false when it is no longer being received.
bool begin(Transaction& tx, const ImportRow& row);
// One chunk done: adds the counts and removes the chunk; false when it was done already. Without
// `progress` what was sealed stays.
struct Advance {
  ImportId id;
  std::int64_t chunk = 0;
  ImportCounts more;
  std::optional<Bytes> progress;
};
bool advance(Transaction& tx, const Advance& step);
// Ends one that is neither done nor failed, and removes what still waits; false when it has ended.
bool end(Transaction& tx, const ImportId& id, ImportState state, Instant at);

void insert_chunk(Transaction& tx, const ImportId& import, std::int64_t no, const Bytes& sealed);
std::optional<Bytes> find_chunk(Snapshot& snapshot, const ImportId& import, std::int64_t no);

// More people than this with one value are told apart by it no more; one more is answered then.
inline constexpr std::size_t most_bearers = 20;
// For each value the patients that bear it, in one round trip.
std::vector<std::vector<PatientId>> find_people(Snapshot& snapshot, std::span<const PatientIndexRow> values);

}  // namespace imports

namespace external_refs {

// For each, our id's bytes, or nothing; in one round trip.
std::vector<std::optional<RawId>> find(Snapshot& snapshot, std::span<const ExternalRef> refs);
// What an old id is here.
struct Target {
  ExternalRef ref;
  RawId id{};
};
// All of them in one round trip; false when one of the old ids has its record here already.
bool insert(Transaction& tx, std::span<const Target> targets, const ImportId& import);

}  // namespace external_refs

namespace import_mappings {

void insert(Transaction& tx, const MappingRow& row);
bool replace(Transaction& tx, const MappingRow& row);
std::vector<MappingRow> list(Snapshot& snapshot);
std::optional<MappingRow> find(Snapshot& snapshot, const MappingId& id);

}  // namespace import_mappings
}  // namespace sealbook::storage
