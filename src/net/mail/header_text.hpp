// The header of an Internet message (RFC 5322), written so that no value can become a field of its
// own: line breaks, NUL and other controls are refused, everything outside ASCII goes into encoded
// words (RFC 2047), and lines fold at 76 octets.
//
// Lines end in CRLF. Threads: values are plain data; a block belongs to one thread.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace sealbook::net::mail {

// Fails with `invalid` when a value holds CR, LF, NUL, another control, a line or paragraph
// separator, or is not UTF-8. `pointer` names the value to the caller; the value is never repeated.
Result<void> check_header_value(std::string_view pointer, std::string_view value);

// An addr-spec that every relay takes: ASCII, dot-atom, at most 64 @ 253 octets (RFC 5321 4.5.3.1).
// No quoted local part, no comment, no address literal.
bool is_plain_address(std::string_view address);

// "2026-11-22 10:00Z" as "Sun, 22 Nov 2026 10:00:00 +0000" (RFC 5322 3.3).
std::string date_text(Instant at);

class HeaderBlock {
 public:
  // Our own ASCII, structured or not: folded at its spaces.
  void add(std::string_view name, std::string_view value);
  // Free text (RFC 5322 unstructured): encoded when it has to be. The value has been checked.
  void add_text(std::string_view name, std::string_view value);
  // A display name and an address; without a name the address alone. Both have been checked.
  void add_mailbox(std::string_view name, std::string_view display, std::string_view address);

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace sealbook::net::mail
