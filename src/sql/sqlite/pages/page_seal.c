#include "page_seal.h"

#include <stddef.h>

#ifdef SEALBOOK_IPSEC_MB
#include <intel-ipsec-mb.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

enum { body_bytes = sealbook_page_bytes - sealbook_tail_bytes, iv_bytes = 16, mac_bytes = 64, block_bytes = 128 };

typedef struct {
  unsigned char head[sealbook_head_bytes];
  unsigned char sealed[sealbook_page_bytes];
  unsigned char plain[sealbook_page_bytes];
  unsigned char mac[mac_bytes];
  unsigned number;
  int taken;
} slot;

struct sealbook_sealer {
  slot slots[sealbook_most_pages];
  int count;
  IMB_MGR *lanes;
  unsigned char aes_key[32], mac_key[32];
  unsigned char inner[64], outer[64];                 /* HMAC's states after the padded key */
  unsigned encrypt[60] __attribute__((aligned(16)));  /* AES key schedules */
  unsigned decrypt[60] __attribute__((aligned(16)));
};

static void hash_padded_key(IMB_MGR *lanes, const unsigned char *key, unsigned char pad, unsigned char *state)
{
  unsigned char block[block_bytes];
  int i;
  memset(block, pad, sizeof block);
  for (i = 0; i < 32; ++i) block[i] ^= key[i];
  IMB_SHA512_ONE_BLOCK(lanes, block, state);
  OPENSSL_cleanse(block, sizeof block);
}

sealbook_sealer *sealbook_sealer_new(const unsigned char *aes_key, const unsigned char *mac_key)
{
  IMB_ARCH arch = IMB_ARCH_NONE;
  sealbook_sealer *sealer = NULL;
  IMB_MGR *lanes = alloc_mb_mgr(0);
  if (lanes == NULL) return NULL;
  init_mb_mgr_auto(lanes, &arch);
  if (arch < IMB_ARCH_AVX2 || posix_memalign((void **) &sealer, 64, sizeof *sealer) != 0)
  {
    free_mb_mgr(lanes);
    return NULL;
  }
  memset(sealer, 0, sizeof *sealer);
  sealer->lanes = lanes;
  memcpy(sealer->aes_key, aes_key, 32);
  memcpy(sealer->mac_key, mac_key, 32);
  IMB_AES_KEYEXP_256(lanes, aes_key, sealer->encrypt, sealer->decrypt);
  hash_padded_key(lanes, mac_key, 0x36, sealer->inner);
  hash_padded_key(lanes, mac_key, 0x5c, sealer->outer);
  return sealer;
}

void sealbook_sealer_free(sealbook_sealer *sealer)
{
  if (sealer == NULL) return;
  free_mb_mgr(sealer->lanes);
  OPENSSL_cleanse(sealer, sizeof *sealer);
  free(sealer);
}

int sealbook_sealer_has_keys(const sealbook_sealer *sealer, const unsigned char *aes_key, const unsigned char *mac_key)
{
  return CRYPTO_memcmp(sealer->aes_key, aes_key, 32) == 0 && CRYPTO_memcmp(sealer->mac_key, mac_key, 32) == 0;
}

void sealbook_sealer_clear(sealbook_sealer *sealer) { sealer->count = 0; }

void sealbook_sealer_add(sealbook_sealer *sealer, unsigned page_number, const unsigned char *page, const unsigned char *iv)
{
  slot *s = &sealer->slots[sealer->count++];
  memcpy(s->plain, page, sealbook_page_bytes);
  memcpy(s->sealed + body_bytes, iv, iv_bytes);
  s->number = page_number;
  s->taken = 0;
}

static int submit(sealbook_sealer *sealer, slot *s)
{
  IMB_JOB *job = IMB_GET_NEXT_JOB(sealer->lanes);
  unsigned char *number = s->sealed + body_bytes + iv_bytes; /* little endian, covered by the MAC, then overwritten */
  number[0] = (unsigned char) s->number;
  number[1] = (unsigned char) (s->number >> 8);
  number[2] = (unsigned char) (s->number >> 16);
  number[3] = (unsigned char) (s->number >> 24);
  memset(job, 0, sizeof *job);
  job->cipher_direction = IMB_DIR_ENCRYPT;
  job->chain_order = IMB_ORDER_CIPHER_HASH;
  job->cipher_mode = IMB_CIPHER_CBC;
  job->hash_alg = IMB_AUTH_HMAC_SHA_512;
  job->key_len_in_bytes = 32;
  job->enc_keys = sealer->encrypt;
  job->dec_keys = sealer->decrypt;
  job->src = s->plain;
  job->dst = s->sealed;
  job->msg_len_to_cipher_in_bytes = body_bytes;
  job->iv = s->sealed + body_bytes;
  job->iv_len_in_bytes = iv_bytes;
  job->hash_start_src_offset_in_bytes = (uint64_t) ((uintptr_t) s->sealed - (uintptr_t) s->plain);
  job->msg_len_to_hash_in_bytes = body_bytes + iv_bytes + 4;
  job->u.HMAC._hashed_auth_key_xor_ipad = sealer->inner;
  job->u.HMAC._hashed_auth_key_xor_opad = sealer->outer;
  job->auth_tag_output = s->mac;
  job->auth_tag_output_len_in_bytes = mac_bytes;
  IMB_SUBMIT_JOB(sealer->lanes);
  return imb_get_errno(sealer->lanes);
}

int sealbook_sealer_run(sealbook_sealer *sealer)
{
  int i, failed = 0;
  for (i = 0; i < sealer->count; ++i) failed |= submit(sealer, &sealer->slots[i]);
  while (IMB_FLUSH_JOB(sealer->lanes) != NULL) {}
  if (failed != 0) sealer->count = 0;
  for (i = 0; i < sealer->count; ++i)
    memcpy(sealer->slots[i].sealed + body_bytes + iv_bytes, sealer->slots[i].mac, mac_bytes);
  return failed;
}

unsigned char *sealbook_sealer_take(sealbook_sealer *sealer, unsigned page_number, const unsigned char *page)
{
  int i;
  for (i = 0; i < sealer->count; ++i)
  {
    slot *s = &sealer->slots[i];
    if (s->number != page_number || s->taken) continue;
    if (memcmp(s->plain, page, sealbook_page_bytes) != 0) return NULL;
    s->taken = 1;
    return s->sealed;
  }
  return NULL;
}

int sealbook_sealer_owns(const sealbook_sealer *sealer, const unsigned char *sealed)
{
  return sealer != NULL && sealed >= sealer->slots[0].sealed && sealed <= sealer->slots[sealbook_most_pages - 1].sealed;
}

#else /* without the library pages are sealed one by one */

sealbook_sealer *sealbook_sealer_new(const unsigned char *aes_key, const unsigned char *mac_key)
{
  (void) aes_key, (void) mac_key;
  return NULL;
}
void sealbook_sealer_free(sealbook_sealer *sealer) { (void) sealer; }
int sealbook_sealer_has_keys(const sealbook_sealer *s, const unsigned char *a, const unsigned char *m) { return (void) s, (void) a, (void) m, 0; }
void sealbook_sealer_clear(sealbook_sealer *sealer) { (void) sealer; }
void sealbook_sealer_add(sealbook_sealer *s, unsigned n, const unsigned char *p, const unsigned char *iv) { (void) s, (void) n, (void) p, (void) iv; }
int sealbook_sealer_run(sealbook_sealer *sealer) { return (void) sealer, 1; }
unsigned char *sealbook_sealer_take(sealbook_sealer *s, unsigned n, const unsigned char *p) { return (void) s, (void) n, (void) p, NULL; }
int sealbook_sealer_owns(const sealbook_sealer *s, const unsigned char *p) { return (void) s, (void) p, 0; }

#endif
