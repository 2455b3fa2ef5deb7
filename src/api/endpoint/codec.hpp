// Codecs: one per member type, which reads it from JSON and writes it straight into a buffer.
//
// bool, integers, double, std::string, Sensitive<T>, Id<Tag>, Instant, year_month_day, enums with
// enum_names, std::optional<T>, std::vector<T>, and structs with a `fields` array. Another type,
// Secret above all, does not compile. Decoding goes on after a refusal, so that every broken rule
// is told at once (up to max_field_errors), each with its JSON pointer (RFC 6901).
//
// Rules told: required, unknown, type, length, range, format, characters, duplicate.
#pragma once

#include <chrono>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "api/endpoint/schema.hpp"
#include "base/error.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"
#include "base/sensitive.hpp"

namespace sealbook::api {

inline constexpr std::size_t max_field_errors = 32;

// Where decoding stands, and what it has refused so far.
class DecodeContext {
 public:
  // Adds one refusal at the present place.
  void refuse(std::string_view rule, std::string detail);
  void refuse_at(std::string pointer, std::string_view rule, std::string detail);
  std::size_t enter(std::string_view token);  // returns what leave() takes
  void leave(std::size_t length) { pointer_.resize(length); }
  bool ok() const { return errors_.empty(); }
  std::vector<FieldError> take() { return std::move(errors_); }

 private:
  std::string pointer_;
  std::vector<FieldError> errors_;
};

enum class JsonKind : std::uint8_t { string, integer, number, boolean, array, object };

struct Codec {
  JsonKind kind;
  std::string_view format = {};          // of JSON Schema: "date-time", "date"
  std::string_view id_prefix = {};       // ids only
  std::span<const EnumName> names = {};  // enumerations only
  bool is_optional = false;
  const Codec& (*item)() = nullptr;  // arrays only
  std::string_view or_word = {};     // arrays only: this text may stand in its place ("all")
  Schema (*members)() = nullptr;     // objects only
  void (*decode)(DecodeContext&, const Field&, const JsonValue&, void* member);
  void (*encode)(const void* member, JsonWriter&);
  bool (*has_value)(const void* member) = nullptr;  // std::optional only
};

// ---- the loops, without templates (codec.cpp) ----

// Reads a JSON object into the struct; unknown and missing members are refused.
void decode_object(DecodeContext& context, Schema schema, const JsonValue& value, void* object);
// Writes the struct as a JSON object; an empty optional is left out.
void encode_object(Schema schema, const void* object, JsonWriter& json);
// One member out of text (path, query, header): turned into the JSON value its codec expects.
void decode_text(DecodeContext& context, const Field& field, std::string_view text, void* object);
// Whether the text breaks its TextRule: nothing, or the rule ("characters", "format") it breaks.
std::optional<std::string_view> broken_text_rule(TextRule rule, std::string_view text);
std::size_t count_characters(std::string_view utf8);
// At most 100 bytes of a name that the caller made up, cut between characters.
std::string_view shortened(std::string_view name);

namespace codec_detail {
bool expect_string(DecodeContext&, const Field&, const JsonValue&, std::string_view& out);
void decode_string(DecodeContext&, const Field&, const JsonValue&, std::string& out);
bool decode_integer(DecodeContext&, const Field&, const JsonValue&, std::int64_t least,
                    std::int64_t most, std::int64_t& out);
bool decode_double(DecodeContext&, const Field&, const JsonValue&, double& out);
bool decode_bool(DecodeContext&, const Field&, const JsonValue&, bool& out);
bool decode_enum(DecodeContext&, std::span<const EnumName>, const JsonValue&, std::int64_t& out);
void encode_enum(std::span<const EnumName>, std::int64_t value, JsonWriter&);
const JsonValue::Array* expect_array(DecodeContext&, const Field&, const JsonValue&);
Field item_field(const Field& array);
void refuse_format(DecodeContext&, std::string_view what);
template <class T>
constexpr std::string_view type_name();
}  // namespace codec_detail

template <class T>
struct CodecFor {
  static_assert(sizeof(T) == 0, "this type has no codec: it cannot stand in a request or response");
};

template <class T>
const Codec& codec_of() {
  static constexpr Codec codec = CodecFor<T>::make();
  return codec;
}

template <class T>
concept Described = requires { std::span<const Field>(T::fields); };

template <Described T>
constexpr Schema schema_of() {
  return {codec_detail::type_name<T>(), std::span<const Field>(T::fields)};
}

// The text of one described struct, for problem members and tests.
template <Described T>
std::string to_json(const T& object) {
  std::string text;
  JsonWriter json(text);
  encode_object(schema_of<T>(), &object, json);
  return text;
}

// Describes one member: field<&Request::service_id>("service_id", DataClass::operational, "…").
template <auto Member>
consteval Field field(std::string_view name, DataClass data_class, std::string_view doc,
                      FieldOptions options = {});

}  // namespace sealbook::api

#include "api/endpoint/codec_compound.hpp"
#include "api/endpoint/codec_types.hpp"
