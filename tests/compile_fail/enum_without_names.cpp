// expect: this type has no codec
#include "api/endpoint/codec.hpp"

namespace sealbook::api {
enum class Colour { red };
struct Wrong {
  Colour colour;
  static constexpr auto fields = std::to_array<Field>({field<&Wrong::colour>("colour", DataClass::public_, "Which.")});
};
}
