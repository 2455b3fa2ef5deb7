#include "domain/scheduling/compiled.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/assert.hpp"
#include "domain/scheduling/planted.hpp"

namespace sealbook::scheduling {
namespace {

std::vector<MinuteSpan> union_of(std::span<const Schedule> schedules, const TimeZone& zone,
                                 MinuteSpan range) {
  std::vector<MinuteSpan> all;
  for (const Schedule& schedule : schedules) {
    const auto open = open_minutes(schedule, zone, range);
    all.insert(all.end(), open.begin(), open.end());
  }
  return merged(std::move(all));
}

std::vector<MinuteSpan> hours_within(const HoursRules& rules, MinuteSpan range) {
  std::vector<MinuteSpan> open;
  if (!rules.own.empty()) open = union_of(rules.own, rules.zone, range);
  else if (rules.kind != ResourceKind::practitioner) open.push_back(range);
  if (rules.location.empty() || open.empty()) return open;
  return intersection(open, union_of(rules.location, rules.zone, range));
}

bool one_contains(std::span<const MinuteSpan> spans, MinuteSpan visit) {
  const auto next = std::ranges::upper_bound(spans, visit.starts, {}, &MinuteSpan::starts);
  return next != spans.begin() && (next - 1)->contains(visit);
}

}  // namespace

CompiledHours::CompiledHours(HoursRules rules, MinuteSpan range)
    : rules_(std::move(rules)), range_(range) {
  for (const Closure& closure : rules_.closures) {
    if (planted(PlantedBug::closures_of_location_ignored) && closure.resource.is_nil()) continue;
    closed_.push_back(covering(closure.when));
  }
  closed_ = merged(std::move(closed_));
  hours_ = hours_within(rules_, range_);
  open_ = difference(hours_, closed_);
}

std::shared_ptr<const CompiledHours> CompiledHours::make(HoursRules rules, Interval range) {
  return std::shared_ptr<const CompiledHours>(
      new CompiledHours(std::move(rules), {floor_minute(range.starts), ceil_minute(range.ends)}));
}

bool CompiledHours::within_hours(MinuteSpan visit) const {
  if (planted(PlantedBug::visit_may_outlast_hours)) visit.ends = visit.starts + 1;
  if (range_.contains(visit)) return one_contains(hours_, visit);
  return one_contains(hours_within(rules_, visit), visit);
}

bool CompiledHours::closed(MinuteSpan visit) const {
  const auto next = std::ranges::lower_bound(closed_, visit.ends, {}, &MinuteSpan::starts);
  return next != closed_.begin() && (next - 1)->ends > visit.starts;
}

std::vector<MinuteSpan> CompiledHours::expand(MinuteSpan range) const {
  return difference(hours_within(rules_, range), closed_);
}

namespace {

std::size_t lead_of(const Service& service) {
  for (std::size_t r = 0; r < service.needs.size(); ++r)
    if (service.needs[r].kind == ResourceKind::practitioner) return r;
  return 0;
}

bool disjoint(std::span<const CompiledService::Candidate> candidates) {
  std::vector<ResourceId> ids;
  for (const auto& candidate : candidates) ids.push_back(candidate.resource.id);
  std::ranges::sort(ids);
  return std::ranges::adjacent_find(ids) == ids.end();
}

// Nothing when some requirement has no candidate here at all.
std::optional<CompiledService::At> compile_at(const Service& service,
                                              const LocationResources& location, std::size_t lead) {
  CompiledService::At at{.location = location.id,
                         .zone = location.zone,
                         .candidates = {},
                         .first = {0},
                         .lead_open = {}};
  for (std::size_t r = 0; r < service.needs.size(); ++r) {
    const Requirement& need = service.needs[r];
    const std::unordered_set<ResourceId> pool(need.pool.begin(), need.pool.end());
    for (const ResourceAt& resource : location.resources)
      if (resource.kind == need.kind && (pool.empty() || pool.contains(resource.id)))
        at.candidates.push_back({resource, static_cast<std::uint32_t>(r)});
    if (at.candidates.size() == at.first.back()) return std::nullopt;
    std::sort(at.candidates.begin() + at.first.back(), at.candidates.end(),
              [](const auto& a, const auto& b) { return a.resource.id < b.resource.id; });
    at.first.push_back(static_cast<std::uint32_t>(at.candidates.size()));
  }
  at.pools_disjoint = disjoint(at.candidates);
  std::vector<MinuteSpan> open;
  for (const auto& candidate : at.of(lead)) {
    const auto hours = candidate.resource.hours->open();
    open.insert(open.end(), hours.begin(), hours.end());
    if (open.size() > 16'384) open = merged(std::move(open));
  }
  at.lead_open = merged(std::move(open));
  return at;
}

}  // namespace

std::shared_ptr<const CompiledService> CompiledService::make(
    Service service, std::span<const LocationResources> locations) {
  std::shared_ptr<CompiledService> compiled(new CompiledService);
  ASSERT(!service.needs.empty());
  compiled->service_ = std::move(service);
  const Service& s = compiled->service_;
  compiled->lead_ = lead_of(s);
  compiled->range_ = {earliest_minute, latest_minute};
  for (const LocationResources& location : locations) {
    if (!s.locations.empty() && std::ranges::find(s.locations, location.id) == s.locations.end())
      continue;
    auto at = compile_at(s, location, compiled->lead_);
    if (!at) continue;
    for (const Candidate& candidate : at->candidates) {
      const MinuteSpan range = candidate.resource.hours->range();
      compiled->range_ = {std::max(compiled->range_.starts, range.starts),
                          std::min(compiled->range_.ends, range.ends)};
    }
    compiled->locations_.push_back(std::move(*at));
  }
  std::ranges::sort(compiled->locations_, {}, &At::location);
  return compiled;
}

const CompiledService::At* CompiledService::find(const LocationId& location) const {
  const auto found = std::ranges::lower_bound(locations_, location, {}, &At::location);
  return found != locations_.end() && found->location == location ? &*found : nullptr;
}

}  // namespace sealbook::scheduling
