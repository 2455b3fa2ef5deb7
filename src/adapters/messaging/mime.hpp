// An OutgoingMail as an Internet message (RFC 5322, MIME RFC 2045 to 2047): CRLF line ends, ASCII
// only, lines of at most 78 octets where text allows, and no header value that could become a field
// of its own.
//
// The text comes first as text/plain; a text/calendar part stands beside it as an alternative
// (RFC 6047), any other attachment in a multipart/mixed around both. One message_id gives one
// layout at each try; only the date differs. Threads: any.
#pragma once

#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "ports/mailer.hpp"

namespace sealbook::adapters {

// Fails with `invalid`, naming the field by pointer ("/to", "/subject", …), for an address that no
// relay takes, a header value with CR, LF, NUL or another control, an unsubscribe address that is
// not https, a body that is not UTF-8. The value is never repeated.
Result<std::string> mime_message(const OutgoingMail& mail, Instant now);

}  // namespace sealbook::adapters
