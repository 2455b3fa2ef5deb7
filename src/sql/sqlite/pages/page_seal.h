/*
** Sealing several database pages at once, as a commit writes them: AES-256-CBC and HMAC-SHA-512 are
** chains within a page but independent between pages, so Intel's multi-buffer library runs many pages
** in the lanes of one processor's vector unit (measured: 2.9 us a page instead of 14).
**
** The result is what the stock code makes of each page by itself. Where the library or the processor's
** vector unit is missing sealbook_sealer_new gives NULL, and pages are sealed one by one.
*/
#ifndef SEALBOOK_PAGE_SEAL_H
#define SEALBOOK_PAGE_SEAL_H

enum {
  sealbook_page_bytes = 4096,
  sealbook_tail_bytes = 80,  /* of each page: IV 16, MAC 64 */
  sealbook_head_bytes = 24,  /* room before each sealed page, for the log's frame header */
  sealbook_most_pages = 16,
  sealbook_least_pages = 3   /* fewer are faster one by one */
};

typedef struct sealbook_sealer sealbook_sealer;

/* Both keys have 32 bytes. */
sealbook_sealer *sealbook_sealer_new(const unsigned char *aes_key, const unsigned char *mac_key);
void sealbook_sealer_free(sealbook_sealer *sealer); /* wipes keys and pages; NULL is fine */
int sealbook_sealer_has_keys(const sealbook_sealer *sealer, const unsigned char *aes_key, const unsigned char *mac_key);

/* Takes the pages for one round: clear, add up to sealbook_most_pages, run. Contents are copied. */
void sealbook_sealer_clear(sealbook_sealer *sealer);
void sealbook_sealer_add(sealbook_sealer *sealer, unsigned page_number, const unsigned char *page, const unsigned char *iv);
int sealbook_sealer_run(sealbook_sealer *sealer); /* 0 when all were sealed */

/*
** The sealed form of a page of the last round, once; NULL when it was not in it or has another content
** now. There are sealbook_head_bytes of room before it.
*/
unsigned char *sealbook_sealer_take(sealbook_sealer *sealer, unsigned page_number, const unsigned char *page);
int sealbook_sealer_owns(const sealbook_sealer *sealer, const unsigned char *sealed);

#endif
