#include "security/keys/link_key.hpp"

namespace sealbook::keys {

Secret link_key(const crypto::HmacSha512Key& tenant_key) {
  return crypto::hkdf_expand_sha512(tenant_key, as_bytes("sealbook link key 1"), 32);
}

}  // namespace sealbook::keys
