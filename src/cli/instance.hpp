// Instance is the composition root: from a configuration to a working App, and back down in order.
//
// open() checks, unlocks, migrates, recovers the journal and loads; the destructor ends everything
// in reverse. Nothing else in the program names concrete engines, providers or stores together.
#pragma once

#include <functional>
#include <memory>

#include "app/app.hpp"
#include "cli/config.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/sequencer.hpp"
#include "security/keys/key_file_provider.hpp"
#include "storage/tables/journal.hpp"
#include "storage/tables/keyring.hpp"
#include "storage/tables/sessions.hpp"

namespace sealbook::cli {

using Progress = std::function<void(std::string_view what, std::size_t done, std::size_t of)>;

class Instance {
 public:
  // Makes folders, root key, keyring and an empty store. Fails with state_conflict when there is
  // anything already, and changes nothing then.
  static Result<void> initialise(const Config& config);
  // Fails with invalid (configuration, wrong key, foreign store), unavailable (disk, database).
  static Result<std::unique_ptr<Instance>> open(const Config& config, const Progress& progress = {});
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  app::App& app() { return *app_; }
  const Config& config() const { return config_; }
  SystemClock& clock() { return clock_; }
  audit::NoteKey journal_key() const { return signer_->instance_key(); }
  audit::Sequencer& sequencer() { return *sequencer_; }
  sql::Database& keyring_database() { return *keyring_database_; }
  std::size_t migrations_applied() const { return migrations_applied_; }

 private:
  explicit Instance(const Config& config) : config_(config) {}
  Result<void> open_keys();
  Result<void> open_store(const Progress& progress);
  Result<void> check_stamp();
  Result<void> open_journal();
  Result<void> open_mail();

  Config config_;
  SystemClock clock_;
  std::unique_ptr<keys::KeyFileProvider> provider_;
  std::unique_ptr<sql::Database> keyring_database_;
  std::unique_ptr<storage::KeyringRows> keyring_rows_;
  std::unique_ptr<keys::Keyring> keyring_;
  std::unique_ptr<sql::Database> database_;
  std::unique_ptr<storage::JournalRows> journal_rows_;
  std::unique_ptr<audit::TileStore> tiles_;
  std::unique_ptr<audit::CheckpointSigner> signer_;
  std::unique_ptr<audit::Sequencer> sequencer_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<storage::SessionRows> session_rows_;
  std::unique_ptr<Mailer> mailer_;
  std::unique_ptr<app::App> app_;
  std::size_t migrations_applied_ = 0;
};

// The engines of a configuration, for tools as well. They throw EngineError.
std::unique_ptr<sql::Database> open_data_database(const Config& config, const keys::Keyring& keyring,
                                                  const SystemClock& clock);
std::unique_ptr<sql::Database> open_keyring_database(const Config& config, KeyProvider& provider,
                                                     const SystemClock& clock);
// What an engine's refusal means for the person at the command line.
Error explain_engine(const sql::EngineError& broken, std::string_view what);

}  // namespace sealbook::cli
