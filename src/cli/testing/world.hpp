// World is a small clinic on a throw-away store of either engine, for tests, proofs and benchmarks of
// the use cases without the network: open around the clock, so that times can be made freely.
#pragma once

#include <memory>
#include <vector>

#include "app/booking/appointments.hpp"
#include "app/perform.hpp"
#include "security/audit/checkpoint.hpp"
#include "security/audit/sequencer.hpp"
#include "security/keys/key_file_provider.hpp"
#include "sql/testing/test_database.hpp"
#include "storage/tables/journal.hpp"
#include "storage/tables/keyring.hpp"

namespace sealbook::cli::testing {

struct WorldOptions {
  sql::Engine engine = sql::Engine::sqlite;
  std::size_t practitioners = 4;
  std::size_t rooms = 0;      // with rooms, the second service needs a practitioner and a room
  std::size_t patients = 8;
  std::int64_t cache_kib = 8'192;  // embedded: of each connection
};

class World {
 public:
  // Throws std::runtime_error with the reason when the world cannot be made.
  explicit World(const WorldOptions& options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  app::App& app() { return *app_; }
  SystemClock& clock() { return clock_; }
  app::Tenant& tenant() { return *tenant_; }
  audit::Sequencer& sequencer() { return *sequencer_; }
  sql::testing::TestDatabase& store() { return data_; }
  audit::NoteKey journal_key() const { return signer_->instance_key(); }
  std::filesystem::path audit_folder() const { return data_.folder() / "audit"; }

  const std::vector<ResourceId>& practitioners() const { return practitioners_; }
  const std::vector<ResourceId>& rooms() const { return rooms_; }
  const std::vector<PatientId>& patients() const { return patients_; }
  ServiceId visit() const { return visit_; }      // 30 minutes, a practitioner
  ServiceId with_room() const { return with_room_; }  // 30 minutes, a practitioner and a room

  // A front desk's call, with the decision for that permission.
  app::CallContext call(Permission permission = Permission::appointment_create);
  // An offer of a service at a time, naming resources; `minutes` only for information in it.
  std::string offer(const ServiceId& service, Instant starts, std::vector<ResourceId> named);
  // The start of the n-th grid step after tomorrow's midnight.
  Instant slot(std::size_t n) const;
  // Books and waits.
  Result<app::AppointmentRow> book(const ServiceId& service, Instant starts, std::vector<ResourceId> named,
                                   const PatientId& patient);
  // What the store has of overlapping live claims: 0, or the database failed.
  std::int64_t overlapping_claims();

 private:
  void set_up(const WorldOptions& options);

  SystemClock clock_;
  sql::testing::TestDatabase data_;
  sql::testing::TestDatabase keyring_data_;
  std::unique_ptr<keys::KeyFileProvider> provider_;
  std::unique_ptr<storage::KeyringRows> keyring_rows_;
  std::unique_ptr<keys::Keyring> keyring_;
  std::unique_ptr<storage::JournalRows> journal_rows_;
  std::unique_ptr<audit::TileStore> tiles_;
  std::unique_ptr<audit::CheckpointSigner> signer_;
  std::unique_ptr<audit::Sequencer> sequencer_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<app::App> app_;
  std::shared_ptr<app::Tenant> tenant_;
  Principal desk_;
  std::vector<ResourceId> practitioners_, rooms_;
  std::vector<PatientId> patients_;
  ServiceId visit_, with_room_;
};

}  // namespace sealbook::cli::testing
