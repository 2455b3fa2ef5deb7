// An event: people who are to book visits of some services, at some places, between two dates.
//
// Rules bind the people who come through a personal link; staff are bound by the services' rules
// alone. Instants are UTC; a visit belongs to the event's dates by its start.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"

namespace sealbook::events {

// Stored by number: append only.
enum class State : std::uint8_t { open = 1, closed = 2 };
// Whose links may book: everybody's on the list, or nobody's without an invitation.
enum class Audience : std::uint8_t { participants = 1, invited = 2 };

inline constexpr std::int32_t most_visits = 20;
inline constexpr std::int32_t most_change_hours = 24 * 90;
// For visits that belong to no event.
inline constexpr std::int32_t default_change_hours = 24;

struct Event {
  EventId id;
  std::int64_t version = 1;
  State state = State::open;
  std::string name, description;       // operational: never a person's
  std::vector<ServiceId> services;     // at least one; in the order in which people see them
  std::vector<LocationId> locations;   // empty: wherever the services are given
  Interval dates;                      // visits start in [starts, ends)
  Instant closes;                      // links of the event end here at the latest
  std::int32_t visits_per_person = 1;  // 1 .. most_visits, at the same time
  std::int32_t change_hours = default_change_hours;  // move and cancel until so long before the start
  Audience audience = Audience::participants;
  Instant created;
  bool operator==(const Event&) const = default;
};

// Fails with `invalid`, naming each broken rule by pointer ("/until", "/closes_at", …).
Result<void> validate(const Event& event);

// Whether its links may be used at all.
constexpr bool is_open(const Event& event, Instant now) { return event.state == State::open && now < event.closes; }
// The last instant at which a visit that starts then may be moved or cancelled by its person.
constexpr Instant change_until(Instant starts, std::int32_t change_hours) {
  return starts - std::chrono::hours(change_hours);
}

}  // namespace sealbook::events
