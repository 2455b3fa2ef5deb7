// How long an outgoing call may take.
#pragma once

#include <chrono>

namespace sealbook::net {

struct OutgoingTimeouts {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds whole{60'000};  // of one call, connecting included
  std::chrono::milliseconds idle{90'000};   // a connection that slept longer is not used again
};

}  // namespace sealbook::net
