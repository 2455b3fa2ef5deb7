// Reads a message that somebody sent us, within limits: size, header fields, depth and number of
// parts (RFC 5322, RFC 2045, 2046). Lines may end in CRLF or \n. What breaks a limit is refused
// whole; what is merely odd is read as the plain text it is.
//
// A part borrows the message. Threads: values are plain data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace sealbook::net::mail {

struct MimeLimits {
  std::size_t most_bytes = 256 * 1024;
  std::size_t most_fields = 200;  // of one part
  std::size_t most_field_bytes = 16 * 1024;
  std::size_t most_depth = 6;
  std::size_t most_parts = 40;  // in all
};

struct MimePart {
  std::vector<std::pair<std::string, std::string>> fields;  // name in small letters, value unfolded
  std::string type = "text/plain";                          // in small letters, without parameters
  std::vector<std::pair<std::string, std::string>>
      parameters;               // of the type; names in small letters
  std::string encoding;         // in small letters; empty: none named
  std::string_view body;        // as it was sent
  std::vector<MimePart> parts;  // of a multipart, or the one message inside

  // The first field of that name; nothing when there is none.
  const std::string* field(std::string_view lower_name) const;
  const std::string* parameter(std::string_view lower_name) const;
  // The body without its transfer encoding; nothing when that is unknown or broken.
  std::optional<std::string> decoded() const;
};

// Fails with `invalid`, naming the limit.
Result<MimePart> read_mime(std::string_view message, const MimeLimits& limits = {});

// The fields of a block that ends at an empty line, which is taken as well; `text` moves on behind
// it.
std::vector<std::pair<std::string, std::string>> take_fields(std::string_view& text);

std::string to_lower(std::string_view text);

}  // namespace sealbook::net::mail
