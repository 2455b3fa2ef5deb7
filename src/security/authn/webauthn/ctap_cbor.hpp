// CBOR as authenticators write it (CTAP 2.1 section 8): definite lengths, shortest heads, no key
// twice, no tag, no float, at most four levels. base/cbor.hpp reads only maps with unsigned keys.
//
// Views borrow from the input. Threads: plain data.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace sealbook::authn::webauthn {

struct CtapValue;
struct CtapPair;

struct CtapValue {
  enum class Kind : std::uint8_t { integer, bytes, text, array, map, simple };
  Kind kind = Kind::simple;
  std::int64_t integer = 0;  // also the number of a simple value
  ByteView bytes;            // of bytes and text
  ByteView encoded;          // the whole item as it came
  std::vector<CtapValue> items;
  std::vector<CtapPair> pairs;  // in the order in which they came
  bool ordered = true;          // of a map: its keys ascend as CTAP2's canonical form has them

  const CtapValue* find(std::string_view key) const;
  const CtapValue* find(std::int64_t key) const;
};
struct CtapPair {
  CtapValue key, value;
};

// One item from the front; what follows is left. Nothing when it is not of this form.
std::optional<CtapValue> read_ctap(ByteView& in);

}  // namespace sealbook::authn::webauthn
