#include "base/id.hpp"

namespace sealbook {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

int digit(char c) {
  const auto at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

// 128 bits in 26 digits of 5 bits: the first digit holds the top 3 bits.
std::string id_text(std::string_view prefix, const RawId& raw) {
  std::string out(prefix);
  out.reserve(prefix.size() + 26);
  unsigned __int128 value = 0;
  for (const std::uint8_t b : raw) value = value << 8 | b;
  for (int shift = 125; shift >= 0; shift -= 5) out += alphabet[static_cast<unsigned>(value >> shift) & 31];
  return out;
}

std::optional<RawId> parse_id(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  if (text.size() != 26 || digit(text[0]) > 7) return std::nullopt;
  unsigned __int128 value = 0;
  for (const char c : text) {
    const int d = digit(c);
    if (d < 0) return std::nullopt;
    value = value << 5 | static_cast<unsigned>(d);
  }
  RawId raw;
  for (int i = 15; i >= 0; --i) {
    raw[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value);
    value >>= 8;
  }
  return raw;
}

}  // namespace sealbook
