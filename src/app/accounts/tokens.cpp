#include "app/accounts/tokens.hpp"

#include <array>
#include <cstring>
#include <mutex>

#include "base/random.hpp"
#include "security/crypto/hash.hpp"

namespace sealbook::app {
namespace {

constexpr std::size_t secret_size = 43;    // 32 bytes in base64url
constexpr std::size_t checksum_size = 6;

// CRC-32 (ISO-HDLC, as in zip), in six digits of base 62.
std::string checksum(std::string_view text) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xEDB88320U & (0U - (crc & 1)));
  }
  crc = ~crc;
  constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string out(checksum_size, '0');
  for (std::size_t i = checksum_size; i-- > 0; crc /= 62) out[i] = digits[crc % 62];
  return out;
}

}  // namespace

NewToken make_token(std::string_view purpose) {
  NewToken token;
  token.text = token_text(purpose, random_array<32>());
  token.hash = crypto::sha256(as_bytes(token.text));
  return token;
}

std::string token_text(std::string_view purpose, ByteView secret) {
  std::string text = "sb1_" + std::string(purpose) + "_" + to_base64url(secret);
  return text + "_" + checksum(text);
}

std::optional<Hash256> token_hash(std::string_view text) {
  constexpr std::size_t tail = 1 + checksum_size;
  if (!text.starts_with("sb1_") || text.size() < 4 + secret_size + tail || text.size() > 100) return std::nullopt;
  if (text[text.size() - tail] != '_') return std::nullopt;
  if (checksum(text.substr(0, text.size() - tail)) != text.substr(text.size() - checksum_size)) return std::nullopt;
  return crypto::sha256(as_bytes(text));
}

std::size_t Tokens::FirstBytes::operator()(const Hash256& hash) const {
  std::size_t value;
  std::memcpy(&value, hash.data(), sizeof value);
  return value;
}

void Tokens::add(const Hash256& hash, TokenHolder holder) {
  const std::unique_lock lock(mutex_);
  holders_.insert_or_assign(hash, std::move(holder));
}

std::optional<TokenHolder> Tokens::find(const Hash256& hash, Instant now) const {
  const std::shared_lock lock(mutex_);
  const auto found = holders_.find(hash);
  if (found == holders_.end()) return std::nullopt;
  if (found->second.expires && *found->second.expires <= now) return std::nullopt;
  return found->second;
}

}  // namespace sealbook::app
