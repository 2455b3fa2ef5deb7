// expect: this column's blind index is made by another normaliser
#include "security/keys/blind_index.hpp"

using namespace sealbook::keys;

BlindIndex wrong(const BlindIndexKeys& keys, const NormalisedPhone& value) {
  return keys.of<"patients.email">(value);
}
