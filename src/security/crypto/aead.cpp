#include "security/crypto/aead.hpp"

#include "base/assert.hpp"
#include "base/secret.hpp"
#include "security/crypto/openssl.hpp"

namespace sealbook::crypto {
namespace {

const EVP_CIPHER* fetched_cipher() {
  static const std::unique_ptr<EVP_CIPHER, FreeCipher> cipher(
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  if (!cipher) throw std::runtime_error("AES-256-GCM is not available");
  return cipher.get();
}

CipherCtx new_cipher_ctx(int encrypting) {
  CipherCtx ctx(EVP_CIPHER_CTX_new());
  if (!ctx) throw std::bad_alloc();
  // The cipher is set once; a message then sets its key and nonce only.
  require(EVP_CipherInit_ex2(ctx.get(), fetched_cipher(), nullptr, nullptr, encrypting, nullptr),
          "gcm init");
  return ctx;
}

void check_sizes(ByteView key, ByteView nonce, ByteView tag) {
  ASSERT(key.size() == aes256_key_size);
  ASSERT(nonce.size() == gcm_nonce_size);
  ASSERT(tag.size() == gcm_tag_size);
}

// Starts a message and takes its associated data; then runs over the data in place.
void run(EVP_CIPHER_CTX* ctx, ByteView key, ByteView nonce, ByteView aad,
         std::span<std::uint8_t> data, int encrypting) {
  int done = 0;
  require(EVP_CipherInit_ex2(ctx, nullptr, key.data(), nonce.data(), encrypting, nullptr), "gcm key");
  if (!aad.empty())
    require(EVP_CipherUpdate(ctx, nullptr, &done, aad.data(), static_cast<int>(aad.size())), "gcm aad");
  if (!data.empty())
    require(EVP_CipherUpdate(ctx, data.data(), &done, data.data(), static_cast<int>(data.size())),
            "gcm data");
}

}  // namespace

void aes256_gcm_encrypt(ByteView key, ByteView nonce, ByteView aad, std::span<std::uint8_t> data,
                        std::span<std::uint8_t> tag) {
  check_sizes(key, nonce, tag);
  thread_local const CipherCtx ctx = new_cipher_ctx(1);
  run(ctx.get(), key, nonce, aad, data, 1);
  std::uint8_t nothing[16];
  int done = 0;
  require(EVP_CipherFinal_ex(ctx.get(), nothing, &done), "gcm final");
  require(EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_AEAD_GET_TAG, gcm_tag_size, tag.data()), "gcm tag");
}

bool aes256_gcm_decrypt(ByteView key, ByteView nonce, ByteView aad, std::span<std::uint8_t> data,
                        ByteView tag) {
  check_sizes(key, nonce, tag);
  thread_local const CipherCtx ctx = new_cipher_ctx(0);
  run(ctx.get(), key, nonce, aad, data, 0);
  std::uint8_t expected[gcm_tag_size];
  std::copy(tag.begin(), tag.end(), expected);
  require(EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_AEAD_SET_TAG, gcm_tag_size, expected), "gcm tag");
  std::uint8_t nothing[16];
  int done = 0;
  if (EVP_CipherFinal_ex(ctx.get(), nothing, &done) == 1) return true;
  if (!data.empty()) wipe(data.data(), data.size());
  return false;
}

}  // namespace sealbook::crypto
