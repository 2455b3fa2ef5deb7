/*
** HMAC-SHA-512 of one database page, by OpenSSL. The page cipher's own SHA-512 is portable C; this is
** the same function with the same result, faster (cmake/patch_sqlite3mc.cmake puts the call in place).
**
** The low-level SHA512_* calls are used on purpose: fetching an EVP digest costs a lock per page.
*/
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <string.h>

enum { block_bytes = 128 };

static void hash_padded_key(SHA512_CTX *ctx, const unsigned char *key, size_t key_size, unsigned char pad)
{
  unsigned char block[block_bytes];
  size_t i;
  memset(block, pad, sizeof block);
  for (i = 0; i < key_size; ++i) block[i] ^= key[i];
  SHA512_Init(ctx);
  SHA512_Update(ctx, block, sizeof block);
  OPENSSL_cleanse(block, sizeof block);
}

/* key_size is at most 128. `more` may be NULL. `out` gets 64 bytes. RFC 2104, section 2. */
void sealbook_hmac_sha512(const unsigned char *key, int key_size, const unsigned char *in, int in_size,
                          const unsigned char *more, int more_size, unsigned char *out)
{
  SHA512_CTX ctx;
  unsigned char inner[SHA512_DIGEST_LENGTH];
  hash_padded_key(&ctx, key, (size_t) key_size, 0x36);
  SHA512_Update(&ctx, in, (size_t) in_size);
  if (more != NULL) SHA512_Update(&ctx, more, (size_t) more_size);
  SHA512_Final(inner, &ctx);
  hash_padded_key(&ctx, key, (size_t) key_size, 0x5c);
  SHA512_Update(&ctx, inner, sizeof inner);
  SHA512_Final(out, &ctx);
  OPENSSL_cleanse(&ctx, sizeof ctx);
}
