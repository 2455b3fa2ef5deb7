// A KeyringStore in memory: for tests. It keeps every rule that keyring_store.hpp states.
#pragma once

#include <map>
#include <mutex>
#include <utility>

#include "security/keys/keyring_store.hpp"

namespace sealbook::keys {

class MemoryKeyringStore final : public KeyringStore {
 public:
  std::optional<InstanceRecord> load_instance() override;
  Result<void> create_instance(const InstanceRecord& instance,
                               std::span<const KeyRecord> keys) override;
  Result<void> insert(std::span<const KeyRecord> keys) override;
  std::optional<KeyRecord> find(TenantId tenant, KeyId id) override;
  std::vector<KeyRecord> list_domain_keys(TenantId tenant) override;
  std::vector<KeyId> list_person_keys(TenantId tenant, Instant created_before, KeyId after,
                                      std::size_t limit) override;
  std::size_t remove(TenantId tenant, std::span<const KeyId> ids) override;

  // For tests: the number of durable writes so far, and every record, to be tampered with.
  std::size_t writes() const { return writes_; }
  std::map<std::pair<TenantId, KeyId>, KeyRecord>& records() { return records_; }

 private:
  Result<void> insert_locked(std::span<const KeyRecord> keys);

  std::mutex mutex_;
  std::optional<InstanceRecord> instance_;
  std::map<std::pair<TenantId, KeyId>, KeyRecord> records_;
  std::size_t writes_ = 0;
};

}  // namespace sealbook::keys
