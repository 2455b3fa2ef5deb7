// Permits for the tests of this folder. The program has one app::EgressGate, in src/app; these
// tests do not link it.
#pragma once

#include "base/egress_permit.hpp"

namespace sealbook::app {

class EgressGate {
 public:
  static EgressPermit mint(std::string vendor, DataClass highest, Instant now) {
    return EgressPermit(TenantId(), std::move(vendor), highest, now);
  }
};

}  // namespace sealbook::app
