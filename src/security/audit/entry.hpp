// AuditEntry is what the journal remembers about one action: ids, enums and numbers only.
//
// No member can hold text, so no name, note or message can reach the journal (control RED-01).
// prepare() is called on the submitter's thread, before the transaction; storage inserts the result
// as a row in the data's own transaction; the sequencer (sequencer.hpp) puts it into the log later.
// Byte formats: docs/formats/audit-log.md. Threads: plain data.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/error_codes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "security/audit/actions.hpp"
#include "security/authz/permissions.hpp"

namespace sealbook::crypto {
class DataKey;
}

namespace sealbook::audit {

// Numbers of all enums below are stored: append, never renumber.
enum class AuditOutcome : std::uint8_t { allowed = 0, refused = 1, failed = 2 };
// `link`: the person that the entry is about, through a personal link and proven as it asks for.
enum class ActorKind : std::uint8_t { system = 0, anonymous = 1, account = 2, link = 3 };
enum class ResourceKind : std::uint8_t {
  none = 0, appointment, hold, patient, location, department, practitioner, room, service, schedule,
  schedule_override, closure, tenant, account, key, log, migration, device,
  event, invitation, link, template_, message, task, import, mapping, feed, agreement,
  session, passkey,
};
// Why a person did it: the coded reasons of cancellations, corrections and overrides, as they were
// given. Some of the first eleven stood for several of the later ones in entries of older versions.
enum class AuditReason : std::uint8_t {
  none = 0, patient_request, clinic_request, practitioner_absent, room_unavailable, entered_in_error,
  emergency, walk_in, retrospective, clinical_need, other,
  practitioner_unavailable, site_closed, booked_in_error, duplicate, no_longer_needed,
  rescheduled_elsewhere, deceased,
  urgent_need, patient_agreed, practitioner_agreed, late_entry, data_correction,
  workload,
  cancelled_in_error, patient_came_after_all, marked_in_error,
};
inline constexpr AuditReason last_audit_reason = AuditReason::marked_in_error;

struct Actor {
  ActorKind kind = ActorKind::system;
  AccountId account;  // nil unless kind is account
  bool operator==(const Actor&) const = default;
};

struct Resource {
  ResourceKind kind = ResourceKind::none;
  RawId id{};
  bool operator==(const Resource&) const = default;
};

struct AuditEntry {
  AuditAction action = AuditAction::none;
  AuditOutcome outcome = AuditOutcome::allowed;
  Actor actor;
  // The evidence of the decision: which row and cell of the role table let it through or stopped it.
  std::optional<Role> role;
  std::optional<Permission> permission;
  std::optional<Grant> grant;
  Resource resource;
  Resource second;                    // the new practitioner, the service of a booking, …
  std::vector<PatientId> subjects;    // whose data it is about; all people that a list showed
  AuditReason reason = AuditReason::none;
  std::optional<ErrorCode> error;     // why it was refused or failed
  std::uint64_t version_before = 0;   // row version of the resource; 0 means there was none
  std::uint64_t version_after = 0;
  std::uint32_t rows = 0;             // how many rows a read answered with, or a write touched
  std::uint32_t count = 1;            // how many like it this entry stands for (counted refusals)
  RawId request{};                    // the request id that the caller saw
  Instant at;
  bool operator==(const AuditEntry&) const = default;
};

// The journal that an entry belongs to: a tenant's, or the instance's (nil tenant).
std::string log_name(const TenantId& tenant);  // "ten_…" or "instance"
std::optional<TenantId> log_tenant(std::string_view log_name);

// Entry as it enters the tree: "sbal1" || SHA-256("sbal1 body" || salt || body), 37 bytes.
inline constexpr std::size_t tree_entry_size = 37;
using TreeEntry = std::array<std::uint8_t, tree_entry_size>;
using AuditSalt = std::array<std::uint8_t, 32>;

// An entry ready to be stored. It holds nothing readable without the audit key: the salt lies
// inside the sealed blob, so that nobody can guess bodies against the public tree.
struct PreparedEntry {
  EntryId id;
  TreeEntry entry{};
  Bytes sealed;  // SBE1 over the salt, the body and the list of subjects
  bool operator==(const PreparedEntry&) const = default;
};

// What of an entry's surroundings its seal is bound to.
struct EntryContext {
  std::string_view environment;
  TenantId log;  // nil: the instance's
};

// Draws id, salts; encodes and seals. Never fails: the key is resolved beforehand.
PreparedEntry prepare(const AuditEntry& entry, const crypto::DataKey& audit_key, const EntryContext& context);

// The deterministic CBOR body of an entry; `set_commitment` stands for its subjects when there are
// more than one.
Bytes encode_body(const AuditEntry& entry, const Hash256& set_commitment);
TreeEntry tree_entry(const AuditSalt& salt, ByteView body);
// SHA-256("sbal1 set" || salt || ids in ascending order, each once).
Hash256 commit_subjects(const AuditSalt& salt, std::vector<PatientId> subjects);

// An opened entry, checked against its place in the tree.
struct OpenedEntry {
  AuditEntry entry;
  AuditSalt salt{};
  Bytes body;  // what hashes, with the salt, to the tree's entry: may be disclosed with a proof
};

// Fails with integrity when the seal, the encoding, the subjects' commitment or the tree's entry
// do not agree.
Result<OpenedEntry> open_entry(const EntryId& id, const TreeEntry& expected, ByteView sealed,
                               const crypto::DataKey& audit_key, const EntryContext& context);

}  // namespace sealbook::audit
