#include "cli/instance.hpp"

#include <sys/stat.h>

#include "base/log.hpp"
#include "base/random.hpp"
#include "cli/inspection.hpp"
#include "cli/mail.hpp"
#include "security/audit/file_tile_store.hpp"
#include "sql/migrations.hpp"
#include "sql/postgres/open_postgres.hpp"
#include "sql/sqlite/open_sqlite.hpp"
#include "storage/tables/instance.hpp"
#include "storage/tables/log_rows.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(ErrorCode::unavailable, "The folder " + folder.string() + " cannot be made: " + error.message() + ".");
  fs::permissions(folder, fs::perms::owner_all, fs::perm_options::replace, error);
  return {};
}

sql::PageCipher cipher_of(const Config& config) {
  return config.page_cipher == "aegis" ? sql::PageCipher::aegis : sql::PageCipher::sqlcipher;
}

std::unique_ptr<sql::Database> open_sqlite_file(const fs::path& file, Secret key, const Config& config,
                                                const SystemClock& clock) {
  sql::SqliteConfig sqlite;
  sqlite.file = file;
  sqlite.key = std::move(key);
  sqlite.cipher = cipher_of(config);
  sqlite.clock = &clock;
  return sql::open_sqlite(std::move(sqlite));
}

std::unique_ptr<sql::Database> open_server(std::string_view setting, const std::string& reference,
                                           const SystemClock& clock) {
  auto dsn = resolve_secret(setting, reference);
  if (!dsn) throw sql::EngineError(sql::EngineError::Kind::other, dsn.error().detail);
  sql::PostgresConfig postgres;
  postgres.dsn = std::move(*dsn);
  postgres.clock = &clock;
  return sql::open_postgres(std::move(postgres));
}

Result<std::size_t> migrate_database(sql::Database& database, std::string_view set, const Progress& progress) {
  const auto known = sql::embedded_migrations(database.engine(), set);
  return sql::migrate(database, known, [&](const sql::MigrationProgress& p) {
    if (progress) progress("migrating", p.done, p.total);
  });
}

}  // namespace

Error explain_engine(const sql::EngineError& broken, std::string_view what) {
  using Kind = sql::EngineError::Kind;
  const auto say = [&](ErrorCode code, std::string_view sentence) {
    Error error = make_error(code, std::string(what) + ": " + std::string(sentence));
    error.cause = broken.what();
    return error;
  };
  switch (broken.kind()) {
    case Kind::wrong_key: return say(ErrorCode::invalid, "the key does not open it; is this the key file that it was made with?");
    case Kind::corrupt: return say(ErrorCode::integrity, "it is damaged, or it is no store of sealbook's.");
    case Kind::busy: return say(ErrorCode::unavailable, "another process is using it.");
    case Kind::full: return say(ErrorCode::unavailable, "there is no room left on its disk.");
    case Kind::read_only: return say(ErrorCode::unavailable, "it cannot be written.");
    case Kind::lost: return say(ErrorCode::unavailable, "the database server cannot be reached.");
    default: return say(ErrorCode::unavailable, broken.what());
  }
}

std::unique_ptr<sql::Database> open_keyring_database(const Config& config, KeyProvider& provider,
                                                     const SystemClock& clock) {
  if (config.engine == EngineKind::postgres) return open_server("keys.keyring_url", config.keyring_url, clock);
  auto key = keys::Keyring::page_key(provider, config.environment);
  if (!key) throw sql::EngineError(sql::EngineError::Kind::wrong_key, key.error().detail);
  return open_sqlite_file(config.keyring_file, std::move(*key), config, clock);
}

std::unique_ptr<sql::Database> open_data_database(const Config& config, const keys::Keyring& keyring,
                                                  const SystemClock& clock) {
  if (config.engine == EngineKind::postgres) return open_server("store.url", config.database_url, clock);
  return open_sqlite_file(config.store_file, keyring.instance().store_page_key().clone(), config, clock);
}

Result<void> Instance::initialise(const Config& config) {
  if (config.engine == EngineKind::embedded && (fs::exists(config.store_file) || fs::exists(config.keyring_file)))
    return fail(ErrorCode::state_conflict, "There is a store already; init never touches one.");
  for (const fs::path& folder : {config.dir, config.store_file.parent_path(), config.keyring_file.parent_path(),
                                 config.key_file.parent_path()})
    ENSURE(make_folder(folder));
  if (!fs::exists(config.key_file)) ENSURE(keys::KeyFileProvider::create(config.key_file));
  Instance made(config);
  TRY(provider, keys::KeyFileProvider::load(config.key_file));
  made.provider_ = std::move(provider);
  try {
    made.keyring_database_ = open_keyring_database(config, *made.provider_, made.clock_);
    ENSURE(migrate_database(*made.keyring_database_, "keyring", {}));
    storage::KeyringRows rows(*made.keyring_database_);
    ENSURE(keys::Keyring::initialise(rows, *made.provider_, config.environment, made.clock_));
    TRY(keyring, keys::Keyring::open(rows, *made.provider_, config.environment, made.clock_));
    const audit::CheckpointSigner signer(config.origin, keyring->instance().checkpoint_key());
    ENSURE(write_journal_key(config, signer.instance_key()));
    const auto database = open_data_database(config, *keyring, made.clock_);
    ENSURE(migrate_database(*database, "", {}));
    database->write(TenantId(), [&](sql::Connection& connection) {
      storage::instance::insert(connection, {random_array<16>(), config.environment, std::string(to_text(config.mode)),
                                             made.clock_.now()});
      return sql::Outcome::commit;
    });
  } catch (const sql::EngineError& broken) {
    return fail(explain_engine(broken, "The new store"));
  }
  return {};
}

Result<std::unique_ptr<Instance>> Instance::open(const Config& config, const Progress& progress) {
  auto instance = std::unique_ptr<Instance>(new Instance(config));
  try {
    ENSURE(instance->open_keys());
    ENSURE(instance->open_store(progress));
    ENSURE(instance->open_journal());
    ENSURE(app::load(*instance->app_));
  } catch (const sql::EngineError& broken) {
    return fail(explain_engine(broken, "The store"));
  }
  return instance;
}

Result<void> Instance::open_keys() {
  TRY(provider, keys::KeyFileProvider::load(config_.key_file));
  provider_ = std::move(provider);
  ENSURE(provider_->self_test());
  try {
    keyring_database_ = open_keyring_database(config_, *provider_, clock_);
  } catch (const sql::EngineError& broken) {
    return fail(explain_engine(broken, "The keyring"));
  }
  ENSURE(migrate_database(*keyring_database_, "keyring", {}));
  keyring_rows_ = std::make_unique<storage::KeyringRows>(*keyring_database_);
  TRY(keyring, keys::Keyring::open(*keyring_rows_, *provider_, config_.environment, clock_));
  keyring_ = std::move(keyring);
  return {};
}

Result<void> Instance::open_store(const Progress& progress) {
  if (config_.engine == EngineKind::embedded && !fs::exists(config_.store_file))
    return fail(ErrorCode::not_found, "There is no store at store.file; `sealbook init` makes one.");
  database_ = open_data_database(config_, *keyring_, clock_);
  TRY(applied, migrate_database(*database_, "", progress));
  migrations_applied_ = applied;
  return check_stamp();
}

Result<void> Instance::check_stamp() {
  std::optional<storage::InstanceStamp> stamp;
  database_->read([&](sql::Connection& connection) { stamp = storage::instance::find(connection); });
  if (!stamp) return fail(ErrorCode::invalid, "The store was never initialised.");
  if (stamp->environment != config_.environment)
    return fail(ErrorCode::invalid, "The store belongs to the environment \"" + stamp->environment + "\", the configuration to \"" +
                                        config_.environment + "\".");
  if (stamp->mode != to_text(config_.mode))
    return fail(ErrorCode::invalid, "The store was made in mode " + stamp->mode + " and is never opened in another.");
  return {};
}

Result<void> Instance::open_journal() {
  signer_ = std::make_unique<audit::CheckpointSigner>(config_.origin, keyring_->instance().checkpoint_key());
  audit::SequencerOptions options;
  if (config_.engine == EngineKind::embedded) {
    tiles_ = std::make_unique<audit::FileTileStore>(config_.audit_folder, signer_->instance_key());
  } else {
    tiles_ = std::make_unique<storage::LogRows>(*database_);
    options.source = audit::SequencerOptions::Source::poll;
  }
  journal_rows_ = std::make_unique<storage::JournalRows>(*database_);
  sequencer_ = std::make_unique<audit::Sequencer>(*tiles_, *journal_rows_, *signer_, clock_, options);
  ENSURE(sequencer_->start());
  // The public key for verifiers, as the configuration names the journal now.
  if (const auto beside = read_journal_key(config_); !beside || *beside != signer_->instance_key())
    ENSURE(write_journal_key(config_, signer_->instance_key()));
  store_ = std::make_unique<storage::Store>(*database_, sequencer_.get());
  app_ = std::unique_ptr<app::App>(new app::App{*store_, *keyring_, *tiles_, clock_, config_.environment, config_.origin});
  app_->sequencer = sequencer_.get();
  session_rows_ = std::make_unique<storage::SessionRows>(*database_);
  app_->session_store = session_rows_.get();
  app_->is_production = config_.mode == Mode::production;
  return open_mail();
}

Result<void> Instance::open_mail() {
  TRY(mailer, make_mailer(config_, clock_));
  mailer_ = std::move(mailer);
  app_->mailer = mailer_.get();
  app_->public_url = config_.public_url;
  app_->mail_domain = config_.mail.sending_domain();
  app_->mail_from = config_.mail.from_address;
  return {};
}

Instance::~Instance() {
  if (sequencer_) sequencer_->stop();
}

}  // namespace sealbook::cli
