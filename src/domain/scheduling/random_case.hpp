// RandomCase makes a small clinic and a question about it out of one number. For tests only.
//
// Half of the cases sit on an edge: a change of clocks, a claim that touches a start, a buffer, a
// minute of notice, the last day of the horizon, a hold at the moment of its expiry.
#pragma once

#include <algorithm>
#include <string>

#include "domain/scheduling/availability.hpp"
#include "domain/scheduling/dice.hpp"

namespace sealbook::scheduling::testing {

struct RandomCase {
  struct Place {
    LocationId id;
    std::string zone;
  };
  struct Member {
    ResourceId id;
    ResourceKind kind = ResourceKind::practitioner;
    std::uint8_t lanes = 1;
    std::vector<std::size_t> places;
  };
  std::vector<Place> places;
  std::vector<Member> members;
  std::vector<Schedule> schedules;  // of members and of places
  std::vector<Closure> closures;
  std::vector<Claim> claims;
  Service service;
  SearchWindow window;  // practitioners: see named
  std::vector<ResourceId> named;
  Audience audience = Audience::patient;
  Interval compiled;  // range of the compiled hours

  explicit RandomCase(std::uint64_t seed) : dice(seed) {
    make_places();
    make_service();
    make_members();
    make_window();
    make_schedules();
    make_closures();
    make_claims();
    window.practitioners = named;
  }
  RandomCase(const RandomCase&) = delete;
  RandomCase& operator=(const RandomCase&) = delete;

  Dice dice;
  Instant middle;  // what the case is about; on an edge, the change of clocks

 private:
  void make_places() {
    const std::int64_t count = dice.chance(70) ? 1 : 2;
    for (std::int64_t i = 0; i < count; ++i)
      places.push_back({dice.id<LocationId>(), dice.one_of(zone_names)});
    const TimeZone zone = TimeZone::named(places[0].zone).value();
    auto segments = zone.segments();
    while (segments.size() > 1 && segments.back().begins_s > 2'114'380'800)
      segments = segments.first(segments.size() - 1);
    std::size_t first = 0;
    while (first < segments.size() && segments[first].begins_s < 94'694'400) ++first;  // since 1973
    if (dice.chance(50) && first < segments.size()) {
      const auto pick = static_cast<std::size_t>(
          dice.between(0, static_cast<std::int64_t>(segments.size() - first) - 1));
      middle = Instant::from_seconds(segments[first + pick].begins_s);
    } else {
      middle =
          Instant::from_seconds(dice.between(94'694'400, 2'114'380'800) / 300 * 300);  // to 2036
    }
  }

  void make_service() {
    service.id = dice.id<ServiceId>();
    service.duration = Minutes(dice.one_of({5, 10, 15, 20, 30, 45, 60, 90, 7, 600}));
    service.buffer_before = Minutes(dice.chance(50) ? 0 : dice.one_of({5, 10, 15, 30, 1, 90}));
    service.buffer_after = Minutes(dice.chance(50) ? 0 : dice.one_of({5, 10, 15, 30, 1, 90}));
    service.grid = Minutes(dice.one_of({5, 10, 15, 15, 20, 30, 45, 60, 7, 120, 1440}));
    service.min_notice = Minutes(dice.chance(50) ? 0 : dice.one_of({15, 60, 90, 1440, 2880}));
    service.horizon_days = static_cast<std::int32_t>(dice.between(0, 5));
    const std::int64_t needs = dice.chance(50) ? 1 : dice.between(2, 3);
    for (std::int64_t i = 0; i < needs; ++i) {
      Requirement need;
      need.kind = i == 0 && dice.chance(90) ? ResourceKind::practitioner
                                            : static_cast<ResourceKind>(dice.between(0, 2));
      need.buffers = dice.chance(75) ? Buffers::bind : Buffers::ignore;
      need.listing = dice.chance(70) ? Listing::named : Listing::pooled;
      service.needs.push_back(need);
    }
  }

  void make_members() {
    const std::int64_t count = dice.between(2, 6);
    for (std::int64_t i = 0; i < count; ++i) {
      const bool needed = i < std::ssize(service.needs) && dice.chance(80);
      const ResourceKind kind = needed ? service.needs[static_cast<std::size_t>(i)].kind
                                       : static_cast<ResourceKind>(dice.between(0, 2));
      Member member{dice.id<ResourceId>(),
                    kind,
                    static_cast<std::uint8_t>(dice.chance(80) ? 1 : dice.between(2, 3)),
                    {}};
      for (std::size_t p = 0; p < places.size(); ++p)
        if (dice.chance(75) || places.size() == 1) member.places.push_back(p);
      members.push_back(member);
    }
    for (Requirement& need : service.needs)
      if (dice.chance(30))
        for (const Member& member : members)
          if (dice.chance(60))
            need.pool.push_back(member.id);  // of other kinds too: those never fit
  }

  void make_window() {
    window.from = middle - Minutes(dice.between(0, 30 * 60));
    window.to = window.from + Minutes(dice.between(30, 40 * 60));
    if (dice.chance(10)) window.from = window.from + Micros(1);
    audience = dice.chance(75) ? Audience::patient : Audience::staff;
    // Now: long before, or such that notice or horizon ends inside the window.
    if (dice.chance(50)) {
      window.now = window.from - service.min_notice + Minutes(dice.between(-60, 600) / 5 * 5);
      if (dice.chance(50)) window.now = window.now + Micros(dice.between(-1, 1));
    } else {
      window.now = window.from - std::chrono::days(service.horizon_days) +
                   Minutes(dice.between(-1440, 1440));
    }
    if (places.size() > 1 && dice.chance(25)) window.location = places[0].id;
    if (dice.chance(30))
      for (const Member& member : members)
        if (member.kind == ResourceKind::practitioner && dice.chance(60))
          named.push_back(member.id);
    compiled = dice.chance(85)
                   ? Interval{window.from - std::chrono::days(5), window.to + std::chrono::days(5)}
                   : Interval{window.from + Minutes(dice.between(-600, 600)),
                              window.to + Minutes(dice.between(-600, 600))};
  }

  LocalHours random_hours() {
    LocalHours hours;
    if (dice.chance(15)) return {0, 1440};
    hours.starts = static_cast<std::int32_t>(dice.between(0, 287) * 5);
    if (dice.chance(30))
      hours.starts =
          static_cast<std::int32_t>(dice.between(0, 16) * 15);  // at night, where clocks change
    hours.ends = hours.starts + static_cast<std::int32_t>(dice.chance(70) ? dice.between(4, 60) * 10
                                                                          : dice.between(1, 1440));
    return hours;
  }

  Schedule random_schedule(const ResourceId& resource, const LocationId& location,
                           const TimeZone& zone) {
    Schedule schedule;
    schedule.id = dice.id<ScheduleId>();
    schedule.resource = resource;
    schedule.location = location;
    for (auto& day : schedule.weekly)
      for (std::int64_t n = dice.chance(20) ? 0 : dice.between(1, 2); n > 0; --n)
        day.push_back(random_hours());
    const LocalDay today = to_local(middle, zone).day;
    if (dice.chance(40)) {
      for (std::int64_t offset = -2; offset <= 2; ++offset) {
        if (!dice.chance(35)) continue;
        schedule.overrides.push_back({today + std::chrono::days(offset), {}});
        for (std::int64_t n = dice.between(0, 2); n > 0; --n)
          schedule.overrides.back().hours.push_back(random_hours());
      }
    }
    if (dice.chance(10)) schedule.valid_from = today + std::chrono::days(dice.between(-2, 1));
    if (dice.chance(10)) schedule.valid_to = today + std::chrono::days(dice.between(-1, 2));
    return schedule;
  }

  void make_schedules() {
    for (const Place& place : places) {
      const TimeZone zone = TimeZone::named(place.zone).value();
      if (dice.chance(20)) schedules.push_back(random_schedule({}, place.id, zone));
      for (const Member& member : members) {
        const bool here =
            std::ranges::find(member.places, static_cast<std::size_t>(&place - places.data())) !=
            member.places.end();
        if (!here || (member.kind != ResourceKind::practitioner && dice.chance(60))) continue;
        for (std::int64_t n = dice.chance(90) ? 1 : 2; n > 0; --n)
          schedules.push_back(random_schedule(member.id, place.id, zone));
      }
    }
  }

  void make_closures() {
    for (std::int64_t n = dice.chance(60) ? 0 : dice.between(1, 2); n > 0; --n) {
      Closure closure;
      closure.id = dice.id<ClosureId>();
      closure.when.starts = middle + Minutes(dice.between(-200, 200) * 5);
      closure.when.ends = closure.when.starts + Minutes(dice.one_of({15, 60, 240, 1440}));
      if (dice.chance(10)) closure.when.starts = closure.when.starts + std::chrono::seconds(30);
      if (dice.chance(50)) closure.location = places[0].id;
      if (dice.chance(50))
        closure.resource =
            members[static_cast<std::size_t>(dice.between(0, std::ssize(members) - 1))].id;
      closures.push_back(closure);
    }
  }

  void make_claims() {
    const std::int64_t grid = service.grid.count();
    const std::int64_t nudges[] = {0,
                                   0,
                                   1,
                                   -1,
                                   service.buffer_before.count(),
                                   -service.buffer_after.count(),
                                   service.duration.count() + service.buffer_after.count()};
    for (const Member& member : members) {
      for (std::int64_t n = dice.between(0, 12); n > 0; --n) {
        Claim claim;
        claim.id = dice.id<ClaimId>();
        claim.resource = member.id;
        claim.lane = static_cast<Lane>(dice.chance(85) ? dice.between(0, member.lanes - 1)
                                                       : dice.between(0, 3));
        const std::int64_t step = dice.between(-1800, 1800) / grid * grid;
        const Minutes length(dice.chance(90) ? dice.one_of({5, 15, 30, 60, 1, 240}) : 4000);
        claim.when.starts = middle + Minutes(step + (dice.chance(70) ? dice.one_of(nudges)
                                                                     : dice.between(-60, 60)));
        if (dice.chance(30))
          claim.when.starts = claim.when.starts - length;  // ends on the edge instead
        if (dice.chance(5))
          claim.when.starts = claim.when.starts + Micros(dice.between(1, 59'999'999));
        claim.when.ends = claim.when.starts + length;
        if (dice.chance(30))
          claim.expires = window.now + Micros(dice.one_of({-1, 0, 0, 1, 60'000'000, -60'000'000}));
        claims.push_back(claim);
      }
    }
  }
};

}  // namespace sealbook::scheduling::testing
