#include "security/crypto/mac.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "security/crypto/openssl.hpp"

namespace sealbook::crypto {
namespace {

constexpr std::size_t largest_block = 128;

const EVP_MD* md_of(HmacState::Digest digest) {
  return digest == HmacState::Digest::sha256 ? fetched_sha256() : fetched_sha512();
}

// The state of a hash that has taken the key block, combined with one of the two pads.
MdCtx padded(const EVP_MD* md, const std::array<std::uint8_t, largest_block>& key_block,
             std::uint8_t pad) {
  std::array<std::uint8_t, largest_block> block = key_block;
  for (std::uint8_t& b : block) b ^= pad;
  MdCtx ctx = new_md_ctx();
  require(EVP_DigestInit_ex2(ctx.get(), md, nullptr), "hmac init");
  require(EVP_DigestUpdate(ctx.get(), block.data(), static_cast<std::size_t>(EVP_MD_get_block_size(md))),
          "hmac key");
  wipe(block.data(), block.size());
  return ctx;
}

}  // namespace

HmacState::HmacState(Digest digest, ByteView key) {
  const EVP_MD* md = md_of(digest);
  const auto block_size = static_cast<std::size_t>(EVP_MD_get_block_size(md));
  ASSERT(block_size <= largest_block);
  std::array<std::uint8_t, largest_block> block{};
  if (key.size() <= block_size) {
    std::ranges::copy(key, block.begin());
  } else if (digest == Digest::sha256) {
    std::ranges::copy(sha256(key), block.begin());
  } else {
    std::ranges::copy(sha512(key), block.begin());
  }
  inner_ = padded(md, block, 0x36).release();
  outer_ = padded(md, block, 0x5c).release();
  wipe(block.data(), block.size());
}

HmacState::~HmacState() {
  EVP_MD_CTX_free(inner_);  // the library wipes the state
  EVP_MD_CTX_free(outer_);
}

HmacState::HmacState(HmacState&& other) noexcept
    : inner_(std::exchange(other.inner_, nullptr)), outer_(std::exchange(other.outer_, nullptr)) {}

HmacState& HmacState::operator=(HmacState&& other) noexcept {
  std::swap(inner_, other.inner_);
  std::swap(outer_, other.outer_);
  return *this;
}

void HmacState::mac(std::initializer_list<ByteView> parts, std::span<std::uint8_t> out) const {
  ASSERT(inner_ != nullptr);
  thread_local const MdCtx scratch = new_md_ctx();
  EVP_MD_CTX* ctx = scratch.get();
  require(EVP_MD_CTX_copy_ex(ctx, inner_), "hmac copy");
  for (const ByteView part : parts)
    require(EVP_DigestUpdate(ctx, part.data(), part.size()), "hmac update");
  std::array<std::uint8_t, 64> inner_hash;
  require(EVP_DigestFinal_ex(ctx, inner_hash.data(), nullptr), "hmac final");
  require(EVP_MD_CTX_copy_ex(ctx, outer_), "hmac copy");
  require(EVP_DigestUpdate(ctx, inner_hash.data(), out.size()), "hmac update");
  require(EVP_DigestFinal_ex(ctx, out.data(), nullptr), "hmac final");
  wipe(inner_hash.data(), inner_hash.size());
}

}  // namespace sealbook::crypto
