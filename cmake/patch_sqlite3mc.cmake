# cmake -DORIGINAL=… -DPATCHED=… -P patch_sqlite3mc.cmake: writes sqlite3.c with three changes. Each
# passage that is replaced must be there exactly once, or the build stops. What the patched build
# writes, the stock build reads, and the other way round: src/sql/sqlite/stock_pages_test.cpp.
cmake_minimum_required(VERSION 3.25)
file(READ ${ORIGINAL} text)

function(replace_once what old new)
  string(FIND "${text}" "${old}" first)
  string(FIND "${text}" "${old}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "${what}: the passage to patch is not in ${ORIGINAL} exactly once")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
  set(text "${text}" PARENT_SCOPE)
endfunction()

# 1. The page's HMAC-SHA-512 comes from OpenSSL (pages/page_mac.c).
replace_once("page mac" [=[
      HMAC_sha512_ctx hctx;
      HMAC_sha512_init(&hctx, key, nkey);
      HMAC_sha512_update(&hctx, in, in_sz);
      if (in2 != NULL)
      {
        HMAC_sha512_update(&hctx, in2, in2_sz);
      }
      HMAC_sha512_final(&hctx, out);
]=] [=[
      extern void sealbook_hmac_sha512(const unsigned char*, int, const unsigned char*, int,
                                       const unsigned char*, int, unsigned char*);
      sealbook_hmac_sha512(key, nkey, in, in_sz, in2, in2_sz, out);
]=])

# 2. A checkpoint copies encrypted pages as they are. The log holds each page encrypted under the
# same key and page number as the store will, so opening and sealing it again (two thirds of the
# page cipher's work on an aged store) buys nothing: a page is authenticated when it is read.
replace_once("checkpoint: declarations" [=[
static int walCheckpoint(
  Wal *pWal,                      /* Wal connection */
]=] [=[
static sqlite3_file *sealbookBelow(sqlite3_file *pFile, sqlite3_file *pMainDb);
static int walCheckpoint(
  Wal *pWal,                      /* Wal connection */
]=])
replace_once("checkpoint: copying" [=[
          rc = sqlite3OsRead(pWal->pWalFd, zBuf, szPage, iOffset);
          if( rc!=SQLITE_OK ) break;
          iOffset = (iDbpage-1)*(i64)szPage;
          testcase( IS_BIG_INT(iOffset) );
          rc = sqlite3OsWrite(pWal->pDbFd, zBuf, szPage, iOffset);
]=] [=[
          rc = sqlite3OsRead(sealbookBelow(pWal->pWalFd, pWal->pDbFd), zBuf, szPage, iOffset);
          if( rc!=SQLITE_OK ) break;
          iOffset = (iDbpage-1)*(i64)szPage;
          testcase( IS_BIG_INT(iOffset) );
          rc = sqlite3OsWrite(sealbookBelow(pWal->pDbFd, pWal->pDbFd), zBuf, szPage, iOffset);
]=])

# 3. The pages of a commit are sealed together (pages/page_seal.h), and a frame of the log is one write.
replace_once("sealing: the sealer's place" [=[
  int           m_walLegacy;
  /* Read cipher */
]=] [=[
  int           m_walLegacy;
  struct sealbook_sealer *m_sealer;
  /* Read cipher */
]=])
replace_once("sealing: none at first" [=[
    codec->m_hmacCheck = 1;
    codec->m_walLegacy = 0;
]=] [=[
    codec->m_hmacCheck = 1;
    codec->m_walLegacy = 0;
    codec->m_sealer = 0;
]=])
replace_once("sealing: the end" [=[
    codec->m_writeCipher = NULL;
  }
  memset(codec, 0, sizeof(Codec));
]=] [=[
    codec->m_writeCipher = NULL;
  }
  sealbook_sealer_free(codec->m_sealer);
  memset(codec, 0, sizeof(Codec));
]=])
replace_once("sealing: a page for the log" [=[
      aData = sqlite3mcCodec(codec, pPg->pData, pPg->pgno, 6);
]=] [=[
      aData = sealbookSeal(codec, pPg);
]=])
replace_once("sealing: declarations for the log" [=[
static int walWriteOneFrame(
  WalWriter *p,               /* Where to write the frame */
]=] [=[
static void *sealbookFrame(PgHdrMC *pPg, void *pData, const void *aFrame);
static int walWriteOneFrame(
  WalWriter *p,               /* Where to write the frame */
]=])
replace_once("sealing: one write for a frame" [=[
  walEncodeFrame(p->pWal, pPage->pgno, nTruncate, pData, aFrame);
  rc = walWriteToLog(p, aFrame, sizeof(aFrame), iOffset);
]=] [=[
  void *pWhole;
  walEncodeFrame(p->pWal, pPage->pgno, nTruncate, pData, aFrame);
  if( (pWhole = sealbookFrame(pPage, pData, aFrame))!=0 ){
    return walWriteToLog(p, pWhole, p->szPage+sizeof(aFrame), iOffset);
  }
  rc = walWriteToLog(p, aFrame, sizeof(aFrame), iOffset);
]=])
replace_once("sealing: the header" [=[
typedef struct _Codec
{
]=] [=[
#include "page_seal.h"
typedef struct _Codec
{
]=])
replace_once("our part" [=[
/*
** This function is called by the wal module when writing page content
** into the log file.
]=] [=[
#include "patched_codec.h"

/*
** This function is called by the wal module when writing page content
** into the log file.
]=])

file(WRITE ${PATCHED} "${text}")
