// expect: a signing key is never printed
#include <iostream>

#include "security/crypto/signature.hpp"

void wrong(const sealbook::crypto::Ed25519SigningKey& key) { std::cerr << key; }
