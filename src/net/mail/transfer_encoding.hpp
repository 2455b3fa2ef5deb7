// Content transfer encodings (RFC 2045 section 6): lines of at most 76 octets that end in CRLF.
#pragma once

#include <string>
#include <string_view>

namespace sealbook::net::mail {

// Text whose lines end in \n (or CRLF), as quoted-printable. A line that begins with "From " or a
// lone "." is encoded as well, so that no relay on the way has a reason to change it.
std::string to_quoted_printable(std::string_view text);

// Bytes as base64 in lines.
std::string to_base64_lines(std::string_view bytes);

// ASCII in short lines that needs no encoding (7bit): no control but \n, no line over 78 octets,
// none that begins with "From " or is a lone ".".
bool is_plain_7bit(std::string_view text);

// \n becomes CRLF; the text ends in CRLF.
std::string with_crlf(std::string_view text);

}  // namespace sealbook::net::mail
