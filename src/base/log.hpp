// One structured line per event, to standard error, as JSON.
//
// Only what cannot hold a person's data can be logged: numbers, booleans, ids, error codes and
// literals. A std::string does not compile as a value; text that is our own and safe is wrapped in
// LogText at the place that knows so (tests/tidy holds the list). Threads: any; a line is written whole.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/error_codes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"

namespace sealbook::log {

enum class Level : std::uint8_t { debug, info, warning, error };

// Text of our own making: a file name below the data folder, a host, a library's message.
struct LogText {
  explicit LogText(std::string_view safe) : text(safe) {}
  std::string_view text;
};

struct LogField {
  template <std::size_t N>
  LogField(const char (&name)[N], std::integral auto value) : name(name), encoded(std::to_string(value)) {}
  template <std::size_t N>
  LogField(const char (&name)[N], double value) : name(name), encoded(std::to_string(value)) {}
  template <std::size_t N, std::size_t M>
  LogField(const char (&name)[N], const char (&literal)[M]) : name(name), encoded(quoted(literal)) {}
  template <std::size_t N>
  LogField(const char (&name)[N], LogText value) : name(name), encoded(quoted(value.text)) {}
  template <std::size_t N>
  LogField(const char (&name)[N], ErrorCode value) : name(name), encoded(quoted(row_of(value).slug)) {}
  template <std::size_t N>
  LogField(const char (&name)[N], Instant value) : name(name), encoded(quoted(value.text())) {}
  template <std::size_t N, class Tag>
  LogField(const char (&name)[N], const Id<Tag>& value) : name(name), encoded(quoted(value.text())) {}

  std::string_view name;
  std::string encoded;

 private:
  static std::string quoted(std::string_view text);
};

void set_level(Level least);
void write(Level level, std::string_view event, std::initializer_list<LogField> fields);

template <std::size_t N>
void info(const char (&event)[N], std::initializer_list<LogField> fields = {}) {
  write(Level::info, event, fields);
}
template <std::size_t N>
void warning(const char (&event)[N], std::initializer_list<LogField> fields = {}) {
  write(Level::warning, event, fields);
}
template <std::size_t N>
void error(const char (&event)[N], std::initializer_list<LogField> fields = {}) {
  write(Level::error, event, fields);
}

}  // namespace sealbook::log
