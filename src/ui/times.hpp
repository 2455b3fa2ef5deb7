// Days, times and zones as people of a language write them. Every shown time carries its zone
// (FIELD 2.14). Threads: any.
#pragma once

#include <span>
#include <string>

#include "domain/scheduling/time_zone.hpp"
#include "ui/language.hpp"

namespace sealbook::ui {

// "Tuesday, November 24" · "martes, 24 de noviembre"
std::string day_text(LocalDay day, Locale locale);
// "November 2026" · "noviembre de 2026"
std::string month_text(std::chrono::year_month month, Locale locale);
// Monday is 0; "Mon" · "lun".
std::string_view weekday_short(unsigned day_from_monday, Locale locale);
std::string_view weekday_long(unsigned day_from_monday, Locale locale);
// "9:05 AM" · "9:05"
std::string clock_text(LocalDateTime local, Locale locale);
// "New York time (UTC−5)" · "hora de Nueva York (UTC−5)": the city of the zone's name, and the
// offset at that instant.
std::string zone_text(const TimeZone& zone, Instant at, Locale locale);
// "Tuesday, November 24, 9:05 AM, New York time (UTC−5)"
std::string whole_text(Instant at, const TimeZone& zone, Locale locale);
// Whether the two zones' clocks show the same at that instant.
bool same_wall_clock(const TimeZone& a, const TimeZone& b, Instant at);

// Zones to choose from without a script, west to east; a script may add the browser's own.
std::span<const std::string_view> common_zones();
// "New York": the last part of the name, or its usual Spanish form.
std::string zone_city(std::string_view iana_id, Locale locale);

}  // namespace sealbook::ui
