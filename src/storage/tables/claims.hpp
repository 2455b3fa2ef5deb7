// Claims: what occupies a resource. The database has the last word (DECISIONS 1, 3).
#pragma once

#include <span>
#include <vector>

#include "domain/scheduling/availability.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

enum class ClaimKind : std::uint8_t { appointment = 1, hold = 2, pending = 3 };

struct ClaimRow {
  scheduling::Claim claim;
  ClaimKind kind = ClaimKind::appointment;
  RawId owner{};  // the appointment or hold
};

// Who holds which resource in which lane, as kept in the owner's own row.
struct ClaimRef {
  ResourceId resource;
  ClaimId claim;
  scheduling::Lane lane = 0;
  Instant starts;
};
Bytes encode_claim_refs(std::span<const ClaimRow> claims);
std::vector<ClaimRef> decode_claim_refs(ByteView run);

namespace claims {

// No claim is longer: the longest visit (7 days) with the longest buffers (24 hours each).
inline constexpr Micros longest_possible = std::chrono::days(9);

// The claims of these resources that overlap the interval, in one round trip. `longest` bounds how
// long before the interval a claim may start and still reach into it.
std::vector<scheduling::Claim> overlapping(Snapshot& snapshot, std::span<const ResourceId> resources,
                                           const Interval& interval, Micros longest);
// Inserts them in the order given (by resource); false when any time is taken. The caller then
// rolls back.
bool insert(Transaction& tx, std::span<const ClaimRow> rows);
// Removes the claims of one owner, by key.
void remove(Transaction& tx, std::span<const ClaimRef> refs);
// All live claims that end after `since`, at start.
std::vector<scheduling::Claim> live(Snapshot& snapshot, Instant since);

}  // namespace claims
}  // namespace sealbook::storage
