// expect: a key is never printed
#include <iostream>

#include "security/crypto/mac.hpp"

void wrong(const sealbook::crypto::HmacSha256Key& key) { std::cerr << key; }
