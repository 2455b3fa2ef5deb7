#include "security/keys/person_key_cache.hpp"

#include <algorithm>

namespace sealbook::keys {

PersonKeyCache::PersonKeyCache(std::size_t capacity)
    : per_shard_(std::max<std::size_t>(1, capacity / shard_count)) {}

std::shared_ptr<const crypto::DataKey> PersonKeyCache::find(TenantId tenant, crypto::KeyId id) {
  const Name name{tenant, id};
  Shard& shard = shard_of(name);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.by_name.find(name);
  if (found == shard.by_name.end()) return nullptr;
  shard.by_use.splice(shard.by_use.begin(), shard.by_use, found->second);
  return found->second->key;
}

void PersonKeyCache::put(TenantId tenant, std::shared_ptr<const crypto::DataKey> key) {
  const Name name{tenant, key->id()};
  Shard& shard = shard_of(name);
  const std::lock_guard lock(shard.mutex);
  if (shard.by_name.contains(name)) return;
  shard.by_use.push_front({name, std::move(key)});
  shard.by_name.emplace(name, shard.by_use.begin());
  if (shard.by_use.size() > per_shard_) {
    shard.by_name.erase(shard.by_use.back().name);
    shard.by_use.pop_back();
  }
}

void PersonKeyCache::drop(TenantId tenant, crypto::KeyId id) {
  const Name name{tenant, id};
  Shard& shard = shard_of(name);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.by_name.find(name);
  if (found == shard.by_name.end()) return;
  shard.by_use.erase(found->second);
  shard.by_name.erase(found);
}

std::size_t PersonKeyCache::size() {
  std::size_t total = 0;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    total += shard.by_use.size();
  }
  return total;
}

}  // namespace sealbook::keys
