// Keyring unwraps, caches and makes keys: of the instance, of tenants, of persons.
//
// Person keys are made durable in batches before any is handed out, and each is handed out at most
// once, by the process that made it and from its memory: creating a patient writes to the data
// store alone, and no key that an earlier process may have handed out is ever handed out again.
// What a crash leaves over are keys that no row names; collect_orphans() removes them.
// Resolve keys before a transaction starts: a miss reads the keyring store.
// Threads: any. The store, the provider and the clock outlive the keyring.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.hpp"
#include "ports/key_provider.hpp"
#include "security/keys/keyring_store.hpp"
#include "security/keys/person_key_cache.hpp"
#include "security/keys/tenant_keys.hpp"

namespace sealbook::keys {

struct KeyringOptions {
  std::size_t pool_size = 256;       // person keys made at once
  std::size_t pool_low = 64;         // refill() is wanted below this
  std::size_t cached_persons = 16384;
};

class Keyring {
 public:
  // A person key waits in the pool at most this long; one older than twice this that no row names
  // is an orphan.
  static constexpr Micros max_pool_age = std::chrono::hours(24);

  // Makes the instance record and the instance's keys. Fails with state_conflict when there are.
  static Result<void> initialise(KeyringStore& store, KeyProvider& provider,
                                 std::string_view environment, const Clock& clock);
  // Opens an initialised keyring. Fails with `not_found` when it has no instance record, and with
  // `invalid`, naming the difference, when it was made for another environment or root key.
  static Result<std::unique_ptr<Keyring>> open(KeyringStore& store, KeyProvider& provider,
                                               std::string_view environment, const Clock& clock,
                                               KeyringOptions options = {});
  // The page key of the keyring's own file, before it can be opened.
  static Result<Secret> page_key(KeyProvider& provider, std::string_view environment);

  const std::string& environment() const { return environment_; }
  const InstanceKeys& instance() const { return *instance_; }

  // Fails with state_conflict when the tenant has keys already.
  Result<void> create_tenant(TenantId tenant);
  // Fails with not_found for a tenant without keys, integrity when a record was changed.
  Result<std::shared_ptr<const TenantKeys>> tenant(TenantId tenant);
  // Adds a generation of a tenant's domain key and makes it the current one.
  Result<void> rotate(TenantId tenant, KeyPurpose purpose);

  // The key of one person. Fails with not_found when it was destroyed.
  Result<std::shared_ptr<const DataKey>> person_key(TenantId tenant, KeyId id);
  // A key that no person had before. Refills the pool when it is empty.
  Result<std::shared_ptr<const DataKey>> take_person_key(TenantId tenant);
  bool wants_refill(TenantId tenant);
  Result<void> refill(TenantId tenant);

  // Removes the person keys that no row names: `referenced` is every key id that the data store's
  // rows of this tenant name, read at `as_of` or later. Keys young enough to be in a pool or in a
  // transaction on its way are kept. Returns how many went.
  Result<std::size_t> collect_orphans(TenantId tenant, Instant as_of,
                                      const std::unordered_set<KeyId>& referenced);

 private:
  struct PooledKey {
    std::shared_ptr<const DataKey> key;
    Instant created;
  };
  struct Pool {
    std::mutex mutex;
    std::deque<PooledKey> keys;  // the oldest first
  };

  Keyring(KeyringStore& store, KeyProvider& provider, std::string_view environment,
          const Clock& clock, KeyringOptions options);
  Result<std::shared_ptr<const TenantKeys>> load_tenant(TenantId tenant);
  Pool& pool_of(TenantId tenant);
  Result<std::vector<PooledKey>> make_person_keys(TenantId tenant);

  KeyringStore& store_;
  KeyProvider& provider_;
  std::string environment_;
  const Clock& clock_;
  KeyringOptions options_;
  std::shared_ptr<const InstanceKeys> instance_;
  PersonKeyCache persons_;

  std::shared_mutex tenants_mutex_;
  std::unordered_map<TenantId, std::shared_ptr<const TenantKeys>> tenants_;
  std::mutex pools_mutex_;
  std::unordered_map<TenantId, std::unique_ptr<Pool>> pools_;
};

}  // namespace sealbook::keys
