#include "api/endpoint/codec.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/assert.hpp"

namespace sealbook::api {

void DecodeContext::refuse(std::string_view rule, std::string detail) {
  refuse_at(pointer_, rule, std::move(detail));
}

void DecodeContext::refuse_at(std::string pointer, std::string_view rule, std::string detail) {
  if (errors_.size() < max_field_errors)
    errors_.push_back({std::move(pointer), std::string(rule), std::move(detail)});
}

std::size_t DecodeContext::enter(std::string_view token) {
  const std::size_t length = pointer_.size();
  append_pointer(pointer_, token);
  return length;
}

namespace {

bool is_required(const Field& field) {
  return field.options.presence == Presence::by_type && !field.codec().is_optional;
}

std::string_view json_type(JsonKind kind) {
  constexpr std::string_view names[] = {"a text",        "a whole number", "a number",
                                        "true or false", "an array",       "an object"};
  return names[static_cast<std::size_t>(kind)];
}

void refuse_type(DecodeContext& context, JsonKind wanted) {
  context.refuse("type", "This must be " + std::string(json_type(wanted)) + ".");
}

const Field* find_field(Schema schema, std::string_view name) {
  for (const Field& field : schema.fields)
    if (field.name == name) return &field;
  return nullptr;
}

}  // namespace

std::string_view shortened(std::string_view name) {
  constexpr std::size_t most = 100;
  if (name.size() <= most) return name;
  std::size_t end = most;
  while ((static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;  // between characters
  return name.substr(0, end);
}

void decode_object(DecodeContext& context, Schema schema, const JsonValue& value, void* object) {
  ASSERT(schema.fields.size() <= 64);
  const JsonValue::Object* members = value.as_object();
  if (members == nullptr) return refuse_type(context, JsonKind::object);
  std::uint64_t seen = 0;
  for (const auto& [name, member] : *members) {
    const Field* field = find_field(schema, name);
    const std::size_t here = context.enter(shortened(name));
    if (field == nullptr || field->options.where != Where::body) {
      context.refuse("unknown", "There is no such member here.");
    } else {
      seen |= std::uint64_t{1} << (field - schema.fields.data());
      field->codec().decode(context, *field, member, field->member(object));
    }
    context.leave(here);
  }
  for (std::size_t i = 0; i < schema.fields.size(); ++i) {
    const Field& field = schema.fields[i];
    if (field.options.where != Where::body || (seen >> i & 1) != 0 || !is_required(field)) continue;
    const std::size_t here = context.enter(field.name);
    context.refuse("required", "This member is missing.");
    context.leave(here);
  }
}

void encode_object(Schema schema, const void* object, JsonWriter& json) {
  json.begin_object();
  for (const Field& field : schema.fields) {
    const Codec& codec = field.codec();
    // Encoding only reads; the descriptor has one accessor for both directions.
    const void* member = field.member(const_cast<void*>(object));
    if (codec.has_value != nullptr && !codec.has_value(member)) continue;
    json.key(field.name);
    codec.encode(member, json);
  }
  json.end_object();
}

void decode_text(DecodeContext& context, const Field& field, std::string_view text, void* object) {
  const Codec& codec = field.codec();
  const std::size_t here = context.enter(field.name);
  switch (codec.kind) {
    case JsonKind::string:
      codec.decode(context, field, JsonValue(std::string(text)), field.member(object));
      break;
    case JsonKind::integer: {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc() || end != text.data() + text.size())
        refuse_type(context, codec.kind);
      else codec.decode(context, field, JsonValue(number), field.member(object));
      break;
    }
    case JsonKind::boolean:
      if (text == "true" || text == "false")
        codec.decode(context, field, JsonValue(text == "true"), field.member(object));
      else refuse_type(context, codec.kind);
      break;
    default: context.refuse("type", "This cannot stand in a URL or a header.");
  }
  context.leave(here);
}

namespace codec_detail {

bool expect_string(DecodeContext& context, const Field& field, const JsonValue& value,
                   std::string_view& out) {
  const std::string* text = value.as_string();
  if (text == nullptr) {
    refuse_type(context, JsonKind::string);
    return false;
  }
  out = *text;
  static_cast<void>(field);
  return true;
}

void decode_string(DecodeContext& context, const Field& field, const JsonValue& value,
                   std::string& out) {
  std::string_view text;
  if (!expect_string(context, field, value, text)) return;
  const std::int64_t least = field.options.min.value_or(1), most = field.options.max.value_or(200);
  const auto length = static_cast<std::int64_t>(count_characters(text));
  if (length < least || length > most) {
    return context.refuse("length", length < least && least == 1
                                        ? "This must not be empty."
                                        : "This must have " + std::to_string(least) + " to " +
                                              std::to_string(most) + " characters.");
  }
  if (const auto broken = broken_text_rule(field.options.text, text)) {
    return context.refuse(*broken, *broken == "characters"
                                       ? "This holds a character that is not allowed in a text."
                                       : "This does not have the form that is expected here.");
  }
  out = text;
}

bool decode_integer(DecodeContext& context, const Field& field, const JsonValue& value,
                    std::int64_t least, std::int64_t most, std::int64_t& out) {
  const std::int64_t* number = value.as_int();
  if (number == nullptr) {
    refuse_type(context, JsonKind::integer);
    return false;
  }
  least = std::max(least, field.options.min.value_or(least));
  most = std::min(most, field.options.max.value_or(most));
  if (*number < least || *number > most) {
    context.refuse("range", "This must be between " + std::to_string(least) + " and " +
                                std::to_string(most) + ".");
    return false;
  }
  out = *number;
  return true;
}

bool decode_double(DecodeContext& context, const Field& field, const JsonValue& value,
                   double& out) {
  double number = 0;
  if (const double* real = value.as_double()) number = *real;
  else if (const std::int64_t* whole = value.as_int()) number = static_cast<double>(*whole);
  else {
    refuse_type(context, JsonKind::number);
    return false;
  }
  const bool low = field.options.min && number < static_cast<double>(*field.options.min);
  const bool high = field.options.max && number > static_cast<double>(*field.options.max);
  if (low || high || !std::isfinite(number)) {
    context.refuse("range", "This number is too small or too large.");
    return false;
  }
  out = number;
  return true;
}

bool decode_bool(DecodeContext& context, const Field&, const JsonValue& value, bool& out) {
  const bool* truth = value.as_bool();
  if (truth == nullptr) refuse_type(context, JsonKind::boolean);
  else out = *truth;
  return truth != nullptr;
}

bool decode_enum(DecodeContext& context, std::span<const EnumName> names, const JsonValue& value,
                 std::int64_t& out) {
  const std::string* text = value.as_string();
  if (text == nullptr) {
    refuse_type(context, JsonKind::string);
    return false;
  }
  std::string known;
  for (const EnumName& name : names) {
    if (name.text == *text) {
      out = name.value;
      return true;
    }
    known.append(known.empty() ? "" : ", ").append(name.text);
  }
  context.refuse("format", "This must be one of: " + known + ".");
  return false;
}

void encode_enum(std::span<const EnumName> names, std::int64_t value, JsonWriter& json) {
  const auto name = std::ranges::find(names, value, &EnumName::value);
  ASSERT(name != names.end());  // every value of an enumeration has a name
  json.string(name->text);
}

const JsonValue::Array* expect_array(DecodeContext& context, const Field& field,
                                     const JsonValue& value) {
  const JsonValue::Array* array = value.as_array();
  if (array == nullptr) {
    refuse_type(context, JsonKind::array);
    return nullptr;
  }
  const std::int64_t least = field.options.min.value_or(0), most = field.options.max.value_or(100);
  const auto size = static_cast<std::int64_t>(array->size());
  if (size >= least && size <= most) return array;
  context.refuse("length", "This must have " + std::to_string(least) + " to " +
                               std::to_string(most) + " items.");
  return nullptr;
}

Field item_field(const Field& array) {
  Field item = array;
  item.options.min.reset();
  item.options.max.reset();
  if (array.codec().item().kind == JsonKind::string) item.options.max = array.options.item_max;
  item.codec = array.codec().item;
  return item;
}

void refuse_format(DecodeContext& context, std::string_view what) {
  std::string detail = "This must be an id that starts with ";
  if (what == "date-time") detail = "This must be an instant like 2026-11-22T10:00:00Z";
  else if (what == "date") detail = "This must be a date like 2026-11-22";
  else detail += what;
  context.refuse("format", detail + ".");
}

}  // namespace codec_detail

}  // namespace sealbook::api
