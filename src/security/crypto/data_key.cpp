#include "security/crypto/data_key.hpp"

#include "base/assert.hpp"
#include "base/random.hpp"

namespace sealbook::crypto {

KeyId KeyId::make() { return from_raw(random_array<8>()); }

DataKey::DataKey(KeyId id, std::uint32_t generation, const Secret& key)
    : id_(id), generation_(generation), derivation_(key) {
  ASSERT(key.size() == data_key_size);
}

}  // namespace sealbook::crypto
