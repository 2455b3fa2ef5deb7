// expect: call to deleted constructor of .*Secret
#include "base/secret.hpp"

sealbook::Secret wrong(const sealbook::Secret& key) { return key; }
