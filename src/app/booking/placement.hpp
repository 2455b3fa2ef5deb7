// Placement is what commit does for every verb that occupies time: read the rows, choose the
// resources that were left open, judge with the same rules as the search, insert the claims.
//
// place() and occupy() run inside the transaction, on the writer. The index in memory follows after
// the commit.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "app/app.hpp"
#include "app/booking/offer.hpp"
#include "storage/tables/claims.hpp"
#include "storage/transaction.hpp"

namespace sealbook::app {

struct Placement {
  scheduling::Verdict verdict;
  scheduling::Chosen chosen;
  std::optional<ResourceId> practitioner;  // the first chosen one, if the service needs any
  std::vector<storage::ClaimRef> expired;  // holds in the way that have run out
};

// Claims that a rehearsal would have made: they count as those of the store do, and are written nowhere.
using Rehearsal = std::map<ResourceId, std::vector<scheduling::Claim>>;

// Who asks for the time, and what may be disregarded.
struct PlacementRequest {
  const scheduling::CompiledService& service;
  const Offer& offer;
  std::vector<ClaimId> own;  // claims of the visit that moves, of the hold that is redeemed
  // The member of the request that chose the time, when no offer did: a time that may not be is then
  // refused as a check would, naming it.
  std::string_view member{};
  const Rehearsal* rehearsal = nullptr;
};

// What a time breaks, as a refusal that names each rule at a member of the request.
std::unexpected<Error> refuse_time(scheduling::Flags flags, std::string_view member);

// Fails with slot_taken, with offer_stale when the rules no longer allow what was offered.
Result<Placement> place(App& app, storage::Snapshot& snapshot, const PlacementRequest& request);

// Inserts the claims for an owner and keeps the index in step; fails with slot_taken when the
// database says no.
Result<std::vector<storage::ClaimRow>> occupy(App& app, storage::Transaction& tx, const Placement& placement,
                                              storage::ClaimKind kind, const RawId& owner,
                                              std::optional<Instant> expires);
// Removes an owner's claims and keeps the index in step.
void vacate(App& app, storage::Transaction& tx, ByteView claim_refs);

// The first practitioner among them.
std::optional<ResourceId> practitioner_of(const Organisation& organisation, std::span<const ResourceId> resources);
// What all claims of a verdict cover.
Interval claimed_interval(const scheduling::Verdict& verdict);

}  // namespace sealbook::app
