// A calendar file for one visit, as it goes with a mail: an invitation or its cancellation
// (RFC 5545, 5546, 7986).
//
// It says when and, if the sender likes, where; the title is neutral and there is no field for a
// name, a reason or a clinician. At level neutral the sender attaches no file at all, but its link.
// Times bear the visit's zone with its VTIMEZONE; one that the zone's clock shows twice is written
// in UTC, because TZID could only mean the first (3.3.5) and readers differ about it
// (docs/time.md). Pure; any thread. Fails with `invalid` when the uid or an address cannot stand in
// a URI (control characters, spaces, no @), never by dropping them. The result holds an address:
// keep it Sensitive.
#pragma once

#include <cstdint>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/messages/message.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::calendar {

enum class Method : std::uint8_t { request, cancel };

struct VisitEvent {
  std::string uid;            // the same for the life of the visit; opaque (app/calendar/uid.hpp)
  std::int64_t sequence = 0;  // the visit's version: rises with each change (5546, 2.1.4)
  Instant starts;
  Instant ends;
  TimeZone zone = TimeZone::utc();
  std::string summary;            // neutral_summary(), nothing else is meant to stand here
  std::string location;           // neutral name of the place; empty: none
  std::string organizer_name;     // the tenant's message_name
  std::string organizer_address;  // reply+TOKEN@domain, where answers go
  std::string attendee_address;
  Instant stamp;  // when this version was made: the same bytes at each try
};

// "Appointment", "Cita".
std::string_view neutral_summary(messages::Locale locale);

// The name under which a file is sent, always; and its content type, with the method.
inline constexpr std::string_view visit_file_name = "appointment.ics";
std::string_view content_type(Method method);

Result<std::string> visit_ics(const VisitEvent& event, Method method);

}  // namespace sealbook::calendar
