// The canonical forms that DKIM signs: relaxed header fields and bodies (RFC 6376 3.4.2, 3.4.4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealbook::net::mail {

// Borrows the message. A field keeps its folds, without its last CRLF.
struct MessageParts {
  std::vector<std::string_view> fields;
  std::string_view body;
};
// Parts header and body at the first empty line; without one everything is header.
MessageParts split_message(std::string_view message);
// In the order of the message; `lower_name` in small letters.
std::vector<std::string_view> fields_named(const MessageParts& parts, std::string_view lower_name);

std::string relaxed_field(std::string_view field);  // "name:value", no CRLF
std::string relaxed_body(std::string_view body);    // empty, or ends in CRLF

}  // namespace sealbook::net::mail
