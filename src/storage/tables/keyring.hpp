// KeyringStore over SQL, in a database of its own (DECISIONS 12).
#pragma once

#include "security/keys/keyring_store.hpp"
#include "sql/database.hpp"

namespace sealbook::storage {

// Threads: any. The database outlives it.
class KeyringRows final : public keys::KeyringStore {
 public:
  explicit KeyringRows(sql::Database& database) : database_(database) {}

  std::optional<keys::InstanceRecord> load_instance() override;
  Result<void> create_instance(const keys::InstanceRecord& instance, std::span<const keys::KeyRecord> keys) override;
  Result<void> insert(std::span<const keys::KeyRecord> keys) override;
  std::optional<keys::KeyRecord> find(TenantId tenant, keys::KeyId id) override;
  std::vector<keys::KeyRecord> list_domain_keys(TenantId tenant) override;
  std::vector<keys::KeyId> list_person_keys(TenantId tenant, Instant created_before, keys::KeyId after,
                                            std::size_t limit) override;
  std::size_t remove(TenantId tenant, std::span<const keys::KeyId> ids) override;

 private:
  sql::Database& database_;
};

}  // namespace sealbook::storage
