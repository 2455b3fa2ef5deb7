// read_calendar() reads one iCalendar file from outside into components and properties, within
// limits (RFC 5545 section 3): size, lines, octets of a line, depth, parameters.
//
// It understands structure only: lines are unfolded, names in upper case, parameters unquoted
// (RFC 6868), values as they stand; nothing is expanded (no RRULE), fetched or believed. Control
// characters, broken UTF-8, bare CR and components that do not nest are refused.
// Pure; any thread. Fails with `invalid` at "/lines/N" (from 1, as in the file) and the rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace sealbook::calendar {

struct ReadLimits {
  std::size_t octets = 256 * 1024;
  std::size_t lines = 20'000;        // after unfolding
  std::size_t line_octets = 16'384;  // after unfolding
  std::size_t depth = 4;             // VCALENDAR, VEVENT, VALARM and one more
  std::size_t parameters = 32;       // of one property
};

struct ReadParameter {
  std::string name;   // upper case
  std::string value;  // several values: joined by a comma
  bool operator==(const ReadParameter&) const = default;
};

struct ReadProperty {
  std::size_t line = 0;
  std::string name;  // upper case
  std::vector<ReadParameter> parameters;
  std::string value;  // still escaped; text_of() for TEXT
  // The first parameter of that name, "" when there is none.
  std::string_view parameter(std::string_view name) const;
};

struct ReadComponent {
  std::size_t line = 0;
  std::string name;  // upper case
  std::vector<ReadProperty> properties;
  std::vector<ReadComponent> components;
  // The first property of that name; null when there is none.
  const ReadProperty* find(std::string_view name) const;
  std::size_t count(std::string_view name) const;
};

// The file's one VCALENDAR.
Result<ReadComponent> read_calendar(std::string_view file, const ReadLimits& limits = {});

// TEXT without its escapes (3.3.11).
std::string text_of(std::string_view value);
// The error of a line: "/lines/N" and a rule.
Error line_error(std::size_t line, std::string rule, std::string detail);
// A decimal number of at most nine digits without sign.
std::optional<std::int64_t> number_of(std::string_view value);
// The address in "mailto:…", percent-decoded, in lower case; empty when it is none.
std::string address_of(std::string_view uri);

}  // namespace sealbook::calendar
