// expect: CodecFor<sealbook::Secret>
#include "api/endpoint/codec.hpp"
#include "base/secret.hpp"

using namespace sealbook;
using namespace sealbook::api;

struct TokenView {
  Secret token;
  static constexpr Field fields[] = {field<&TokenView::token>("token", DataClass::secret, "The token.")};
};
