// expect: a secret stands in a body, never in a URL
#include "api/endpoint/codec.hpp"

namespace sealbook::api {
struct Wrong {
  std::string token;
  static constexpr auto fields = std::to_array<Field>(
      {field<&Wrong::token>("token", DataClass::secret, "A token.", {.where = Where::query})});
};
}
