#include "base/secret.hpp"

#include <openssl/crypto.h>

namespace sealbook {

void wipe(void* memory, std::size_t size) noexcept { OPENSSL_cleanse(memory, size); }

}  // namespace sealbook
