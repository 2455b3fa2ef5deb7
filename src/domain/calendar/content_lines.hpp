// ContentLines writes iCalendar content lines (RFC 5545 section 3): the only place where text
// becomes calendar text.
//
// TEXT is escaped, a line break of any kind becomes \n and other control characters go; parameter
// values are quoted and encoded as RFC 6868 says; lines end in CRLF and are folded at 75 octets
// between characters. Names of properties and parameters, and values given to value(), are ours and
// asserted to be printable ASCII.
// Not thread-safe; one per file.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace sealbook::calendar {

struct WrittenParameter {
  std::string_view name;
  std::string_view value;  // any text
};
using WrittenParameters = std::initializer_list<WrittenParameter>;

class ContentLines {
 public:
  void begin(std::string_view component);
  void end(std::string_view component);
  // A value of ours: a date, a number, a word.
  void value(std::string_view name, std::string_view value, WrittenParameters parameters = {});
  // Somebody's text.
  void text(std::string_view name, std::string_view value, WrittenParameters parameters = {});
  std::string take() { return std::move(out_); }

 private:
  void line(std::string_view name, std::string_view value, WrittenParameters parameters);
  std::string out_;
};

// What text() keeps of a text: valid UTF-8 without control characters; line breaks of every kind
// (CR, LF, VT, FF, NEL, U+2028, U+2029) are \n. Reading back what was written gives exactly this.
std::string clean_text(std::string_view text);
// The same on one line, for parameters: line breaks are spaces.
std::string clean_parameter(std::string_view text);

// "mailto:…" with what a URI may not hold percent-encoded (RFC 6068). Fails with `invalid` at
// `pointer` for an address without one @, with spaces, control characters, or longer than 254.
Result<std::string> mailto(std::string_view address, std::string_view pointer);
// Fails with `invalid` unless it is 1 to 255 printable ASCII characters.
Result<std::string> checked_uid(std::string_view uid);

std::string utc_text(Instant instant);  // "20261122T100000Z"; whole seconds, rounded down

}  // namespace sealbook::calendar
