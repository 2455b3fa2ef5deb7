/*
** The part of the patched page code that needs SQLite3 Multiple Ciphers' own types: included once, by
** generated/sqlite3_patched.c, before the methods of its file layer (cmake/patch_sqlite3mc.cmake).
*/

static Codec *sealbookCodec(sqlite3_file *pMainDb)
{
  if (pMainDb->pMethods == &mcIoMethodsGlobal1 ||
      pMainDb->pMethods == &mcIoMethodsGlobal2 ||
      pMainDb->pMethods == &mcIoMethodsGlobal3)
  {
    return ((sqlite3mc_file*) pMainDb)->codec;
  }
  return 0;
}

/*
** For a checkpoint: the file below the encrypting layer when pages in the log are encrypted as in the
** store, so that they can be copied as they are; else the file itself.
*/
static sqlite3_file *sealbookBelow(sqlite3_file *pFile, sqlite3_file *pMainDb)
{
  Codec *codec = sealbookCodec(pMainDb);
  if (codec != 0 && codec->m_walLegacy == 0 && sqlite3mcIsEncrypted(codec) &&
      sqlite3mcHasReadCipher(codec) && sqlite3mcHasWriteCipher(codec))
  {
    return REALFILE(pFile);
  }
  return pFile;
}

/* True when this page of this store is laid out as page_seal.c lays it out. */
static int sealbookMaySealTogether(Codec *codec, Pgno pgno)
{
  SQLCipherCipher *cipher = (SQLCipherCipher*) codec->m_writeCipher;
  return pgno != 1 && codec->m_hasWriteCipher &&
         globalCodecDescriptorTable[codec->m_writeCipherType - 1].m_encryptPage == EncryptPageSQLCipherCipher &&
         cipher->m_legacy == 0 && cipher->m_hmacUse == 1 && cipher->m_hmacPgno == SQLCIPHER_HMAC_PGNO_LE &&
         cipher->m_hmacAlgorithm == SQLCIPHER_ALGORITHM_SHA512 &&
         sqlite3mcGetPageSize(codec) == sealbook_page_bytes &&
         GetReservedSQLCipherCipher(cipher) == sealbook_tail_bytes &&
         (codec->m_writeReserved >= 0 ? codec->m_writeReserved : codec->m_reserved) == sealbook_tail_bytes;
}

/* The pages that a commit is about to write: those of the list from pPg on, as many as fit. */
static int sealbookSealTogether(Codec *codec, PgHdrMC *pPg)
{
  SQLCipherCipher *cipher = (SQLCipherCipher*) codec->m_writeCipher;
  PgHdrMC *p;
  int n = 0;
  for (p = pPg; p != 0 && n < sealbook_least_pages; p = p->pDirty) n += p->pgno != 1;
  if (n < sealbook_least_pages) return 1;
  if (codec->m_sealer != 0 && !sealbook_sealer_has_keys(codec->m_sealer, cipher->m_key, cipher->m_hmacKey))
  {
    sealbook_sealer_free(codec->m_sealer);
    codec->m_sealer = 0;
  }
  if (codec->m_sealer == 0) codec->m_sealer = sealbook_sealer_new(cipher->m_key, cipher->m_hmacKey);
  if (codec->m_sealer == 0) return 1;
  sealbook_sealer_clear(codec->m_sealer);
  for (p = pPg, n = 0; p != 0 && n < sealbook_most_pages; p = p->pDirty)
  {
    unsigned char iv[16];
    if (p->pgno == 1) continue;
    chacha20_rng(iv, sizeof iv);
    sealbook_sealer_add(codec->m_sealer, p->pgno, p->pData, iv);
    ++n;
  }
  return sealbook_sealer_run(codec->m_sealer);
}

/*
** The encrypted form of a page for the log. The first page of a commit seals the next ones too; they
** are taken when their turn comes, if their content is still the same.
*/
static void *sealbookSeal(Codec *codec, PgHdrMC *pPg)
{
  if (sealbookMaySealTogether(codec, pPg->pgno))
  {
    void *pSealed = codec->m_sealer ? sealbook_sealer_take(codec->m_sealer, pPg->pgno, pPg->pData) : 0;
    if (pSealed == 0 && sealbookSealTogether(codec, pPg) == 0)
      pSealed = sealbook_sealer_take(codec->m_sealer, pPg->pgno, pPg->pData);
    if (pSealed != 0) return pSealed;
  }
  return sqlite3mcCodec(codec, pPg->pData, pPg->pgno, 6);
}

/* A frame of the log for one write: its header, put before the page, when there is room; else 0. */
static void *sealbookFrame(PgHdrMC *pPg, void *pData, const void *aFrame)
{
  Codec *codec = sealbookCodec(sqlite3PagerFile(pPg->pPager));
  if (codec == 0 || !sealbook_sealer_owns(codec->m_sealer, pData)) return 0;
  memcpy((char*) pData - sealbook_head_bytes, aFrame, sealbook_head_bytes);
  return (char*) pData - sealbook_head_bytes;
}
