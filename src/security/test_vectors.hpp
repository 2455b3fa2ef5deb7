// Reading test vectors: for tests only.
//
// A file that is not as expected ends the test program with an exception that names the member.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "security/crypto/sbe1.hpp"

namespace sealbook::test_vectors {

inline std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path + " cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline JsonValue parse(std::string_view text) {
  auto value = parse_json(text, {.max_bytes = 4 * 1024 * 1024, .max_depth = 16});
  if (!value) throw std::runtime_error("test vectors are not JSON: " + value.error().detail);
  return *value;
}

inline JsonValue load(const std::string& path) { return parse(read_text(path)); }

inline const JsonValue& member(const JsonValue& object, std::string_view name) {
  const JsonValue* found = object.find(name);
  if (found == nullptr) throw std::runtime_error("no member " + std::string(name));
  return *found;
}
inline const std::string& text(const JsonValue& object, std::string_view name) {
  return *member(object, name).as_string();
}
inline std::int64_t integer(const JsonValue& object, std::string_view name) {
  return *member(object, name).as_int();
}
inline const JsonValue::Array& array(const JsonValue& object, std::string_view name) {
  return *member(object, name).as_array();
}
inline Bytes bytes(const JsonValue& object, std::string_view name) {
  auto value = from_hex(text(object, name));
  if (!value) throw std::runtime_error("not hexadecimal: " + std::string(name));
  return *value;
}

// A case of docs/formats/vectors/sbe1.json; owns what its context borrows.
struct Sbe1Case {
  explicit Sbe1Case(const JsonValue& json)
      : place(member(json, "context")),
        row_id(bytes(place, "row_id")),
        subject_id(bytes(place, "subject_id")),
        key(*crypto::KeyId::from_bytes(bytes(json, "key_id")),
            static_cast<std::uint32_t>(integer(json, "generation")), Secret(bytes(json, "dek"))),
        blob(bytes(json, "blob")) {
    if (json.find("plaintext") != nullptr) {
      plaintext = bytes(json, "plaintext");
      layout = static_cast<std::uint16_t>(integer(json, "layout"));
    }
  }
  crypto::SealContext where() const {
    return {.environment = text(place, "environment"),
            .tenant = TenantId::from_bytes(bytes(place, "tenant")),
            .table = text(place, "table"),
            .data_class = static_cast<DataClass>(integer(place, "class")),
            .row_id = row_id,
            .subject_id = subject_id,
            .row_version = static_cast<std::uint64_t>(integer(place, "row_version"))};
  }

  JsonValue place;
  Bytes row_id;
  Bytes subject_id;
  crypto::DataKey key;
  Bytes blob;
  Bytes plaintext;
  std::uint16_t layout = 0;
};

}  // namespace sealbook::test_vectors
