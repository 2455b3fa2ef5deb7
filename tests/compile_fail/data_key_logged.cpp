// expect: no matching constructor for initialization of .*LogField
#include "base/log.hpp"
#include "security/crypto/data_key.hpp"

void wrong(const sealbook::crypto::DataKey& key) {
  sealbook::log::info("key.used", {sealbook::log::LogField("key", key)});
}
