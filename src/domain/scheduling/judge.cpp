#include <algorithm>
#include <array>

#include "domain/scheduling/availability.hpp"
#include "domain/scheduling/matching.hpp"
#include "domain/scheduling/rules.hpp"

namespace sealbook::scheduling {
namespace {

Result<const CompiledService::At*> location_of(const ServiceView& service,
                                               const LocationId& location) {
  const auto* at = service.find(location);
  if (at == nullptr)
    return fail(
        invalid_field("/location_id", "offered", "The service is not given at that location."));
  return at;
}

Result<MinuteSpan> visit_at(const Service& service, Instant starts_at) {
  // Before it is counted in minutes of 32 bits: a year far away is none of them.
  const std::int64_t second = starts_at.seconds();
  if (second < 0 || second / 60 >= bookable_until)
    return fail(invalid_field("/starts_at", "range", "A visit starts between 1970 and 2037."));
  const UtcMinute starts = floor_minute(starts_at);
  if (instant_of(starts) != starts_at)
    return fail(invalid_field("/starts_at", "whole_minute", "A visit starts on a whole minute."));
  return MinuteSpan{starts, starts + minutes_of(service.duration)};
}

const CompiledService::Candidate* candidate_of(const CompiledService::At& at,
                                               std::size_t requirement,
                                               const ResourceId& resource) {
  const auto candidates = at.of(requirement);
  const auto found = std::ranges::lower_bound(
      candidates, resource, {}, [](const CompiledService::Candidate& c) { return c.resource.id; });
  return found != candidates.end() && found->resource.id == resource ? &*found : nullptr;
}

Error wrong_resource(std::size_t index, const char* rule, const char* detail) {
  return invalid_field("/resources/" + std::to_string(index), rule, detail);
}

// Flags of one resource, and the claim that it would get.
ClaimPlan plan_claim(const Service& service, const CompiledService::Candidate& candidate,
                     MinuteSpan visit, const BusyView& busy, Instant now, Flags& flags) {
  const ResourceAt& resource = candidate.resource;
  if (!resource.hours->within_hours(visit)) flags.set(Flag::outside_hours);
  if (resource.hours->closed(visit)) flags.set(Flag::closure);
  const MinuteSpan span = claim_span(service, service.needs[candidate.requirement], visit);
  const ResourceBusy taken = busy.of(resource.id);
  auto lane = free_lane(taken, resource.lanes, span, now);
  if (!lane) {
    flags.set(Flag::overlap);
    lane = overbooking_lane(taken, resource.lanes, span, now);
  }
  return {resource.id, lane.value_or(255), interval_of(span)};
}

// The order of equals: even over time, the same everywhere.
std::uint64_t rendezvous(UtcMinute starts, const ResourceId& resource) {
  std::uint64_t h = static_cast<std::uint32_t>(starts);
  for (std::size_t i = 0; i < resource.raw().size(); ++i)
    h = (h ^ resource.raw()[i]) * 0x100000001b3ULL;
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ULL;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebULL;
  return h ^ (h >> 31);
}

// The members of one requirement's pool, best first; at most as many as can matter, which is one
// per requirement beside the named.
std::vector<ResourceId> ranked_pool(const ServiceView& service, const CompiledService::At& at,
                                    std::size_t requirement, std::span<const ResourceId> named,
                                    MinuteSpan visit, const BusyView& busy, Instant now,
                                    Override override_) {
  const std::size_t enough = service.service().needs.size();
  std::vector<ResourceId> result;
  for (const ResourceId& id : named)
    if (candidate_of(at, requirement, id) != nullptr) result.push_back(id);
  // With pools that share nobody, a named member settles its requirement: the others cannot matter.
  if (!result.empty() && at.pools_disjoint) return result;
  std::ranges::sort(result);
  std::vector<std::pair<std::uint64_t, const CompiledService::Candidate*>> turn;
  for (const auto& candidate : at.of(requirement))
    if (std::ranges::find(named, candidate.resource.id) == named.end())
      turn.emplace_back(rendezvous(visit.starts, candidate.resource.id), &candidate);
  std::ranges::sort(turn);
  std::array<std::vector<ResourceId>, 3> by_flaw;  // free; outside hours or closed; taken
  for (const auto& [order, candidate] : turn) {
    if (by_flaw[0].size() == enough) break;
    Flags flags;
    plan_claim(service.service(), *candidate, visit, busy, now, flags);
    by_flaw[flags.none() ? 0 : flags.has(Flag::overlap) ? 2 : 1].push_back(candidate->resource.id);
  }
  std::size_t room = enough;
  for (std::size_t flaw = 0; flaw < (override_ == Override::none ? 1 : by_flaw.size()); ++flaw)
    for (std::size_t i = 0; i < by_flaw[flaw].size() && room > 0; ++i, --room)
      result.push_back(by_flaw[flaw][i]);
  return result;
}

Result<void> check_named(const CompiledService::At& at, std::span<const ResourceId> named) {
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (std::find(named.begin(), named.begin() + static_cast<std::ptrdiff_t>(i), named[i]) !=
        named.begin() + static_cast<std::ptrdiff_t>(i))
      return fail(wrong_resource(i, "unique", "A resource takes part once."));
    const bool fits = std::ranges::any_of(at.candidates,
                                          [&](const auto& c) { return c.resource.id == named[i]; });
    if (!fits)
      return fail(
          wrong_resource(i, "offered", "That resource does not take part in this service here."));
  }
  return {};
}

}  // namespace

Result<Verdict> judge(const ServiceView& view, const LocationId& location,
                      std::span<const ResourceId> chosen, Instant starts_at, const BusyView& busy,
                      Instant now) {
  const Service& service = view.service();
  TRY(at, location_of(view, location));
  TRY(visit, visit_at(service, starts_at));
  if (chosen.size() != service.needs.size())
    return fail(invalid_field("/resources", "length",
                              "Each requirement of the service takes one resource."));
  ENSURE(check_named(*at, chosen));
  Verdict verdict{{}, interval_of(visit), location, {}};
  if (visit.starts < earliest_start(service, now)) verdict.flags.set(Flag::notice);
  if (visit.starts >= horizon_end(service, at->zone, now)) verdict.flags.set(Flag::horizon);
  if (Grid(at->zone, service.grid).at_or_after(visit.starts) != visit.starts)
    verdict.flags.set(Flag::off_grid);
  for (std::size_t r = 0; r < chosen.size(); ++r) {
    const auto* candidate = candidate_of(*at, r, chosen[r]);
    if (candidate == nullptr)
      return fail(wrong_resource(r, "offered",
                                 "That resource does not meet this requirement of the service."));
    verdict.claims.push_back(plan_claim(service, *candidate, visit, busy, now, verdict.flags));
  }
  std::ranges::sort(verdict.claims, {}, &ClaimPlan::resource);
  return verdict;
}

Result<void> allow(const Verdict& verdict, Audience audience, Override override_) {
  const Flags flags = verdict.flags;
  if (override_ == Override::none) {
    if (flags.has(Flag::overlap))
      return fail(ErrorCode::slot_taken, "That time has just been taken.");
    if (flags.has(Flag::closure))
      return fail(ErrorCode::outside_hours, "It is closed at that time.");
    if (flags.has(Flag::outside_hours))
      return fail(ErrorCode::outside_hours, "That time is outside the bookable hours.");
  }
  if (audience == Audience::staff) return {};
  if (flags.has(Flag::notice))
    return fail(invalid_field("/starts_at", "notice", "That time is too soon to book."));
  if (flags.has(Flag::horizon))
    return fail(invalid_field("/starts_at", "horizon", "That time is too far ahead to book."));
  if (flags.has(Flag::off_grid))
    return fail(invalid_field("/starts_at", "grid", "Visits do not start at that time."));
  return {};
}

Result<Verdict> may_book(const ServiceView& service, const LocationId& location,
                         std::span<const ResourceId> chosen, Instant starts_at,
                         const BusyView& busy, Instant now, Audience audience, Override override_) {
  TRY(verdict, judge(service, location, chosen, starts_at, busy, now));
  ENSURE(allow(verdict, audience, override_));
  return verdict;
}

Result<Chosen> choose_resources(const ServiceView& service, const LocationId& location,
                                std::span<const ResourceId> named, Instant starts_at,
                                const BusyView& busy, Instant now, Override override_) {
  TRY(at, location_of(service, location));
  TRY(visit, visit_at(service.service(), starts_at));
  ENSURE(check_named(*at, named));
  Options options;
  for (std::size_t r = 0; r < service.service().needs.size(); ++r)
    options.push_back(ranked_pool(service, *at, r, named, visit, busy, now, override_));
  Chosen chosen = match(options, named);
  if (!chosen.empty()) return chosen;
  // Who is to blame: the named, when they do not fit together even if everybody were free.
  if (!named.empty() && override_ == Override::none &&
      !choose_resources(service, location, named, starts_at, busy, now, Override::permitted))
    return fail(invalid_field("/resources", "offered",
                              "These resources do not fit this service together."));
  return fail(ErrorCode::slot_taken, "That time has just been taken.");
}

std::vector<ResourceId> resources_to_read(const ServiceView& service, const LocationId& location,
                                          std::span<const ResourceId> named) {
  std::vector<ResourceId> resources(named.begin(), named.end());
  const auto* at = service.find(location);
  if (at == nullptr) return {};
  for (std::size_t r = 0; r < service.service().needs.size(); ++r) {
    const auto candidates = at->of(r);
    // With pools that share nobody, a named member settles its requirement.
    const bool settled =
        at->pools_disjoint && std::ranges::any_of(named, [&](const ResourceId& id) {
          return candidate_of(*at, r, id) != nullptr;
        });
    if (settled) continue;
    for (const auto& candidate : candidates) resources.push_back(candidate.resource.id);
  }
  std::ranges::sort(resources);
  resources.erase(std::unique(resources.begin(), resources.end()), resources.end());
  return resources;
}

Interval interval_to_read(const Service& service, Instant starts_at) {
  return {starts_at - service.buffer_before, starts_at + service.duration + service.buffer_after};
}

}  // namespace sealbook::scheduling
