// VTIMEZONE (RFC 5545 section 3.6.5) from our own zone data: the stretches of constant offset
// around an interval, one observance each, so that a reader without a time-zone database finds the
// same instants as we do.
//
// Right from a year before `when` to a year after it, which is all that a visit needs.
#pragma once

#include "domain/calendar/content_lines.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::calendar {

void append_vtimezone(ContentLines& out, const TimeZone& zone, const Interval& when);

// "20260308T033000" on the zone's clock.
std::string local_clock_text(Instant instant, const TimeZone& zone);
// Whether the zone's clock shows that reading once, so that every reader finds the same instant.
bool reads_back(Instant instant, const TimeZone& zone);

}  // namespace sealbook::calendar
