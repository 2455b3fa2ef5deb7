#include "domain/scheduling/search.hpp"

#include <algorithm>
#include <array>

#include "domain/scheduling/matching.hpp"

namespace sealbook::scheduling {
namespace {

bool alive(const ExpiringEntry& hold, Instant now) {
  return planted(PlantedBug::hold_lives_at_its_expiry) ? now <= hold.expires : now < hold.expires;
}

}  // namespace

CandidateTimes::CandidateTimes(const Service& service, const CompiledService::Candidate& candidate,
                               const SearchBounds& bounds, const BusyView& busy)
    : duration_(minutes_of(service.duration)),
      before_(before_of(service, service.needs[candidate.requirement])),
      after_(after_of(service, service.needs[candidate.requirement])),
      until_(bounds.until),
      lanes_(candidate.resource.lanes),
      busy_(busy.of(candidate.resource.id)) {
  const MinuteSpan reach{bounds.from, bounds.until + duration_};
  if (candidate.resource.hours->range().contains(reach)) {
    open_ = candidate.resource.hours->open();
  } else {
    expanded_ = candidate.resource.hours->expand(reach);
    open_ = expanded_;
  }
  solid_ = busy_.solid;
  claims_ = busy_.firm;
  longest_ = busy_.longest;
  if (!busy_.holds.empty()) add_live_holds(bounds.now);
  if (planted(PlantedBug::long_claim_overlooked)) longest_ = std::min(longest_, 60);
}

void CandidateTimes::add_live_holds(Instant now) {
  solid_with_holds_.assign(solid_.begin(), solid_.end());
  claims_with_holds_.assign(claims_.begin(), claims_.end());
  for (const ExpiringEntry& hold : busy_.holds) {
    if (!alive(hold, now)) continue;
    const bool counts = hold.busy.lane() == 0 || planted(PlantedBug::overbooking_takes_capacity);
    if (counts) solid_with_holds_.push_back(hold.busy.span());
    claims_with_holds_.push_back(hold.busy);
    longest_ = std::max(longest_, hold.busy.ends - hold.busy.starts);
  }
  solid_with_holds_ = merged(std::move(solid_with_holds_));
  std::ranges::sort(claims_with_holds_, {}, &BusyEntry::starts);
  solid_ = solid_with_holds_;
  claims_ = claims_with_holds_;
}

void CandidateTimes::seek(UtcMinute minute) {
  const auto open = std::ranges::partition_point(
      open_, [&](const MinuteSpan& span) { return span.ends <= minute; });
  open_at_ = static_cast<std::size_t>(open - open_.begin());
  if (lanes_ == 1) {
    const auto span = std::ranges::partition_point(
        solid_, [&](const MinuteSpan& s) { return s.ends < minute - before_; });
    claim_at_ = static_cast<std::size_t>(span - solid_.begin());
    return;
  }
  // A claim that overlaps one beginning at `minute - before_` begins after that less the longest.
  const UtcMinute since = minute - before_ - longest_;
  const auto claim = std::ranges::partition_point(
      claims_, [&](const BusyEntry& entry) { return entry.starts <= since; });
  claim_at_ = static_cast<std::size_t>(claim - claims_.begin());
}

UtcMinute CandidateTimes::next(UtcMinute minute, Grid& grid) {
  if (asked_ == never || minute < asked_) seek(minute);
  else if (minute <= answer_) return answer_;
  asked_ = minute;
  answer_ = walk(minute, grid);
  return answer_;
}

UtcMinute CandidateTimes::walk(UtcMinute minute, Grid& grid) {
  const UtcMinute must_hold = planted(PlantedBug::visit_may_outlast_hours) ? 1 : duration_;
  while (minute < until_) {
    while (open_at_ < open_.size() && open_[open_at_].ends < minute + must_hold) ++open_at_;
    if (open_at_ == open_.size()) return never;
    const UtcMinute open = std::max(minute, open_[open_at_].starts);
    if (open + must_hold > open_[open_at_].ends) {  // too short for any visit
      ++open_at_;
      continue;
    }
    minute = lanes_ == 1 ? free_from(open) : lanes_free_from(open);
    if (minute != open) continue;  // what was taken may reach beyond these hours
    minute = grid.at_or_after(open);
    if (minute == open) return minute < until_ ? minute : never;
  }
  return never;
}

// Passes each span once: `minute` only rises between two seeks.
UtcMinute CandidateTimes::free_from(UtcMinute minute) {
  const UtcMinute slack = planted(PlantedBug::touching_counts_as_overlap) ? 1 : 0;
  const UtcMinute whole = before_ + duration_ + after_;
  for (; claim_at_ < solid_.size(); ++claim_at_) {
    const MinuteSpan& span = solid_[claim_at_];
    const UtcMinute starts = minute - before_;
    if (span.ends + slack <= starts) continue;
    if (span.starts >= starts + whole + slack) break;  // and so do all that follow
    minute = span.ends + slack + before_;
  }
  return minute;
}

UtcMinute CandidateTimes::lanes_free_from(UtcMinute minute) {
  for (;;) {
    const MinuteSpan claim{minute - before_, minute + duration_ + after_};
    while (claim_at_ < claims_.size() && claims_[claim_at_].ends <= claim.starts) ++claim_at_;
    std::array<UtcMinute, 256> ends{};
    for (std::size_t i = claim_at_; i < claims_.size() && claims_[i].starts < claim.ends; ++i)
      if (claims_[i].span().overlaps(claim))
        ends[claims_[i].lane()] = std::max(ends[claims_[i].lane()], claims_[i].ends);
    // Each lane is blocked at least until the last claim found in it ends; 0 means that it is free.
    const UtcMinute blocked = *std::min_element(ends.begin(), ends.begin() + lanes_);
    if (blocked == 0) return minute;
    minute = blocked + before_;
  }
}

LocationSearch::LocationSearch(const CompiledService& service, const CompiledService::At& at,
                               const SearchBounds& bounds, const BusyView& busy)
    : service_(service),
      at_(at),
      bounds_(bounds),
      busy_(busy),
      grid_(at.zone, service.service().grid),
      slot_(at.candidates.size(), -1) {}

CandidateTimes& LocationSearch::times(std::uint32_t candidate) {
  if (slot_[candidate] < 0) {
    slot_[candidate] = static_cast<std::int32_t>(times_.size());
    times_.emplace_back(service_.service(), at_.candidates[candidate], bounds_, busy_);
  }
  return times_[static_cast<std::size_t>(slot_[candidate])];
}

UtcMinute LocationSearch::lower_bound(UtcMinute minute) {
  if (!service_.range().contains(
          {bounds_.from, bounds_.until + minutes_of(service_.service().duration)}))
    return minute;
  const auto open = std::ranges::partition_point(
      at_.lead_open, [&](const MinuteSpan& span) { return span.ends <= minute; });
  if (open == at_.lead_open.end()) return never;
  return grid_.at_or_after(std::max(minute, open->starts));
}

UtcMinute LocationSearch::next_of(std::size_t requirement, UtcMinute minute, std::uint32_t lead) {
  if (requirement == service_.lead() && lead != no_lead) return times(lead).next(minute, grid_);
  UtcMinute best = never;
  for (std::uint32_t c = at_.first[requirement]; c < at_.first[requirement + 1] && best > minute;
       ++c)
    best = std::min(best, times(c).next(minute, grid_));
  return best;
}

UtcMinute LocationSearch::next(UtcMinute minute, std::uint32_t lead) {
  const std::size_t needs = service_.service().needs.size();
  while (minute < bounds_.until) {
    // The lead first: it is the scarce one, and the others then start from its time.
    UtcMinute start =
        next_of(service_.lead(), lead == no_lead ? grid_.at_or_after(minute) : minute, lead);
    bool settled = start != never;
    for (std::size_t r = 0; r < needs && settled; ++r) {
      if (r == service_.lead()) continue;
      const UtcMinute other = next_of(r, start, lead);
      if (other == never) return never;
      if (other != start) {
        minute = other;
        settled = false;
      }
    }
    if (start == never) return never;
    if (!settled) continue;
    if (start >= bounds_.until) return never;
    if (at_.pools_disjoint || planted(PlantedBug::one_resource_meets_two_needs) ||
        all_different(start, lead))
      return start;
    minute = start + 1;
  }
  return never;
}

bool LocationSearch::all_different(UtcMinute start, std::uint32_t lead) {
  const std::size_t needs = service_.service().needs.size();
  Options options(needs);
  for (std::size_t r = 0; r < needs; ++r) {
    if (r == service_.lead() && lead != no_lead) {
      options[r].push_back(at_.candidates[lead].resource.id);
      continue;
    }
    // As many options as there are requirements are as good as all of them.
    for (std::uint32_t c = at_.first[r]; c < at_.first[r + 1] && options[r].size() < needs; ++c)
      if (times(c).next(start, grid_) == start) options[r].push_back(at_.candidates[c].resource.id);
  }
  return !match(options, {}).empty();
}

}  // namespace sealbook::scheduling
