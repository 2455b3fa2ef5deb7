// The key behind personal links, their codes and proofs of work, derived from the tenant key
// (docs/formats/link.md). 32 bytes. Threads: any.
#pragma once

#include "security/crypto/hkdf.hpp"

namespace sealbook::keys {

Secret link_key(const crypto::HmacSha512Key& tenant_key);

}  // namespace sealbook::keys
