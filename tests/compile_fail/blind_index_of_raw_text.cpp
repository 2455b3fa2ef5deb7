// expect: no matching member function for call to 'of'
#include "security/keys/blind_index.hpp"

using namespace sealbook::keys;

BlindIndex wrong(const BlindIndexKeys& keys) { return keys.of<"patients.email">("someone@example.test"); }
