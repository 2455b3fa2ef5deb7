// Day and time as a message says them: in the template's language, on the wall clock of the visit's
// zone, with the zone named (FIELD 2, line 14). The machine's locale and zone play no part.
#pragma once

#include <string>

#include "domain/messages/message.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::messages {

// full: "Tuesday, November 24, 2026, 3:05 PM (New York time, UTC-5)"
//       "martes, 24 de noviembre de 2026, 15:05 (hora de Nueva York, UTC-5)"
// brief, for an SMS: "Tue Nov 24, 3:05 PM (New York)", "mar 24 nov, 15:05 (Nueva York)"
enum class TextForm : std::uint8_t { full, brief };

std::string day_text(Instant at, const TimeZone& zone, Locale locale, TextForm form);
// With the zone.
std::string time_text(Instant at, const TimeZone& zone, Locale locale, TextForm form);
std::string day_and_time_text(Instant at, const TimeZone& zone, Locale locale, TextForm form);

// The longest that a brief form can be, in characters, for the check of an SMS.
inline constexpr std::size_t longest_brief_day = 10;
inline constexpr std::size_t longest_brief_time = 27;
inline constexpr std::size_t longest_brief_day_and_time =
    longest_brief_day + 2 + longest_brief_time;

}  // namespace sealbook::messages
