// check_case() runs one random case through the engine and the oracle. For tests only.
#pragma once

#include <memory>

#include "domain/scheduling/busy_index.hpp"
#include "domain/scheduling/oracle.hpp"

namespace sealbook::scheduling::testing {

// What the engine is given for a case: everything compiled, and the claims in an index or as rows.
class EngineSide {
 public:
  explicit EngineSide(RandomCase& c) {
    for (std::size_t p = 0; p < c.places.size(); ++p) locations_.push_back(compile_place(c, p));
    view = CompiledService::make(c.service, locations_);
    fill_index(c);
    rows_ = std::make_unique<BusyRows>(c.claims);
    busy = c.dice.chance(50) ? static_cast<const BusyView*>(&index_) : rows_.get();
  }
  std::shared_ptr<const CompiledService> view;
  const BusyView* busy = nullptr;

 private:
  static LocationResources compile_place(const RandomCase& c, std::size_t place) {
    LocationResources location{
        c.places[place].id, TimeZone::named(c.places[place].zone).value(), {}};
    for (const auto& member : c.members) {
      if (std::ranges::find(member.places, place) == member.places.end()) continue;
      HoursRules rules{location.zone, member.kind, {}, {}, {}};
      for (const Schedule& schedule : c.schedules) {
        if (schedule.location != location.id) continue;
        if (schedule.resource == member.id) rules.own.push_back(schedule);
        if (schedule.resource.is_nil()) rules.location.push_back(schedule);
      }
      for (const Closure& closure : c.closures)
        if (closes(closure, location.id, member.id)) rules.closures.push_back(closure);
      location.resources.push_back({member.id, member.kind, member.lanes,
                                    CompiledHours::make(std::move(rules), c.compiled)});
    }
    return location;
  }

  // Some claims loaded, some added, some twice, and some that are gone again, in any order.
  void fill_index(RandomCase& c) {
    const auto half = std::span(c.claims).first(c.claims.size() / 2);
    index_.load(half, c.window.now);
    std::vector<Claim> gone;
    for (const auto& member : c.members)
      gone.push_back(
          {c.dice.id<ClaimId>(), member.id, 0, {c.window.from, c.window.to}, std::nullopt});
    for (const Claim& claim : gone)
      if (c.dice.chance(50)) index_.remove(claim.id, claim.resource, c.window.now);
    for (const Claim& claim : std::span(c.claims).subspan(half.size()))
      index_.add(claim, c.window.now);
    for (const Claim& claim : gone) index_.add(claim, c.window.now);
    for (const Claim& claim : gone) index_.remove(claim.id, claim.resource, c.window.now);
    for (const Claim& claim : c.claims)
      if (c.dice.chance(10)) index_.add(claim, c.window.now);
  }

  std::vector<LocationResources> locations_;
  BusyIndex index_;
  std::unique_ptr<BusyRows> rows_;
};

class CaseCheck {
 public:
  explicit CaseCheck(std::uint64_t seed) : case_(seed), oracle_(case_), engine_(case_) {}

  // Empty when engine and oracle agree, else one line that says where they differ.
  std::string run() {
    expected_ = oracle_.openings();
    std::string difference = check_listing();
    if (difference.empty()) difference = check_alternatives();
    for (int n = 0; n < 3 && difference.empty(); ++n) difference = check_visit();
    return difference;
  }
  std::size_t openings() const { return expected_.size(); }

 private:
  static Oracle::Answer answer_of(const Opening& o) {
    return {o.visit.starts, o.practitioner, o.location};
  }
  static std::string line(const char* what, std::int64_t minute) {
    return std::string(what) + " at " + Instant::from_seconds(minute * 60).text();
  }

  std::string check_listing() {
    std::vector<Oracle::Answer> found;
    SearchWindow window = case_.window;
    for (;;) {
      window.limit =
          static_cast<std::size_t>(case_.dice.chance(50) ? case_.dice.between(1, 7) : 200);
      const SearchResult page = find_openings(*engine_.view, window, *engine_.busy, case_.audience);
      if (page.openings.size() > window.limit) return "more openings than asked for";
      if (page.complete_until != window.to) return "a short window is not complete";
      for (const Opening& opening : page.openings) {
        if (opening.visit.ends - opening.visit.starts != case_.service.duration.count())
          return "a visit has another duration";
        if (const auto wrong = check_flags(opening); !wrong.empty()) return wrong;
        found.push_back(answer_of(opening));
      }
      if (found.size() > expected_.size() + 8) break;
      if (!page.next) break;
      window.after = page.next;
    }
    for (std::size_t i = 0; i < std::max(found.size(), expected_.size()); ++i) {
      if (i >= found.size()) return line("an opening is missing", expected_[i].minute);
      if (i >= expected_.size()) return line("an opening too many", found[i].minute);
      if (found[i] != expected_[i])
        return line("another opening", std::min(found[i], expected_[i]).minute);
    }
    return {};
  }

  std::string check_flags(const Opening& opening) const {
    const std::int64_t minute = opening.visit.starts;
    const bool patient = case_.audience == Audience::patient;
    Flags flags;
    if (!patient && oracle_.too_soon(minute)) flags.set(Flag::notice);
    if (!patient && oracle_.too_far(place_of(opening.location), minute)) flags.set(Flag::horizon);
    return opening.flags == flags ? std::string() : line("other flags on an opening", minute);
  }

  std::size_t place_of(const LocationId& location) const {
    std::size_t place = 0;
    while (case_.places[place].id != location) ++place;
    return place;
  }

  std::string check_alternatives() {
    const Instant wanted = case_.window.from + Minutes(case_.dice.between(0, 40 * 60));
    const std::size_t count = static_cast<std::size_t>(case_.dice.between(1, 6));
    std::vector<Oracle::Answer> nearest = expected_;
    std::ranges::sort(nearest, {}, [&](const Oracle::Answer& a) {
      return std::pair(std::abs((Instant::from_seconds(a.minute * 60) - wanted).count()), a);
    });
    nearest.resize(std::min(nearest.size(), count));
    std::ranges::sort(nearest);
    const auto found =
        alternatives(*engine_.view, case_.window, wanted, *engine_.busy, case_.audience, count);
    if (!std::ranges::equal(found, nearest, {}, answer_of))
      return "other alternatives to " + wanted.text();
    return {};
  }

  // A time of interest: an opening, a minute beside one, or any.
  std::int64_t any_start() {
    if (!expected_.empty() && case_.dice.chance(70)) {
      const auto pick = static_cast<std::size_t>(case_.dice.between(0, std::ssize(expected_) - 1));
      return expected_[pick].minute + (case_.dice.chance(60) ? 0 : case_.dice.between(-20, 20));
    }
    return case_.window.from.minutes() +
           case_.dice.between(0, (case_.window.to - case_.window.from) / Minutes(1));
  }

  std::string check_visit() {
    const std::int64_t minute = any_start();
    const std::size_t place =
        static_cast<std::size_t>(case_.dice.between(0, std::ssize(case_.places) - 1));
    const LocationId location = case_.places[place].id;
    const Instant start = Instant::from_seconds(minute * 60);
    if (engine_.view->find(location) == nullptr) return {};
    const bool possible = oracle_.possible(place, minute, 0, std::nullopt);
    const auto chosen =
        choose_resources(*engine_.view, location, {}, start, *engine_.busy, case_.window.now);
    if (chosen.has_value() != possible)
      return line(possible ? "nobody chosen" : "somebody chosen", minute);
    if (chosen) {
      const auto verdict =
          judge(*engine_.view, location, *chosen, start, *engine_.busy, case_.window.now);
      if (!verdict || !verdict->flags.needing_override().none())
        return line("the chosen may not", minute);
    }
    return check_judgement(place, minute);
  }

  // Judges any members that can serve, free or not, and compares flag by flag.
  std::string check_judgement(std::size_t place, std::int64_t minute) {
    std::vector<std::size_t> picked;
    for (const Requirement& need : case_.service.needs) {
      std::vector<std::size_t> able;
      for (std::size_t m = 0; m < case_.members.size(); ++m)
        if (oracle_.can_serve(place, m, need) && std::ranges::find(picked, m) == picked.end())
          able.push_back(m);
      if (able.empty()) return {};
      picked.push_back(able[static_cast<std::size_t>(case_.dice.between(0, std::ssize(able) - 1))]);
    }
    Flags flags;
    Chosen chosen;
    for (std::size_t r = 0; r < picked.size(); ++r) {
      chosen.push_back(case_.members[picked[r]].id);
      if (!oracle_.in_hours(place, picked[r], minute)) flags.set(Flag::outside_hours);
      if (oracle_.is_closed(place, picked[r], minute)) flags.set(Flag::closure);
      if (!oracle_.is_free(picked[r], case_.service.needs[r], minute)) flags.set(Flag::overlap);
    }
    if (oracle_.too_soon(minute)) flags.set(Flag::notice);
    if (oracle_.too_far(place, minute)) flags.set(Flag::horizon);
    if (!oracle_.on_grid(place, minute)) flags.set(Flag::off_grid);
    const auto verdict = judge(*engine_.view, case_.places[place].id, chosen,
                               Instant::from_seconds(minute * 60), *engine_.busy, case_.window.now);
    if (!verdict) return line("a visit was not judged", minute);
    if (verdict->flags != flags) return line("other flags", minute);
    return {};
  }

  RandomCase case_;
  Oracle oracle_;
  EngineSide engine_;
  std::vector<Oracle::Answer> expected_;
};

}  // namespace sealbook::scheduling::testing
