// The two attributes that every stored or transmitted field declares once, beside the field
// (DECISIONS 9): how it lies at rest, and what it is on the way out.
#pragma once

#include <cstdint>
#include <string_view>

namespace sealbook {

enum class AtRest : std::uint8_t { plain, sealed };
enum class DataClass : std::uint8_t { public_, operational, pii, phi, secret };

constexpr std::string_view to_text(DataClass data_class) {
  switch (data_class) {
    case DataClass::public_: return "public";
    case DataClass::operational: return "operational";
    case DataClass::pii: return "pii";
    case DataClass::phi: return "phi";
    case DataClass::secret: return "secret";
  }
  return "secret";
}

}  // namespace sealbook
