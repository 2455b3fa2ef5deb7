// expect: a Secret is never printed
#include <iostream>

#include "base/secret.hpp"

void wrong(const sealbook::Secret& key) { std::cerr << key; }
