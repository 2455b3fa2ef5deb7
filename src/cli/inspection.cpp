#include "cli/inspection.hpp"

#include "cli/whole_file.hpp"

#include <charconv>
#include <fstream>
#include <iterator>

#include "cli/instance.hpp"
#include "security/audit/checkpoint.hpp"
#include "sql/postgres/open_postgres.hpp"
#include "sql/sqlite/open_sqlite.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

std::unique_ptr<sql::Database> open_file(const fs::path& file, Secret key, const Config& config,
                                         const SystemClock& clock) {
  sql::SqliteConfig sqlite;
  sqlite.file = file;
  sqlite.key = std::move(key);
  sqlite.cipher = config.page_cipher == "aegis" ? sql::PageCipher::aegis : sql::PageCipher::sqlcipher;
  sqlite.mode = sql::SqliteConfig::Mode::reader;
  sqlite.readers = 2;
  sqlite.clock = &clock;
  return sql::open_sqlite(std::move(sqlite));
}

std::unique_ptr<sql::Database> open_server(Secret dsn, const SystemClock& clock) {
  sql::PostgresConfig postgres;
  postgres.dsn = std::move(dsn);
  postgres.writers = 1;
  postgres.readers = 1;
  postgres.clock = &clock;
  return sql::open_postgres(std::move(postgres));
}

// Opens one of the two databases, or says why not.
template <class PageKey>
Result<std::unique_ptr<sql::Database>> open_either(const Config& config, const fs::path& file, std::string_view setting,
                                                   const std::string& reference, std::string_view what,
                                                   const SystemClock& clock, PageKey page_key) {
  try {
    if (config.engine == EngineKind::postgres) {
      TRY(dsn, resolve_secret(setting, reference));
      return open_server(std::move(dsn), clock);
    }
    if (!fs::exists(file)) return fail(ErrorCode::not_found, std::string(what) + ": there is no file " + file.string() + ".");
    TRY(key, page_key());
    return open_file(file, std::move(key), config, clock);
  } catch (const sql::EngineError& broken) {
    return fail(explain_engine(broken, what));
  }
}

}  // namespace

Inspection::Inspection(const Config& config) : config_(config) {
  clock_.set_offset(clock_file_offset(config));
  auto provider = keys::KeyFileProvider::load(config.key_file);
  if (provider) provider_ = std::move(*provider);
  else key_error_ = std::move(provider).error();
  if (provider_)
    if (auto works = provider_->self_test(); !works) key_error_ = std::move(works).error();
  open_keyring();
  open_store();
}

void Inspection::open_keyring() {
  if (!provider_) {
    keyring_error_ = make_error(ErrorCode::unavailable, "The keyring: without the root key it stays closed.");
    return;
  }
  auto opened = open_either(config_, config_.keyring_file, "keys.keyring_url", config_.keyring_url, "The keyring", clock_,
                            [this] { return keys::Keyring::page_key(*provider_, config_.environment); });
  if (!opened) {
    keyring_error_ = std::move(opened).error();
    return;
  }
  keyring_database_ = std::move(*opened);
  keyring_rows_ = std::make_unique<storage::KeyringRows>(*keyring_database_);
  try {
    auto keyring = keys::Keyring::open(*keyring_rows_, *provider_, config_.environment, clock_);
    if (keyring) keyring_ = std::move(*keyring);
    else keyring_error_ = std::move(keyring).error();
  } catch (const sql::EngineError& broken) {
    keyring_error_ = explain_engine(broken, "The keyring");
  }
}

void Inspection::open_store() {
  if (config_.engine == EngineKind::embedded && !keyring_) {
    store_error_ = make_error(ErrorCode::unavailable, "The store: its page key is in the keyring, which stays closed.");
    return;
  }
  auto opened = open_either(config_, config_.store_file, "store.url", config_.database_url, "The store", clock_,
                            [this]() -> Result<Secret> { return keyring_->instance().store_page_key().clone(); });
  if (opened) database_ = std::move(*opened);
  else store_error_ = std::move(opened).error();
}

std::optional<audit::NoteKey> Inspection::journal_key() const {
  if (!keyring_) return std::nullopt;
  return audit::CheckpointSigner(config_.origin, keyring_->instance().checkpoint_key()).instance_key();
}

Micros clock_file_offset(const Config& config) {
  std::int64_t seconds = 0;
  if (config.clock_file.empty() || config.mode == Mode::production) return {};
  std::ifstream in(config.clock_file);
  std::string text;
  in >> text;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return whole ? std::chrono::seconds(seconds) : Micros();
}

fs::path journal_key_file(const Config& config) { return config.dir / "journal.pub"; }

Result<std::optional<audit::NoteKey>> read_journal_key(const Config& config) {
  std::ifstream in(journal_key_file(config), std::ios::binary);
  if (!in) return std::optional<audit::NoteKey>();
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto key = audit::NoteKey::parse(text);
  if (!key) return fail(ErrorCode::integrity, journal_key_file(config).string() + " holds no key of a journal.");
  return std::optional(std::move(*key));
}

Result<void> write_journal_key(const Config& config, const audit::NoteKey& key) {
  return replace_file(journal_key_file(config), key.text() + "\n", true);
}

}  // namespace sealbook::cli
