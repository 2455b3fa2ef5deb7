#include "domain/scheduling/availability.hpp"

#include <algorithm>
#include <queue>

#include "domain/scheduling/search.hpp"

namespace sealbook::scheduling {
namespace {

constexpr UtcMinute longest_search = 1100 * 1440;

// One sequence of openings in rising order: a named practitioner at a location, or the location.
// `waiting` stands for all named ones at a location that were not looked at yet; none of them has
// an opening before `starts`, so most of a large pool is never looked at.
struct Stream {
  OpeningCursor key;  // of its next opening
  LocationSearch* search = nullptr;
  std::uint32_t lead = LocationSearch::no_lead;
  bool waiting = false;
};
struct Later {
  bool operator()(const Stream& a, const Stream& b) const {
    if (a.key != b.key) return a.key > b.key;
    return !a.waiting && b.waiting;  // who waits goes first, so that nobody with this key is missed
  }
};

class Search {
 public:
  Search(const CompiledService& service, const SearchWindow& window, const BusyView& busy,
         Audience audience)
      : service_(service),
        window_(window),
        audience_(audience),
        named_(!window.practitioners.empty() || lists_by_name(service)) {
    bounds_.now = window.now;
    bounds_.from = std::max(0, ceil_minute(window.from));
    bounds_.until =
        std::min({ceil_minute(window.to), bounds_.from + longest_search, bookable_until});
    if (audience == Audience::patient)
      bounds_.from = std::max(bounds_.from, earliest_start(service.service(), window.now));
    for (const auto& at : service.locations())
      if (!window.location || *window.location == at.location) add_location(at, busy);
  }

  SearchResult run() {
    SearchResult result;
    const UtcMinute window_end = ceil_minute(window_.to);
    const UtcMinute covered =
        std::min(window_end, std::max(0, ceil_minute(window_.from)) + longest_search);
    result.complete_until = covered == window_end ? window_.to : instant_of(covered);
    const std::size_t limit = window_.limit;
    result.openings.reserve(std::min<std::size_t>(limit, 64));
    while (!queue_.empty() && result.openings.size() < limit) {
      Stream stream = queue_.top();
      queue_.pop();
      if (stream.waiting) {
        look_at_next(stream);
        continue;
      }
      do {
        result.openings.push_back(opening_at(stream));
        stream.key.starts = stream.search->next(stream.key.starts + 1, stream.lead);
      } while (stream.key.starts != never && result.openings.size() < limit && comes_first(stream));
      if (stream.key.starts != never) queue_.push(stream);
    }
    if (!queue_.empty() && !result.openings.empty()) result.next = result.openings.back().cursor();
    return result;
  }

 private:
  static bool lists_by_name(const CompiledService& service) {
    const Requirement& lead = service.service().needs[service.lead()];
    return lead.kind == ResourceKind::practitioner && lead.listing == Listing::named;
  }

  void add_location(const CompiledService::At& at, const BusyView& busy) {
    SearchBounds bounds = bounds_;
    if (audience_ == Audience::patient)
      bounds.until = std::min(bounds.until, horizon_end(service_.service(), at.zone, window_.now));
    if (bounds.from >= bounds.until) return;
    LocationSearch& search = searches_.emplace_back(service_, at, bounds, busy);
    if (!named_) {
      const Stream stream{{0, {}, at.location}, &search};
      push(stream, first_start(stream.key));
    } else if (!window_.practitioners.empty()) {
      for (std::uint32_t c = at.first[service_.lead()]; c < at.first[service_.lead() + 1]; ++c)
        if (std::ranges::find(window_.practitioners, at.candidates[c].resource.id) !=
            window_.practitioners.end())
          push_named(search, c);
    } else {
      const UtcMinute from =
          window_.after ? std::max(bounds.from, window_.after->starts) : bounds.from;
      const UtcMinute starts = search.lower_bound(from);
      if (starts < bounds.until) wait(search, at.first[service_.lead()], starts);
    }
  }

  void push_named(LocationSearch& search, std::uint32_t candidate) {
    const Stream stream{{0, search.at().candidates[candidate].resource.id, search.at().location},
                        &search,
                        candidate};
    push(stream, first_start(stream.key));
  }

  void wait(LocationSearch& search, std::uint32_t candidate, UtcMinute starts) {
    const auto& at = search.at();
    queue_.push(
        {{starts, at.candidates[candidate].resource.id, at.location}, &search, candidate, true});
  }

  void look_at_next(const Stream& waiting) {
    push_named(*waiting.search, waiting.lead);
    if (waiting.lead + 1 < waiting.search->at().first[service_.lead() + 1])
      wait(*waiting.search, waiting.lead + 1, waiting.key.starts);
  }

  // Where a sequence with this key continues behind the cursor.
  UtcMinute first_start(const OpeningCursor& key) const {
    if (!window_.after) return bounds_.from;
    OpeningCursor at_cursor = key;
    at_cursor.starts = window_.after->starts;
    const bool behind = planted(PlantedBug::cursor_repeats_its_opening)
                            ? at_cursor >= *window_.after
                            : at_cursor > *window_.after;
    return std::max(bounds_.from, behind ? at_cursor.starts : at_cursor.starts + 1);
  }

  void push(Stream stream, UtcMinute from) {
    stream.key.starts = stream.search->next(from, stream.lead);
    if (stream.key.starts != never) queue_.push(stream);
  }

  bool comes_first(const Stream& stream) const {
    return queue_.empty() || !Later{}(stream, queue_.top());
  }

  Opening opening_at(const Stream& stream) const {
    const UtcMinute starts = stream.key.starts;
    Opening opening{{starts, starts + minutes_of(service_.service().duration)},
                    stream.key.location,
                    stream.key.practitioner,
                    {}};
    if (audience_ == Audience::staff) {
      if (starts < earliest_start(service_.service(), window_.now)) opening.flags.set(Flag::notice);
      if (starts >= horizon_end(service_.service(), stream.search->at().zone, window_.now))
        opening.flags.set(Flag::horizon);
    }
    return opening;
  }

  const CompiledService& service_;
  const SearchWindow& window_;
  const Audience audience_;
  const bool named_;
  SearchBounds bounds_;
  std::deque<LocationSearch> searches_;  // addresses stay
  std::priority_queue<Stream, std::vector<Stream>, Later> queue_;
};

// Appends the openings of `earlier` in front.
void prepend(std::vector<Opening>& openings, const std::vector<Opening>& earlier) {
  openings.insert(openings.begin(), earlier.begin(), earlier.end());
}

}  // namespace

std::string_view to_text(Flag flag) {
  switch (flag) {
    case Flag::outside_hours: return "outside_hours";
    case Flag::closure: return "closure";
    case Flag::overlap: return "overlap";
    case Flag::notice: return "notice";
    case Flag::horizon: return "horizon";
    case Flag::off_grid: return "off_grid";
  }
  return "";
}

SearchResult find_openings(const ServiceView& service, const SearchWindow& window,
                           const BusyView& busy, Audience audience) {
  return Search(service, window, busy, audience).run();
}

std::vector<Opening> alternatives(const ServiceView& service, const SearchWindow& window,
                                  Instant wanted, const BusyView& busy, Audience audience,
                                  std::size_t count) {
  constexpr Micros reach = std::chrono::days(14);
  SearchWindow ahead = window;
  ahead.after.reset();
  ahead.from = std::max(window.from, wanted);
  ahead.to = std::min(window.to, wanted + reach);
  ahead.limit = count;
  std::vector<Opening> found = find_openings(service, ahead, busy, audience).openings;
  // Backwards in growing steps, until what came before outnumbers what was asked for.
  SearchWindow behind = ahead;
  behind.to = std::min(wanted, window.to);
  behind.limit = static_cast<std::size_t>(-1);
  const Instant earliest = std::max(window.from, wanted - reach);
  std::size_t before = 0;
  for (Micros step = std::chrono::hours(2); behind.to > earliest && before < count; step *= 2) {
    behind.from = std::max(earliest, behind.to - step);
    const auto earlier = find_openings(service, behind, busy, audience).openings;
    before += earlier.size();
    prepend(found, earlier);
    behind.to = behind.from;
  }
  std::ranges::sort(found, {}, [&](const Opening& o) {
    return std::pair(std::abs((o.interval().starts - wanted).count()), o.cursor());
  });
  found.resize(std::min(found.size(), count));
  std::ranges::sort(found, {}, [](const Opening& o) { return o.cursor(); });
  return found;
}

}  // namespace sealbook::scheduling
