// Fuzzes the body of an offer behind its signature: whatever is read as an offer is written again as
// the same bytes, and nothing else is an offer.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "app/booking/offer.hpp"

using namespace sealbook;

static const bool planted = std::getenv("SEALBOOK_FUZZ_PLANTED") != nullptr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView body(data, size);
  const auto offer = app::decode_offer(body);
  if (!offer) return 0;
  const Bytes again = app::encode_offer(*offer);
  if (!std::equal(again.begin(), again.end(), body.begin(), body.end())) std::abort();
  if (planted && offer->named.size() == 2 && offer->flags.has(scheduling::Flag::overlap)) __builtin_trap();
  return 0;
}
