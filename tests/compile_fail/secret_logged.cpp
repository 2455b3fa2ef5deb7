// expect: no matching (function|constructor)
#include "base/log.hpp"
#include "base/secret.hpp"

void wrong(const sealbook::Secret& key) { sealbook::log::info("key loaded", {{"key", key}}); }
