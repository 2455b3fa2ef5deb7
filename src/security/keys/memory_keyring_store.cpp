#include "security/keys/memory_keyring_store.hpp"

#include <algorithm>

namespace sealbook::keys {

std::optional<InstanceRecord> MemoryKeyringStore::load_instance() {
  const std::lock_guard lock(mutex_);
  return instance_;
}

Result<void> MemoryKeyringStore::create_instance(const InstanceRecord& instance,
                                                 std::span<const KeyRecord> keys) {
  const std::lock_guard lock(mutex_);
  if (instance_) return fail(ErrorCode::state_conflict, "The keyring has an instance record already.");
  ENSURE(insert_locked(keys));
  instance_ = instance;
  return {};
}

Result<void> MemoryKeyringStore::insert(std::span<const KeyRecord> keys) {
  const std::lock_guard lock(mutex_);
  return insert_locked(keys);
}

Result<void> MemoryKeyringStore::insert_locked(std::span<const KeyRecord> keys) {
  const auto doubled = [&](const KeyRecord& key) {
    return key.purpose != KeyPurpose::person && std::ranges::any_of(records_, [&](const auto& entry) {
      const KeyRecord& other = entry.second;
      return other.tenant == key.tenant && other.purpose == key.purpose &&
             other.generation == key.generation;
    });
  };
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!doubled(keys[i]) && records_.emplace(std::pair(keys[i].tenant, keys[i].id), keys[i]).second)
      continue;
    for (const KeyRecord& inserted : keys.first(i)) records_.erase({inserted.tenant, inserted.id});
    return fail(ErrorCode::state_conflict, "The keyring has that key already.");
  }
  ++writes_;
  return {};
}

std::optional<KeyRecord> MemoryKeyringStore::find(TenantId tenant, KeyId id) {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find({tenant, id});
  return found == records_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<KeyRecord> MemoryKeyringStore::list_domain_keys(TenantId tenant) {
  const std::lock_guard lock(mutex_);
  std::vector<KeyRecord> found;
  for (const auto& [name, record] : records_)
    if (record.tenant == tenant && record.purpose != KeyPurpose::person) found.push_back(record);
  return found;
}

std::vector<KeyId> MemoryKeyringStore::list_person_keys(TenantId tenant, Instant created_before,
                                                        KeyId after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<KeyId> found;
  for (auto at = records_.upper_bound({tenant, after});
       at != records_.end() && at->first.first == tenant && found.size() < limit; ++at)
    if (at->second.purpose == KeyPurpose::person && at->second.created < created_before)
      found.push_back(at->first.second);
  return found;
}

std::size_t MemoryKeyringStore::remove(TenantId tenant, std::span<const KeyId> ids) {
  const std::lock_guard lock(mutex_);
  std::size_t removed = 0;
  for (const KeyId id : ids) removed += records_.erase({tenant, id});
  ++writes_;
  return removed;
}

}  // namespace sealbook::keys
