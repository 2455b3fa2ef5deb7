// Strict JSON in (RFC 8259), straight text out.
//
// parse_json refuses what a lenient reader would guess about: duplicate member names, invalid
// UTF-8, lone surrogates, trailing text, depth over 16, size over 256 KiB. The answer names the
// place by JSON pointer where there is one. JsonWriter appends to a buffer; there is no DOM on the
// way out. Threads: values are plain data; a writer belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace sealbook {

class JsonValue {
 public:
  using Array = std::vector<JsonValue>;
  using Object = std::vector<std::pair<std::string, JsonValue>>;  // in the order of the text

  JsonValue() = default;
  template <class T>
  explicit JsonValue(T value) : value_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&value_); }
  const double* as_double() const { return std::get_if<double>(&value_); }
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }
  // The member of that name, or nothing when this is not an object or has none.
  const JsonValue* find(std::string_view name) const;
  std::string_view type_name() const;  // "null", "boolean", "integer", "number", "string", …

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_ = nullptr;
};

struct JsonLimits {
  std::size_t max_bytes = 256 * 1024;
  std::size_t max_depth = 16;
};

// Fails with ErrorCode::malformed_json.
Result<JsonValue> parse_json(std::string_view text, JsonLimits limits = {});

// Writes one JSON text. The caller opens and closes in order; commas are the writer's.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& number(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& raw(std::string_view encoded);  // already JSON, of our own making

  template <class T>
  JsonWriter& member(std::string_view name, const T& value) {
    key(name);
    if constexpr (std::is_same_v<T, bool>) return boolean(value);
    else if constexpr (std::is_integral_v<T>) return integer(static_cast<std::int64_t>(value));
    else if constexpr (std::is_floating_point_v<T>) return number(value);
    else return string(value);
  }
  std::string& buffer() { return out_; }

 private:
  JsonWriter& open(char c);
  JsonWriter& close(char c);
  void separate();
  std::string& out_;
  bool needs_comma_ = false;
};

void append_json_string(std::string& out, std::string_view value);
// Escapes one reference token of a JSON pointer (RFC 6901: ~ and /) and appends "/token".
void append_pointer(std::string& pointer, std::string_view token);

}  // namespace sealbook
