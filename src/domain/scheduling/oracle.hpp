// Oracle answers the engine's questions the obvious way: minute by minute, by trying everything.
//
// For tests only. It is written from docs/time.md and the headers, asks date-tz directly and shares
// no code with the engine: only the plain structs that describe the case.
#pragma once

#include <date/tz.h>

#include <map>
#include <set>

#include "domain/scheduling/random_case.hpp"

namespace sealbook::scheduling::testing {

class Oracle {
 public:
  explicit Oracle(const RandomCase& the_case) : case_(the_case) {
    using std::chrono::floor;
    low_ = case_.window.from.minutes() - 2 * 1440;
    high_ = case_.window.to.minutes() + 2 * 1440;
    for (std::size_t p = 0; p < case_.places.size(); ++p) {
      zones_.push_back(date::locate_zone(case_.places[p].zone));
      for (std::size_t m = 0; m < case_.members.size(); ++m) mark_place(p, m);
    }
    for (std::size_t m = 0; m < case_.members.size(); ++m) mark_claims(m);
  }

  struct Answer {
    std::int64_t minute;
    ResourceId practitioner;
    LocationId location;
    auto operator<=>(const Answer&) const = default;
  };

  // All openings of the case, in the order of the engine.
  std::vector<Answer> openings() const {
    std::set<Answer> all;
    for (std::size_t p = 0; p < case_.places.size(); ++p) {
      if (case_.window.location && *case_.window.location != case_.places[p].id) continue;
      for (std::int64_t minute = low_ + 2000; minute < high_ - 2000; ++minute) {
        const Instant start = Instant::from_seconds(minute * 60);
        if (start < case_.window.from || start >= case_.window.to) continue;
        if (case_.audience == Audience::patient && (too_soon(minute) || too_far(p, minute)))
          continue;
        if (!on_grid(p, minute)) continue;
        list_start(p, minute, all);
      }
    }
    return {all.begin(), all.end()};
  }

  bool too_soon(std::int64_t minute) const {
    return Instant::from_seconds(minute * 60) < case_.window.now + case_.service.min_notice;
  }
  // Behind the local midnight that ends the last day of the horizon.
  bool too_far(std::size_t place, std::int64_t minute) const {
    const date::sys_seconds now{std::chrono::seconds(case_.window.now.seconds())};
    const date::local_seconds local_now{
        (now + zones_[place]->get_info(now).offset).time_since_epoch()};
    const auto last_day =
        date::floor<date::days>(local_now) + date::days(case_.service.horizon_days);
    return minute >= to_utc_minute(place, last_day + date::days(1));
  }
  bool on_grid(std::size_t place, std::int64_t minute) const {
    const date::sys_seconds utc{std::chrono::seconds(minute * 60)};
    const auto local_minutes = minute + zones_[place]->get_info(utc).offset.count() / 60;
    const auto of_day = ((local_minutes % 1440) + 1440) % 1440;
    return of_day % case_.service.grid.count() == 0;
  }
  bool in_hours(std::size_t place, std::size_t member, std::int64_t minute) const {
    return every_minute(minute, minute + case_.service.duration.count(),
                        [&](std::size_t i) { return hours_.at({place, member})[i]; });
  }
  bool is_closed(std::size_t place, std::size_t member, std::int64_t minute) const {
    return !every_minute(minute, minute + case_.service.duration.count(),
                         [&](std::size_t i) { return !closed_.at({place, member})[i]; });
  }
  bool is_free(std::size_t member, const Requirement& need, std::int64_t minute) const {
    std::int64_t from = minute, to = minute + case_.service.duration.count();
    if (need.buffers == Buffers::bind) {
      from -= case_.service.buffer_before.count();
      to += case_.service.buffer_after.count();
    }
    for (int lane = 0; lane < case_.members[member].lanes; ++lane)
      if (every_minute(from, to, [&](std::size_t i) { return !(taken_[member][i] >> lane & 1); }))
        return true;
    return false;
  }
  bool can_serve(std::size_t place, std::size_t member, const Requirement& need) const {
    const auto& m = case_.members[member];
    const bool here = std::ranges::count(m.places, place) > 0;
    const bool in_pool = need.pool.empty() || std::ranges::count(need.pool, m.id) > 0;
    return here && in_pool && m.kind == need.kind;
  }
  // Whether all needs can be met by different members; `fixed` meets need `lead` if it is given.
  bool possible(std::size_t place, std::int64_t minute, std::size_t lead,
                std::optional<std::size_t> fixed) const {
    std::set<std::size_t> used;
    return possible_from(0, place, minute, lead, fixed, used);
  }
  std::size_t lead() const {
    for (std::size_t r = 0; r < case_.service.needs.size(); ++r)
      if (case_.service.needs[r].kind == ResourceKind::practitioner) return r;
    return 0;
  }

 private:
  bool possible_from(std::size_t need, std::size_t place, std::int64_t minute, std::size_t lead,
                     std::optional<std::size_t> fixed, std::set<std::size_t>& used) const {
    if (need == case_.service.needs.size()) return true;
    for (std::size_t m = 0; m < case_.members.size(); ++m) {
      if (need == lead && fixed && *fixed != m) continue;
      if (used.contains(m) || !good(place, m, need, minute)) continue;
      used.insert(m);
      if (possible_from(need + 1, place, minute, lead, fixed, used)) return true;
      used.erase(m);
    }
    return false;
  }
  bool good(std::size_t place, std::size_t member, std::size_t need, std::int64_t minute) const {
    const Requirement& requirement = case_.service.needs[need];
    return can_serve(place, member, requirement) && in_hours(place, member, minute) &&
           !is_closed(place, member, minute) && is_free(member, requirement, minute);
  }

  void list_start(std::size_t place, std::int64_t minute, std::set<Answer>& all) const {
    const Requirement& need = case_.service.needs[lead()];
    const bool by_name = !case_.named.empty() || (need.kind == ResourceKind::practitioner &&
                                                  need.listing == Listing::named);
    if (!by_name) {
      if (possible(place, minute, lead(), std::nullopt))
        all.insert({minute, {}, case_.places[place].id});
      return;
    }
    for (std::size_t m = 0; m < case_.members.size(); ++m) {
      const ResourceId& id = case_.members[m].id;
      if (!case_.named.empty() && std::ranges::count(case_.named, id) == 0) continue;
      if (possible(place, minute, lead(), m)) all.insert({minute, id, case_.places[place].id});
    }
  }

  template <class Holds>
  bool every_minute(std::int64_t from, std::int64_t to, Holds holds) const {
    for (std::int64_t minute = from; minute < to; ++minute)
      if (!holds(static_cast<std::size_t>(minute - low_))) return false;
    return true;
  }

  // date-tz gives the offset before a gap, and the earlier offset of a doubled time, as `first`.
  std::int64_t to_utc_minute(std::size_t place, date::local_seconds local) const {
    const auto info = zones_[place]->get_info(local);
    return (local.time_since_epoch() - info.first.offset).count() / 60;
  }
  bool exists(std::size_t place, date::local_days day) const {
    for (int minute = 0; minute < 1440; ++minute)
      if (zones_[place]->get_info(date::local_seconds(day) + std::chrono::minutes(minute)).result !=
          date::local_info::nonexistent)
        return true;
    return false;
  }

  void mark(std::vector<char>& minutes, std::int64_t from, std::int64_t to) const {
    for (std::int64_t minute = std::max(from, low_); minute < std::min(to, high_); ++minute)
      minutes[static_cast<std::size_t>(minute - low_)] = true;
  }

  void mark_schedule(std::size_t place, const Schedule& schedule,
                     std::vector<char>& minutes) const {
    const auto around = date::floor<date::days>(date::sys_seconds(std::chrono::seconds(low_ * 60)));
    for (int n = -3; n < (high_ - low_) / 1440 + 3; ++n) {
      const date::local_days day{(around + date::days(n)).time_since_epoch()};
      const LocalDay same_day{std::chrono::days(day.time_since_epoch().count())};
      if (schedule.valid_from && same_day < *schedule.valid_from) continue;
      if (schedule.valid_to && same_day > *schedule.valid_to) continue;
      const auto weekday = date::weekday(day).iso_encoding() - 1;
      const std::vector<LocalHours>* hours = &schedule.weekly[weekday];
      for (const DayOverride& instead : schedule.overrides)
        if (instead.day == same_day) hours = &instead.hours;
      if (hours->empty() || !exists(place, day)) continue;
      for (const LocalHours& h : *hours)
        mark(minutes,
             to_utc_minute(place, date::local_seconds(day) + std::chrono::minutes(h.starts)),
             to_utc_minute(place, date::local_seconds(day) + std::chrono::minutes(h.ends)));
    }
  }

  void mark_place(std::size_t place, std::size_t member) {
    const LocationId& location = case_.places[place].id;
    const auto& m = case_.members[member];
    const auto size = static_cast<std::size_t>(high_ - low_);
    std::vector<char> own(size), site(size), closed(size);
    bool has_own = false, has_site = false;
    for (const Schedule& schedule : case_.schedules) {
      if (schedule.location != location) continue;
      if (schedule.resource == m.id) has_own = true, mark_schedule(place, schedule, own);
      if (schedule.resource.is_nil()) has_site = true, mark_schedule(place, schedule, site);
    }
    if (!has_own && m.kind != ResourceKind::practitioner) own.assign(size, true);
    if (!has_site) site.assign(size, true);
    for (std::size_t i = 0; i < size; ++i) own[i] = own[i] && site[i];
    for (const Closure& closure : case_.closures) {
      if (!closure.location.is_nil() && closure.location != location) continue;
      if (!closure.resource.is_nil() && closure.resource != m.id) continue;
      for (std::int64_t minute = std::max(low_, closure.when.starts.minutes()); minute < high_;
           ++minute)
        if (touches(closure.when, minute)) closed[static_cast<std::size_t>(minute - low_)] = true;
    }
    hours_[{place, member}] = std::move(own);
    closed_[{place, member}] = std::move(closed);
  }

  static bool touches(const Interval& interval, std::int64_t minute) {
    return interval.starts < Instant::from_seconds((minute + 1) * 60) &&
           Instant::from_seconds(minute * 60) < interval.ends;
  }

  void mark_claims(std::size_t member) {
    auto& taken = taken_.emplace_back(static_cast<std::size_t>(high_ - low_));
    for (const Claim& claim : case_.claims) {
      if (claim.resource != case_.members[member].id) continue;
      if (claim.expires && *claim.expires <= case_.window.now) continue;
      const std::int64_t from = std::max(low_, claim.when.starts.minutes());
      for (std::int64_t minute = from; minute < high_ && touches(claim.when, minute); ++minute)
        taken[static_cast<std::size_t>(minute - low_)] |=
            static_cast<std::uint8_t>(1 << claim.lane);
    }
  }

  const RandomCase& case_;
  std::int64_t low_ = 0, high_ = 0;
  std::vector<const date::time_zone*> zones_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<char>> hours_,
      closed_;                                    // by place and member
  std::vector<std::vector<std::uint8_t>> taken_;  // member, minute → lanes
};

}  // namespace sealbook::scheduling::testing
