// KeyringStore is what the keyring needs remembered: one instance record and wrapped keys. It is a
// store of its own, apart from the data store and its backups (DECISIONS 12); storage implements
// it over SQL, memory_keyring_store.hpp for tests.
//
// Every write is durable when the call returns and happens whole or not at all. A broken store
// throws, as all of storage does. Threads: all calls from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "security/crypto/data_key.hpp"

namespace sealbook::keys {

using crypto::KeyId;

// What a wrapped key is for. Stored as its number: never renumber.
enum class KeyPurpose : std::uint8_t {
  // of the instance, wrapped by the root key; tenant is nil
  instance_audit = 1,
  checkpoint_signing = 2,
  store_pages = 3,
  // of a tenant; the tenant key is wrapped by the root key and wraps all that follow
  tenant_key = 16,
  audit = 17,
  operational = 18,
  offer = 19,
  cursor = 20,
  blind_index = 21,
  pseudonym = 22,
  person = 32,
};

struct InstanceRecord {
  std::string environment;  // bound into every wrapped key and every sealed value
  std::string provider_id;  // KeyProvider::id() of the root key
  Instant created;
};

struct KeyRecord {
  TenantId tenant;          // nil: the instance
  KeyId id;                 // unique within the tenant
  KeyPurpose purpose = KeyPurpose::person;
  std::uint32_t generation = 1;
  Bytes wrapped;            // SBW1
  Instant created;
};

class KeyringStore {
 public:
  virtual ~KeyringStore() = default;

  virtual std::optional<InstanceRecord> load_instance() = 0;
  // Fails with state_conflict when there is an instance record already.
  virtual Result<void> create_instance(const InstanceRecord& instance,
                                       std::span<const KeyRecord> keys) = 0;
  // Fails with state_conflict, and inserts nothing, when (tenant, id) exists, or when
  // (tenant, purpose, generation) exists for a purpose other than `person`.
  virtual Result<void> insert(std::span<const KeyRecord> keys) = 0;
  virtual std::optional<KeyRecord> find(TenantId tenant, KeyId id) = 0;
  // All keys of a tenant but the persons'; of the instance when tenant is nil. In any order.
  virtual std::vector<KeyRecord> list_domain_keys(TenantId tenant) = 0;
  // Ids of the person keys created before that instant, in order of id, after `after` (nil: from
  // the start), at most `limit`.
  virtual std::vector<KeyId> list_person_keys(TenantId tenant, Instant created_before, KeyId after,
                                              std::size_t limit) = 0;
  // Returns how many of them there were. What is removed leaves no readable copy in the store.
  virtual std::size_t remove(TenantId tenant, std::span<const KeyId> ids) = 0;
};

}  // namespace sealbook::keys
