// What this folder needs around OpenSSL's handles. Not for use outside it.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace sealbook::crypto {

// A failure here is a broken machine or library (no memory, no such algorithm), never input.
inline void require(int openssl_result, const char* what) {
  if (openssl_result != 1) throw std::runtime_error(what);
}

struct FreeMdCtx { void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); } };
struct FreeMd { void operator()(EVP_MD* p) const { EVP_MD_free(p); } };
struct FreeCipherCtx { void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); } };
struct FreeCipher { void operator()(EVP_CIPHER* p) const { EVP_CIPHER_free(p); } };

using MdCtx = std::unique_ptr<EVP_MD_CTX, FreeMdCtx>;
using CipherCtx = std::unique_ptr<EVP_CIPHER_CTX, FreeCipherCtx>;

// Fetched once: a fetch costs more than a hash.
inline const EVP_MD* fetched_sha256() {
  static const std::unique_ptr<EVP_MD, FreeMd> md(EVP_MD_fetch(nullptr, "SHA2-256", nullptr));
  if (!md) throw std::runtime_error("SHA-256 is not available");
  return md.get();
}
inline const EVP_MD* fetched_sha512() {
  static const std::unique_ptr<EVP_MD, FreeMd> md(EVP_MD_fetch(nullptr, "SHA2-512", nullptr));
  if (!md) throw std::runtime_error("SHA-512 is not available");
  return md.get();
}

inline MdCtx new_md_ctx() {
  MdCtx ctx(EVP_MD_CTX_new());
  if (!ctx) throw std::bad_alloc();
  return ctx;
}

}  // namespace sealbook::crypto
