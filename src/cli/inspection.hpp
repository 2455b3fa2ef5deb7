// Inspection opens what an instance consists of without changing any of it: beside a running server,
// after a kill, or when half of it is gone. What cannot be opened is remembered with its reason.
//
// Order: root key, keyring, store; each needs the one before (PostgreSQL's store does not need the
// keyring). Lifetime: everything it hands out dies with it. Threads: one.
#pragma once

#include <memory>

#include "base/clock.hpp"
#include "cli/config.hpp"
#include "security/audit/note.hpp"
#include "security/keys/key_file_provider.hpp"
#include "security/keys/keyring.hpp"
#include "sql/database.hpp"
#include "storage/tables/keyring.hpp"

namespace sealbook::cli {

class Inspection {
 public:
  explicit Inspection(const Config& config);

  const Config& config() const { return config_; }
  // With the offset of the demo's clock file, as the server has it.
  const Clock& clock() const { return clock_; }

  // Null, or the reason why there is none.
  keys::KeyFileProvider* provider() { return provider_.get(); }
  sql::Database* keyring_database() { return keyring_database_.get(); }
  keys::Keyring* keyring() { return keyring_.get(); }
  sql::Database* database() { return database_.get(); }
  const std::optional<Error>& key_error() const { return key_error_; }
  const std::optional<Error>& keyring_error() const { return keyring_error_; }
  const std::optional<Error>& store_error() const { return store_error_; }

  // The public key of the journal, from the keyring.
  std::optional<audit::NoteKey> journal_key() const;

 private:
  void open_keyring();
  void open_store();

  Config config_;
  SystemClock clock_;
  std::unique_ptr<keys::KeyFileProvider> provider_;
  std::unique_ptr<sql::Database> keyring_database_;
  std::unique_ptr<storage::KeyringRows> keyring_rows_;
  std::unique_ptr<keys::Keyring> keyring_;
  std::unique_ptr<sql::Database> database_;
  std::optional<Error> key_error_, keyring_error_, store_error_;
};

// The seconds in the demo's clock file, 0 where there is none.
Micros clock_file_offset(const Config& config);

// The public key that lies beside the instance: DIR/journal.pub, one line (c2sp.org/signed-note).
std::filesystem::path journal_key_file(const Config& config);
// Nothing when there is no such file. Fails with integrity when it holds no key.
Result<std::optional<audit::NoteKey>> read_journal_key(const Config& config);
Result<void> write_journal_key(const Config& config, const audit::NoteKey& key);

}  // namespace sealbook::cli
