// expect: this column may not have a blind index
#include "security/keys/blind_index.hpp"

using namespace sealbook::keys;

BlindIndex wrong(const BlindIndexKeys& keys, const NormalisedIdentifier& value) {
  return keys.of<"patients.sex">(value);
}
