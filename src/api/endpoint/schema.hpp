// A struct described once, as data: the array of Fields that decoding, encoding, OpenAPI, the
// TypeScript client and the fuzzer read.
//
// A field declares what it is (DataClass) beside its name; there is no way to leave that out. The
// member's *type* chooses its codec (codec.hpp); options bound it further. Lengths count
// characters (code points), arrays count items, integers are bounded by value.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/data_class.hpp"

namespace sealbook::api {

struct Codec;
struct Field;

// The fields of one struct, and the name it bears in the OpenAPI document.
struct Schema {
  std::string_view name;
  std::span<const Field> fields;
};

enum class Where : std::uint8_t { body, path, query, header };

// `by_type`: std::optional is optional, all else required. An `optional` member of another type
// keeps its default initializer when it is absent.
enum class Presence : std::uint8_t { by_type, optional };

// What a text may hold, beyond the rule for all texts: no control characters, no bidi overrides
// or isolates, no line separators, no noncharacters (rule "characters", DECISIONS 22).
enum class TextRule : std::uint8_t {
  line,         // one line of any script
  multiline,    // as line, with \n and \t
  token,        // visible ASCII without space: offers, cursors, keys
  slug,         // a-z 0-9 -
  email,        // local@domain, ASCII, at most 254
  phone,        // digits, space, ( ) - . / and a leading +
  language,     // BCP 47: letters, digits, hyphens
  time_zone,    // Area/City
  time_of_day,  // HH:MM, 24:00 allowed
};

struct FieldOptions {
  Where where = Where::body;
  Presence presence = Presence::by_type;
  std::optional<std::int64_t> min = std::nullopt;  // default: 1 for a text, 0 for an array
  std::optional<std::int64_t> max = std::nullopt;  // default: 200 for a text, 100 for an array
  TextRule text = TextRule::line;
  std::int64_t item_max = 200;  // longest text inside an array
};

struct Field {
  std::string_view name;
  DataClass data_class;
  std::string_view doc;
  FieldOptions options;
  const Codec& (*codec)();
  void* (*member)(void* object);
};

// One word of an enumeration. A type takes part by an `enum_names(E)` beside it, found by ADL:
//   constexpr auto kind_names = std::to_array<EnumName>({{"email", Kind::email}, …});
//   constexpr std::span<const EnumName> enum_names(Kind) { return kind_names; }
struct EnumName {
  template <class E>
  constexpr EnumName(std::string_view text, E value)
      : text(text), value(static_cast<std::int64_t>(value)) {}
  std::string_view text;
  std::int64_t value;
};

}  // namespace sealbook::api
