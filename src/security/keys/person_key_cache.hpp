// A bounded cache of unwrapped person keys; the least recently used goes first.
//
// Threads: any. Split into shards with a lock each, so that readers of different persons rarely
// meet. The bound holds per shard.
#pragma once

#include <array>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/id.hpp"
#include "security/crypto/data_key.hpp"

namespace sealbook::keys {

class PersonKeyCache {
 public:
  explicit PersonKeyCache(std::size_t capacity);

  std::shared_ptr<const crypto::DataKey> find(TenantId tenant, crypto::KeyId id);
  void put(TenantId tenant, std::shared_ptr<const crypto::DataKey> key);
  void drop(TenantId tenant, crypto::KeyId id);
  std::size_t size();

 private:
  struct Name {
    TenantId tenant;
    crypto::KeyId id;
    bool operator==(const Name&) const = default;
  };
  struct NameHash {
    std::size_t operator()(const Name& name) const noexcept {
      return std::hash<TenantId>()(name.tenant) ^ std::hash<crypto::KeyId>()(name.id);
    }
  };
  struct Entry {
    Name name;
    std::shared_ptr<const crypto::DataKey> key;
  };
  struct Shard {
    std::mutex mutex;
    std::list<Entry> by_use;  // the most recent first
    std::unordered_map<Name, std::list<Entry>::iterator, NameHash> by_name;
  };
  static constexpr std::size_t shard_count = 16;
  Shard& shard_of(const Name& name) { return shards_[NameHash()(name) >> 8 & (shard_count - 1)]; }

  std::size_t per_shard_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace sealbook::keys
