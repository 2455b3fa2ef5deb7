// Opening, keying and setting up one connection.
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "base/assert.hpp"
#include "sql/sqlite/sqlite_connection.hpp"

namespace sealbook::sql {

namespace {

constexpr std::size_t key_size = 32;
constexpr std::string_view plain_header{"SQLite format 3\0", 16};

// What is wrong with a file whose first page does not open: the key, or the file itself.
EngineError explain_unreadable(const std::filesystem::path& file) {
  using Kind = EngineError::Kind;
  std::ifstream in(file, std::ios::binary);
  std::array<char, plain_header.size()> head{};
  in.read(head.data(), head.size());
  if (std::string_view(head.data(), static_cast<std::size_t>(in.gcount())) == plain_header)
    return {Kind::corrupt, "sqlite: the file is an unencrypted database, not a store"};
  std::error_code ignored;
  const auto size = std::filesystem::file_size(file, ignored);
  if (size < 512 || size % 512 != 0) return {Kind::corrupt, "sqlite: the file is not a store, or was cut short"};
  return {Kind::wrong_key, "sqlite: the key does not open this file (or it is not a store)"};
}

const char* cipher_name(PageCipher cipher) { return cipher == PageCipher::sqlcipher ? "sqlcipher" : "aegis"; }

}  // namespace

SqliteConnection::SqliteConnection(const SqliteConfig& config, Role role) {
  try {
    open(config);
    set_key(config);
    set_up(config, role);
  } catch (const EngineError&) {
    close();
    throw;
  }
}

SqliteConnection::~SqliteConnection() { close(); }

void SqliteConnection::close() noexcept {
  for (auto& [text, prepared] : statements_) sqlite3_finalize(prepared.handle);
  for (sqlite3_stmt* statement : control_) sqlite3_finalize(statement);
  sqlite3_close_v2(db_);
  db_ = nullptr;
}

void SqliteConnection::open(const SqliteConfig& config) {
  // The server's umask is not relied on: others on the machine read neither file nor log, which
  // takes its mode from the file.
  if (config.mode == SqliteConfig::Mode::create) {
    const int made = ::open(config.file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
  }
  const int code = sqlite3_open_v2(config.file.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) throw_sqlite_error(db_, code, "open");
  if (sqlite3_db_readonly(db_, "main") == 1 && config.mode != SqliteConfig::Mode::reader)
    throw EngineError(EngineError::Kind::read_only, "sqlite: the store's file cannot be written");
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, 5'000);  // only recovery and checkpoints ever make anyone wait
}

void SqliteConnection::set_key(const SqliteConfig& config) {
  ASSERT(config.key.size() == key_size);
  sqlite3mc_config(db_, "cipher", sqlite3mc_cipher_index(cipher_name(config.cipher)));
  // "raw:" and 32 bytes: the page key itself, no derivation from a passphrase.
  std::array<std::uint8_t, 4 + key_size> raw{'r', 'a', 'w', ':'};
  std::copy(config.key.expose().begin(), config.key.expose().end(), raw.begin() + 4);
  const int code = sqlite3_key_v2(db_, "main", raw.data(), static_cast<int>(raw.size()));
  wipe(raw.data(), raw.size());
  if (code != SQLITE_OK) throw_sqlite_error(db_, code, "key");
}

void SqliteConnection::pragma(const std::string& text) {
  const int code = sqlite3_exec(db_, ("PRAGMA " + text).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite_error(db_, code, text);
}

void SqliteConnection::set_up(const SqliteConfig& config, Role role) {
  // The first read of a page tells whether the key is right.
  int code = sqlite3_exec(db_, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
  if (code == SQLITE_NOTADB) throw explain_unreadable(config.file);
  if (code != SQLITE_OK) throw_sqlite_error(db_, code, "first read");

  pragma("cache_size=-" + std::to_string(config.cache_kib));
  pragma("temp_store=MEMORY");
  pragma("mmap_size=0");
  pragma("foreign_keys=ON");
  pragma("secure_delete=ON");
  pragma("trusted_schema=OFF");
  pragma("wal_autocheckpoint=0");  // SqliteDatabase decides when
  pragma("synchronous=FULL");
  if (config.page_limit > 0) pragma("max_page_count=" + std::to_string(config.page_limit));
  if (config.mode == SqliteConfig::Mode::reader) {
    sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  } else if (role == Role::writer) {
    pragma("journal_mode=WAL");
    // After a burst the log's file is cut back to this when it starts over.
    pragma("journal_size_limit=" + std::to_string(config.checkpoint_pages * 4096));
  }
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);

  static constexpr std::string_view texts[controls] = {
      "BEGIN IMMEDIATE", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT unit", "RELEASE unit", "ROLLBACK TO unit"};
  for (std::size_t i = 0; i < controls; ++i) control_[i] = prepare(texts[i], texts[i]);
  if (role == Role::reader) pragma("query_only=ON");
}

void write_plain_copy(const SqliteConfig& config, const std::filesystem::path& out) {
  if (std::filesystem::exists(out)) throw EngineError(EngineError::Kind::other, "sqlite: the output file exists");
  const SqliteConfig source{.file = config.file, .key = config.key.clone(), .cipher = config.cipher,
                            .mode = SqliteConfig::Mode::reader};
  {
    // A copy of one snapshot, encrypted as the store is; then its pages are decrypted in place.
    SqliteConnection from(source, SqliteConnection::Role::reader);
    from.run_script("PRAGMA query_only=OFF; VACUUM INTO '" + [&] {
      std::string quoted;
      for (const char c : out.string()) quoted.append(c == '\'' ? 2 : 1, c);
      return quoted;
    }() + "'");
  }
  const SqliteConfig copy{.file = out, .key = config.key.clone(), .cipher = config.cipher,
                          .mode = SqliteConfig::Mode::reader};
  SqliteConnection to(copy, SqliteConnection::Role::reader);
  to.run_script("PRAGMA query_only=OFF");
  const int code = sqlite3_rekey_v2(to.handle(), "main", nullptr, 0);
  if (code != SQLITE_OK) throw_sqlite_error(to.handle(), code, "decrypt");
}

}  // namespace sealbook::sql
