// The control: what the files beside it do wrong with keys, done right.
#include "base/log.hpp"
#include "security/crypto/sbe1.hpp"
#include "security/keys/blind_index.hpp"

namespace sealbook {
keys::BlindIndex right(const crypto::DataKey& key, const keys::BlindIndexKeys& index,
                       const keys::NormalisedEmail& email) {
  log::info("key.used", {{"generation", key.generation()}});
  return index.of<"patients.email">(email);
}
}  // namespace sealbook
