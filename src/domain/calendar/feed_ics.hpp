// A calendar that a practitioner's own devices subscribe to: when they are busy, and nothing else.
//
// Each visit is one event with a fixed word for a title; there is no field for anything about a
// person or a place. Times are UTC: one feed spans places in several zones, and each device shows
// its own. The bytes depend on the entries alone, so they serve for an ETag.
// Pure; any thread. RFC 5545, and RFC 7986 for the name and how often to look.
#pragma once

#include <span>
#include <string>

#include "base/instant.hpp"
#include "domain/messages/message.hpp"

namespace sealbook::calendar {

enum class FeedWording : std::uint8_t {
  busy = 0,     // "Busy", "Ocupado": for calendars that others look at
  neutral = 1,  // "Appointment", "Cita"
};

struct FeedEntry {
  std::string uid;  // our own (app/calendar/uid.hpp)
  std::int64_t sequence = 0;
  Interval when;
  Instant stamp;  // when this version was made
};

// Entries in the order given. Asserts that uids are ours: printable and not empty.
std::string feed_ics(std::span<const FeedEntry> entries, FeedWording wording,
                     messages::Locale locale);

}  // namespace sealbook::calendar
