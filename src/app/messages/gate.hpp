// EgressGate mints the permits without which nothing leaves the program (base/egress_permit.hpp).
#pragma once

#include "base/egress_permit.hpp"

namespace sealbook::app {

class EgressGate {
 public:
  // For a test mail that an operator asks for on the command line: no tenant's, about nobody, with
  // fixed words only, to an address that the operator types.
  static EgressPermit for_operators_test(Instant now) {
    return EgressPermit(TenantId(), "smtp", DataClass::operational, now);
  }
};

}  // namespace sealbook::app
