// expect: no viable conversion from .*Secret.* to .*ByteView
#include "base/secret.hpp"

sealbook::ByteView wrong(const sealbook::Secret& key) { return key; }
