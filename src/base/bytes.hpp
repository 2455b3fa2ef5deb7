// Bytes and their text forms: hexadecimal, base64 and base64url (RFC 4648).
//
// The decoders are strict: wrong alphabet, wrong padding or stray bits give nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sealbook {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Hash256 = std::array<std::uint8_t, 32>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline void append(Bytes& to, ByteView what) { to.insert(to.end(), what.begin(), what.end()); }

std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);

std::string to_base64(ByteView bytes);                     // section 4, padded
std::optional<Bytes> from_base64(std::string_view text);
std::string to_base64url(ByteView bytes);                  // section 5, no padding
void append_base64url(std::string& to, ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);

// Big-endian integers, as every format of this project stores them.
void append_u16(Bytes& to, std::uint16_t value);
void append_u32(Bytes& to, std::uint32_t value);
void append_u64(Bytes& to, std::uint64_t value);
std::uint16_t load_u16(const std::uint8_t* at);
std::uint32_t load_u32(const std::uint8_t* at);
std::uint64_t load_u64(const std::uint8_t* at);

// Compares in time that depends on the lengths only.
bool constant_time_equal(ByteView a, ByteView b);

}  // namespace sealbook
