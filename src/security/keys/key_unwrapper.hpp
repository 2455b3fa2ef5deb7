// KeyUnwrapper turns records of the keyring store into keys and back, binding each to its
// environment, tenant, purpose, id and generation (docs/formats/keyring.md). Used by Keyring alone.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ports/key_provider.hpp"
#include "security/crypto/key_wrap.hpp"
#include "security/keys/keyring_store.hpp"
#include "security/keys/tenant_keys.hpp"

namespace sealbook::keys {

class KeyUnwrapper {
 public:
  KeyUnwrapper(KeyProvider& provider, std::string_view environment)
      : provider_(provider), environment_(environment) {}

  // New random keys, wrapped.
  Result<KeyRecord> make_instance_key(KeyPurpose purpose, Instant now);
  Result<std::vector<KeyRecord>> make_tenant(TenantId tenant, Instant now);
  KeyRecord make_domain_key(const TenantKeys& keys, KeyPurpose purpose, std::uint32_t generation,
                            Instant now);
  std::pair<KeyRecord, std::shared_ptr<const DataKey>> make_person_key(const TenantKeys& keys,
                                                                       Instant now);

  // Fail with `integrity` when a record is missing, doubled, changed or of another keyring.
  Result<std::shared_ptr<const InstanceKeys>> instance(std::span<const KeyRecord> records);
  Result<std::shared_ptr<const TenantKeys>> tenant(TenantId tenant, std::vector<KeyRecord> records);
  Result<std::shared_ptr<const DataKey>> person(const TenantKeys& keys, const KeyRecord& record);

 private:
  Result<Bytes> wrap_by_root(const KeyRecord& record, const Secret& key);
  Result<Secret> unwrap_by_root(const KeyRecord& record);
  crypto::WrapContext context_of(const KeyRecord& record) const;
  Result<void> add_domain_key(TenantKeys& keys, const KeyRecord& record);

  KeyProvider& provider_;
  std::string_view environment_;
};

}  // namespace sealbook::keys
