// expect: a DataKey is never printed
#include <iostream>

#include "security/crypto/data_key.hpp"

void wrong(const sealbook::crypto::DataKey& key) { std::cerr << key; }
