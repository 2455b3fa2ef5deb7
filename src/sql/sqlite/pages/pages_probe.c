/*
** Two programs are made from this file: stock_pages with the unpatched SQLite3 Multiple Ciphers, and
** patched_pages with the code that the product uses. A test lets each read what the other wrote.
**
**   stock_pages write CIPHER KEYHEX FILE ROWS   makes a store with ROWS rows
**   stock_pages sum   CIPHER KEYHEX FILE        prints count and checksum, after an integrity check
**   stock_pages time  CIPHER KEYHEX FILE ROWS   prints microseconds per page written and read
*/
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int probe_exec(sqlite3 *db, const char *text)
{
  int rc = sqlite3_exec(db, text, 0, 0, 0);
  if (rc != SQLITE_OK) fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(db));
  return rc != SQLITE_OK;
}

static sqlite3 *probe_open(const char *file, const char *cipher, const char *key_hex)
{
  sqlite3 *db = NULL;
  char key[80];
  if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0) != SQLITE_OK) return NULL;
  sqlite3mc_config(db, "cipher", sqlite3mc_cipher_index(cipher));
  snprintf(key, sizeof key, "raw:%s", key_hex);
  if (sqlite3_key_v2(db, "main", key, (int) strlen(key)) != SQLITE_OK) return NULL;
  if (probe_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=0; "
                     "PRAGMA cache_size=-200000")) return NULL;
  return db;
}

static int probe_close(sqlite3 *db) { return sqlite3_close(db) != SQLITE_OK; }

/* Half of the rows is copied into the store by a checkpoint, half of them stay in the log. */
static int probe_write(sqlite3 *db, int rows)
{
  char text[400];
  int rc = probe_exec(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
  snprintf(text, sizeof text,
           "BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
           "INSERT INTO t SELECT i, CAST(printf('%%0400d', i * 7919) AS BLOB) FROM n; COMMIT; "
           "PRAGMA wal_checkpoint(PASSIVE); UPDATE t SET body = body || x'ff' WHERE id %% 2 = 0", rows);
  return rc | probe_exec(db, text);
}

static int probe_sum(sqlite3 *db, FILE *out)
{
  sqlite3_stmt *s = NULL;
  int rc = sqlite3_prepare_v2(db, "SELECT count(*), sum(length(body)), sum(unicode(substr(body, 399, 1)) * id), "
      "(SELECT group_concat(integrity_check) FROM pragma_integrity_check) FROM t", -1, &s, 0);
  if (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
    fprintf(out, "%s %s %s %s\n", sqlite3_column_text(s, 0), sqlite3_column_text(s, 1),
            sqlite3_column_text(s, 2), sqlite3_column_text(s, 3));
  else
    fprintf(stderr, "%s\n", sqlite3_errmsg(db)), rc = 1;
  sqlite3_finalize(s);
  return rc != SQLITE_OK;
}

static double probe_cpu_us(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e6 + (double) t.tv_nsec / 1e3;
}

/* CPU only: the file is not synced. The cache is shrunk before the scan, so that it decrypts. */
static int probe_time(sqlite3 *db, int rows)
{
  double started, pages;
  sqlite3_stmt *s = NULL;
  int rc = probe_write(db, rows) | probe_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (rc) return rc;
  sqlite3_prepare_v2(db, "PRAGMA page_count", -1, &s, 0);
  sqlite3_step(s);
  pages = sqlite3_column_double(s, 0);
  sqlite3_finalize(s);
  started = probe_cpu_us();
  rc = probe_exec(db, "UPDATE t SET body = body || x'00'");
  printf("pages %.0f, to the log %.2f us/page", pages, (probe_cpu_us() - started) / pages);
  started = probe_cpu_us();
  rc |= probe_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)");
  printf(", checkpoint %.2f us/page", (probe_cpu_us() - started) / pages);
  rc |= probe_exec(db, "PRAGMA cache_size=-100; PRAGMA shrink_memory");
  started = probe_cpu_us();
  rc |= probe_exec(db, "SELECT sum(length(body)) FROM t WHERE id < 0 OR length(body) > 0");
  printf(", scan %.2f us/page\n", (probe_cpu_us() - started) / pages);
  return rc;
}

int main(int argc, char **argv)
{
  sqlite3 *db;
  if (argc < 5) return 2;
  db = probe_open(argv[4], argv[2], argv[3]);
  if (db == NULL) return 3;
  if (strcmp(argv[1], "write") == 0) return probe_write(db, atoi(argv[5])) | probe_close(db);
  if (strcmp(argv[1], "sum") == 0) return probe_sum(db, stdout) | probe_close(db);
  if (strcmp(argv[1], "time") == 0) return probe_time(db, atoi(argv[5])) | probe_close(db);
  return 2;
}
