#include "base/json.hpp"

#include <charconv>
#include <cmath>
#include <unordered_set>

// The grammar and UTF-8 checks are Boost.JSON's incremental parser; the tree and its stricter
// rules are ours. This is the only file that includes it.
#include <boost/json/basic_parser_impl.hpp>

namespace sealbook {
namespace {

namespace bj = boost::json;

struct Frame {
  bool is_object;
  JsonValue::Array array;
  JsonValue::Object object;
  std::unordered_set<std::string> names;  // filled from the ninth member on
  std::string pending_key;
};

// Receives the parser's events and builds the tree.
struct Builder {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  std::vector<Frame> frames;
  JsonValue root;
  std::string text;
  std::string duplicate;  // pointer of the first duplicate member

  bool add(JsonValue value) {
    if (frames.empty()) {
      root = std::move(value);
      return true;
    }
    Frame& top = frames.back();
    if (top.is_object) top.object.emplace_back(std::move(top.pending_key), std::move(value));
    else top.array.push_back(std::move(value));
    return true;
  }

  bool has_name(Frame& frame, const std::string& name) {
    if (frame.object.size() < 8) {
      for (const auto& member : frame.object)
        if (member.first == name) return true;
      return false;
    }
    if (frame.names.empty())
      for (const auto& member : frame.object) frame.names.insert(member.first);
    return !frame.names.insert(name).second;
  }

  std::string pointer_to(std::string_view last) const {
    std::string pointer;
    for (std::size_t i = 0; i + 1 < frames.size(); ++i) {
      const Frame& frame = frames[i];
      append_pointer(pointer, frame.is_object ? frame.pending_key : std::to_string(frame.array.size()));
    }
    append_pointer(pointer, last);
    return pointer;
  }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) {
    frames.push_back({.is_object = true, .array = {}, .object = {}, .names = {}, .pending_key = {}});
    return true;
  }
  bool on_object_end(std::size_t, bj::error_code&) {
    JsonValue value(std::move(frames.back().object));
    frames.pop_back();
    return add(std::move(value));
  }
  bool on_array_begin(bj::error_code&) {
    frames.push_back({.is_object = false, .array = {}, .object = {}, .names = {}, .pending_key = {}});
    return true;
  }
  bool on_array_end(std::size_t, bj::error_code&) {
    JsonValue value(std::move(frames.back().array));
    frames.pop_back();
    return add(std::move(value));
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_key(bj::string_view part, std::size_t, bj::error_code& error) {
    text.append(part.data(), part.size());
    Frame& top = frames.back();
    if (has_name(top, text)) {
      duplicate = pointer_to(text);
      error = bj::error::syntax;
      return false;
    }
    top.pending_key = std::exchange(text, {});
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
    text.append(part.data(), part.size());
    return add(JsonValue(std::exchange(text, {})));
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t value, bj::string_view, bj::error_code&) { return add(JsonValue(value)); }
  bool on_uint64(std::uint64_t value, bj::string_view, bj::error_code&) {
    return add(JsonValue(static_cast<double>(value)));
  }
  bool on_double(double value, bj::string_view, bj::error_code&) { return add(JsonValue(value)); }
  bool on_bool(bool value, bj::error_code&) { return add(JsonValue(value)); }
  bool on_null(bj::error_code&) { return add(JsonValue()); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }
};

std::unexpected<Error> malformed(std::string pointer, std::string rule, std::string detail) {
  Error error = make_error(ErrorCode::malformed_json, detail);
  error.fields.push_back({std::move(pointer), std::move(rule), std::move(detail)});
  return fail(std::move(error));
}

}  // namespace

Result<JsonValue> parse_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.max_bytes)
    return malformed("", "size", "The body may hold at most " + std::to_string(limits.max_bytes) + " bytes.");
  bj::parse_options options;
  options.max_depth = limits.max_depth;
  bj::basic_parser<Builder> parser(options);
  bj::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  Builder& builder = parser.handler();
  if (!builder.duplicate.empty())
    return malformed(builder.duplicate, "duplicate", "A member name may stand only once in an object.");
  if (error == bj::error::too_deep)
    return malformed("", "depth", "Values may be nested at most " + std::to_string(limits.max_depth) + " deep.");
  if (error)
    return malformed("", "syntax", "Not valid JSON near byte " + std::to_string(read) + ".");
  if (read != text.size())
    return malformed("", "syntax", "There is text after the end of the JSON value, at byte " + std::to_string(read) + ".");
  return std::move(builder.root);
}

const JsonValue* JsonValue::find(std::string_view name) const {
  const Object* object = as_object();
  if (object == nullptr) return nullptr;
  for (const auto& member : *object)
    if (member.first == name) return &member.second;
  return nullptr;
}

std::string_view JsonValue::type_name() const {
  constexpr std::string_view names[] = {"null", "boolean", "integer", "number", "string", "array", "object"};
  return names[value_.index()];
}

JsonWriter& JsonWriter::open(char c) {
  separate();
  out_ += c;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char c) {
  out_ += c;
  needs_comma_ = true;
  return *this;
}

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  append_json_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  separate();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view encoded) {
  separate();
  out_ += encoded;
  return *this;
}

void append_json_string(std::string& out, std::string_view value) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t clean_from = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(value[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(value, clean_from, i - clean_from);
    clean_from = i + 1;
    out += '\\';
    if (c == '"' || c == '\\') out += static_cast<char>(c);
    else if (c == '\n') out += 'n';
    else {
      out += "u00";
      out += hex[c >> 4];
      out += hex[c & 15];
    }
  }
  out.append(value, clean_from);
  out += '"';
}

void append_pointer(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (const char c : token) {
    if (c == '~') pointer += "~0";
    else if (c == '/') pointer += "~1";
    else pointer += c;
  }
}

}  // namespace sealbook
