#include "app/booking/placement.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace sealbook::app {
namespace {

using scheduling::Claim;
using scheduling::Flags;
using storage::ClaimKind;
using storage::ClaimRef;
using storage::ClaimRow;

// How far before an interval a claim on these resources may start and still reach into it.
Micros longest_claim(const App& app, std::span<const ResourceId> resources) {
  Micros longest = std::chrono::days(1);
  for (const ResourceId& id : resources)
    longest = std::max<Micros>(longest, std::chrono::minutes(app.busy.of(id).longest));
  return std::min(longest, storage::claims::longest_possible);
}

bool is_own(const PlacementRequest& request, const ClaimId& id) {
  return std::ranges::find(request.own, id) != request.own.end();
}

// Whether a judged visit is what the offer stands for.
Result<void> still_as_offered(const scheduling::Verdict& verdict, const Offer& offer, std::string_view member) {
  const std::uint8_t worse = verdict.flags.needing_override().bits() & ~offer.flags.needing_override().bits();
  const Flags broken = Flags::from_bits(worse);
  const bool hours = broken.has(scheduling::Flag::outside_hours) || broken.has(scheduling::Flag::closure);
  if (hours && !member.empty()) return refuse_time(broken, member);
  if (broken.has(scheduling::Flag::overlap))
    return fail(ErrorCode::slot_taken, "That time has just been taken.");
  if (hours) return fail(ErrorCode::offer_stale, "The opening hours have changed since that offer was made.");
  const bool binds = offer.audience == scheduling::Audience::patient;
  if (binds && !verdict.flags.none())
    return fail(ErrorCode::offer_stale, "The rules for booking have changed since that offer was made.");
  return {};
}

// Holds that have run out, in the way of the chosen claims.
void find_expired(const std::vector<Claim>& rows, Instant now, Placement& placement) {
  for (const Claim& row : rows) {
    if (!row.expires || *row.expires > now) continue;
    for (const scheduling::ClaimPlan& plan : placement.verdict.claims) {
      if (plan.resource != row.resource || plan.lane != row.lane || !plan.when.overlaps(row.when)) continue;
      placement.expired.push_back({row.resource, row.id, row.lane, row.when.starts});
    }
  }
}

// Of the rehearsal, as the store would have them by now.
void add_rehearsed(const Rehearsal& rehearsal, std::span<const ResourceId> resources, const Interval& interval,
                   std::vector<Claim>& rows) {
  for (const ResourceId& id : resources) {
    const auto found = rehearsal.find(id);
    if (found == rehearsal.end()) continue;
    for (const Claim& claim : found->second)
      if (claim.when.overlaps(interval)) rows.push_back(claim);
  }
}

}  // namespace

std::unexpected<Error> refuse_time(Flags flags, std::string_view member) {
  const bool hours = flags.has(scheduling::Flag::outside_hours) || flags.has(scheduling::Flag::closure);
  Error error = make_error(hours ? ErrorCode::outside_hours : ErrorCode::invalid,
                           hours ? "That time is outside the bookable hours." : "That time may not be booked.");
  for (const scheduling::Flag flag : scheduling::all_flags)
    if (flags.has(flag))
      error.fields.push_back({std::string(member), std::string(to_text(flag)),
                              "This time breaks the rule " + std::string(to_text(flag)) + "."});
  return fail(std::move(error));
}

Result<Placement> place(App& app, storage::Snapshot& snapshot, const PlacementRequest& request) {
  const Offer& offer = request.offer;
  const auto& service = request.service;
  const auto resources = scheduling::resources_to_read(service, offer.location, offer.named);
  if (resources.empty())
    return fail(ErrorCode::offer_stale, "The service is no longer given at that place.");
  const Interval interval = scheduling::interval_to_read(service.service(), offer.starts);
  auto rows = storage::claims::overlapping(snapshot, resources, interval, longest_claim(app, resources));
  if (request.rehearsal != nullptr) add_rehearsed(*request.rehearsal, resources, interval, rows);
  std::erase_if(rows, [&](const Claim& row) { return is_own(request, row.id); });
  const scheduling::BusyRows busy(rows);
  const auto override_ = offer.flags.needing_override().none() ? scheduling::Override::none
                                                               : scheduling::Override::permitted;
  TRY(chosen, scheduling::choose_resources(service, offer.location, offer.named, offer.starts, busy, snapshot.now(),
                                           override_));
  TRY(verdict, scheduling::judge(service, offer.location, chosen, offer.starts, busy, snapshot.now()));
  ENSURE(still_as_offered(verdict, offer, request.member));
  Placement placement;
  placement.verdict = std::move(verdict);
  placement.chosen = std::move(chosen);
  find_expired(rows, snapshot.now(), placement);
  return placement;
}

Result<std::vector<ClaimRow>> occupy(App& app, storage::Transaction& tx, const Placement& placement, ClaimKind kind,
                                     const RawId& owner, std::optional<Instant> expires) {
  storage::claims::remove(tx, placement.expired);
  std::vector<ClaimRow> rows;
  for (const scheduling::ClaimPlan& plan : placement.verdict.claims)
    rows.push_back({{new_id<ClaimId>(), plan.resource, plan.lane, plan.when, expires}, kind, owner});
  if (!storage::claims::insert(tx, rows)) return fail(ErrorCode::slot_taken, "That time has just been taken.");
  tx.after_commit([&app, rows, expired = placement.expired, now = tx.now()] {
    for (const ClaimRef& ref : expired) app.busy.remove(ref.claim, ref.resource, now);
    for (const ClaimRow& row : rows) app.busy.add(row.claim, now);
  });
  return rows;
}

void vacate(App& app, storage::Transaction& tx, ByteView claim_refs) {
  auto refs = storage::decode_claim_refs(claim_refs);
  storage::claims::remove(tx, refs);
  tx.after_commit([&app, refs = std::move(refs), now = tx.now()] {
    for (const ClaimRef& ref : refs) app.busy.remove(ref.claim, ref.resource, now);
  });
}

std::optional<ResourceId> practitioner_of(const Organisation& organisation, std::span<const ResourceId> resources) {
  for (const ResourceId& id : resources) {
    const Resource* resource = organisation.find_resource(id);
    if (resource != nullptr && resource->kind == ResourceKind::practitioner) return id;
  }
  return std::nullopt;
}

Interval claimed_interval(const scheduling::Verdict& verdict) {
  Interval all = verdict.visit;
  for (const auto& plan : verdict.claims) {
    all.starts = std::min(all.starts, plan.when.starts);
    all.ends = std::max(all.ends, plan.when.ends);
  }
  return all;
}

}  // namespace sealbook::app
