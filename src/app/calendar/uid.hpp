// The name of a visit in calendar files: the same for the visit's whole life, in mails and feeds.
#pragma once

#include <string>

#include "base/id.hpp"

namespace sealbook::app {

// A UUID (RFC 9562 version 8) made from the ids by SHA-256, as RFC 7986 section 5.3 asks. It names
// nothing in our API: an id cannot be found from it, and no route takes it.
std::string calendar_uid(const TenantId& tenant, const AppointmentId& appointment);

}  // namespace sealbook::app
