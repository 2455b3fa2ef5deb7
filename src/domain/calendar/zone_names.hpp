// What calendar files call a time zone, as one of ours.
#pragma once

#include <optional>
#include <string_view>

#include "domain/scheduling/time_zone.hpp"

namespace sealbook::calendar {

// IANA ids ("Europe/Paris"), ids behind a vendor's prefix ("/example.org/2005_1/Europe/Paris"), and
// the names that Windows and Exchange write ("W. Europe Standard Time"), in any case of letters.
std::optional<TimeZone> zone_of_calendar(std::string_view tzid);

// The IANA id for a Windows name; empty when there is none.
std::string_view iana_of_windows(std::string_view name);

}  // namespace sealbook::calendar
