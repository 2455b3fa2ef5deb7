// SHA-256 and SHA-512 (FIPS 180-4), through OpenSSL.
//
// Threads: the functions are free of shared state (each thread keeps one digest context).
#pragma once

#include <array>
#include <initializer_list>

#include "base/bytes.hpp"

namespace sealbook::crypto {

using Hash512 = std::array<std::uint8_t, 64>;

Hash256 sha256(ByteView data);
Hash256 sha256(std::initializer_list<ByteView> parts);  // of the parts laid end to end
Hash512 sha512(ByteView data);

}  // namespace sealbook::crypto
