// Random bytes from the operating system through OpenSSL's generator, drawn 4 KiB at a time per
// thread because a call per id or salt would cost more than sealing a field.
//
// Buffered bytes are wiped as they are handed out. After fork() the child's buffer is dropped.
#pragma once

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace sealbook {

void fill_random(std::span<std::uint8_t> out);

template <std::size_t N>
std::array<std::uint8_t, N> random_array() {
  std::array<std::uint8_t, N> out;
  fill_random(out);
  return out;
}

template <class IdType>
IdType new_id() {
  return IdType::from_raw(random_array<16>());
}

}  // namespace sealbook
