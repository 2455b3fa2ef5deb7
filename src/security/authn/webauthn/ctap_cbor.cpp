#include "security/authn/webauthn/ctap_cbor.hpp"

#include <algorithm>

#include "base/cbor.hpp"

namespace sealbook::authn::webauthn {
namespace {

constexpr int deepest = 4;
constexpr std::uint64_t most_items = 64;

struct Head {
  std::uint8_t major = 0;
  std::uint64_t argument = 0;
};

std::optional<Head> read_head(ByteView& in) {
  if (in.empty()) return std::nullopt;
  const std::uint8_t first = in[0], low = first & 31;
  in = in.subspan(1);
  if (low < 24) return Head{static_cast<std::uint8_t>(first >> 5), low};
  if (low > 27) return std::nullopt;  // reserved, or of indefinite length
  const std::size_t size = std::size_t{1} << (low - 24);
  if (in.size() < size) return std::nullopt;
  std::uint64_t argument = 0;
  for (std::size_t i = 0; i < size; ++i) argument = argument << 8 | in[i];
  in = in.subspan(size);
  const std::uint64_t least = size == 1 ? 24 : std::uint64_t{1} << (4 * size);
  if (argument < least) return std::nullopt;  // not the shortest head
  return Head{static_cast<std::uint8_t>(first >> 5), argument};
}

bool comes_before(ByteView a, ByteView b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return std::ranges::lexicographical_compare(a, b);
}

std::optional<CtapValue> read_item(ByteView& in, int depth);

bool read_pairs(ByteView& in, std::uint64_t count, int depth, CtapValue& map) {
  for (std::uint64_t i = 0; i < count; ++i) {
    auto key = read_item(in, depth + 1);
    if (!key || (key->kind != CtapValue::Kind::integer && key->kind != CtapValue::Kind::text)) return false;
    for (const CtapPair& pair : map.pairs)
      if (std::ranges::equal(pair.key.encoded, key->encoded)) return false;
    if (!map.pairs.empty() && !comes_before(map.pairs.back().key.encoded, key->encoded)) map.ordered = false;
    auto value = read_item(in, depth + 1);
    if (!value) return false;
    map.pairs.push_back({std::move(*key), std::move(*value)});
  }
  return true;
}

bool read_content(ByteView& in, const Head& head, int depth, CtapValue& value) {
  using Kind = CtapValue::Kind;
  switch (head.major) {
    case 0:
    case 1:
      if (head.argument > INT64_MAX) return false;
      value.kind = Kind::integer;
      value.integer = head.major == 0 ? static_cast<std::int64_t>(head.argument)
                                      : -1 - static_cast<std::int64_t>(head.argument);
      return true;
    case 2:
    case 3:
      if (head.argument > in.size()) return false;
      value.kind = head.major == 2 ? Kind::bytes : Kind::text;
      value.bytes = in.first(static_cast<std::size_t>(head.argument));
      in = in.subspan(value.bytes.size());
      return head.major == 2 || is_valid_utf8(as_text(value.bytes));
    case 4:
      value.kind = Kind::array;
      for (std::uint64_t i = 0; i < head.argument; ++i) {
        auto item = read_item(in, depth + 1);
        if (!item) return false;
        value.items.push_back(std::move(*item));
      }
      return true;
    case 5: value.kind = Kind::map; return read_pairs(in, head.argument, depth, value);
    case 7:
      value.integer = static_cast<std::int64_t>(head.argument);
      return head.argument >= 20 && head.argument <= 22;  // false, true, null
    default: return false;
  }
}

std::optional<CtapValue> read_item(ByteView& in, int depth) {
  if (depth > deepest) return std::nullopt;
  const ByteView start = in;
  const auto head = read_head(in);
  if (!head || (head->major >= 4 && head->major <= 5 && head->argument > most_items)) return std::nullopt;
  CtapValue value;
  if (!read_content(in, *head, depth, value)) return std::nullopt;
  value.encoded = start.first(start.size() - in.size());
  return value;
}

}  // namespace

const CtapValue* CtapValue::find(std::string_view key) const {
  for (const CtapPair& pair : pairs)
    if (pair.key.kind == Kind::text && as_text(pair.key.bytes) == key) return &pair.value;
  return nullptr;
}

const CtapValue* CtapValue::find(std::int64_t key) const {
  for (const CtapPair& pair : pairs)
    if (pair.key.kind == Kind::integer && pair.key.integer == key) return &pair.value;
  return nullptr;
}

std::optional<CtapValue> read_ctap(ByteView& in) { return read_item(in, 0); }

}  // namespace sealbook::authn::webauthn
