// The parts of a search: when one candidate is next free, when all requirements are next met.
// Private to this folder; used by one thread for one search.
#pragma once

#include <deque>

#include "domain/scheduling/availability.hpp"
#include "domain/scheduling/rules.hpp"

namespace sealbook::scheduling {

// What a search never leaves: starts in [from, until), with `now` for holds.
struct SearchBounds {
  UtcMinute from = 0;
  UtcMinute until = 0;
  Instant now;
};

// One candidate of one requirement. Asking for rising times walks its hours and claims once.
class CandidateTimes {
 public:
  CandidateTimes(const Service& service, const CompiledService::Candidate& candidate,
                 const SearchBounds& bounds, const BusyView& busy);
  CandidateTimes(const CandidateTimes&) = delete;
  CandidateTimes& operator=(const CandidateTimes&) = delete;

  // The first start on the grid at or after `minute` when it is open and free; `never` if none
  // before the end of the search.
  UtcMinute next(UtcMinute minute, Grid& grid);

 private:
  void add_live_holds(Instant now);
  void seek(UtcMinute minute);
  UtcMinute walk(UtcMinute minute, Grid& grid);
  // The first minute at or after this one when the claim of a visit would fit, whatever the hours.
  UtcMinute free_from(UtcMinute minute);
  UtcMinute lanes_free_from(UtcMinute minute);

  UtcMinute duration_, before_, after_, until_;
  std::uint8_t lanes_;
  std::span<const MinuteSpan> open_;
  std::span<const MinuteSpan> solid_;  // with one lane
  std::span<const BusyEntry> claims_;  // with several
  UtcMinute longest_ = 0;
  std::size_t open_at_ = 0;
  std::size_t claim_at_ = 0;
  UtcMinute asked_ = never;   // what was asked last and what was answered:
  UtcMinute answer_ = never;  // nothing in between is possible
  ResourceBusy busy_;
  std::vector<MinuteSpan> expanded_;          // open_ when the search leaves the compiled range
  std::vector<MinuteSpan> solid_with_holds_;  // solid_ when there are live holds
  std::vector<BusyEntry> claims_with_holds_;  // claims_ then
};

// All candidates at one location.
class LocationSearch {
 public:
  LocationSearch(const CompiledService& service, const CompiledService::At& at,
                 const SearchBounds& bounds, const BusyView& busy);

  // The first start at or after `minute` at which all requirements are met, the lead by
  // at.candidates[lead] or, with no_lead, by anybody. `never` if none.
  UtcMinute next(UtcMinute minute, std::uint32_t lead);
  // No start at or after `minute` comes before this one; costs next to nothing.
  UtcMinute lower_bound(UtcMinute minute);
  const CompiledService::At& at() const { return at_; }
  UtcMinute until() const { return bounds_.until; }

  static constexpr std::uint32_t no_lead = static_cast<std::uint32_t>(-1);

 private:
  CandidateTimes& times(std::uint32_t candidate);
  UtcMinute next_of(std::size_t requirement, UtcMinute minute, std::uint32_t lead);
  bool all_different(UtcMinute start, std::uint32_t lead);

  const CompiledService& service_;
  const CompiledService::At& at_;
  const SearchBounds bounds_;
  const BusyView& busy_;
  Grid grid_;
  std::vector<std::int32_t> slot_;    // candidate → times_, -1 until it is asked
  std::deque<CandidateTimes> times_;  // addresses stay
};

}  // namespace sealbook::scheduling
