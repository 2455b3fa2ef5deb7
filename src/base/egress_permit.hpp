// EgressPermit is the evidence that something may leave the program: to which vendor, of what class,
// for which tenant. Nothing in net/ or adapters/ sends without one (DECISIONS 21).
//
// Only app::EgressGate mints permits, from the regime, the vendor's agreement, the person's consent,
// the environment and the vendor's region; a second way does not compile. A permit is for one sending
// at one moment: it is passed on, never kept.
#pragma once

#include <string>
#include <utility>

#include "base/data_class.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"

namespace sealbook {

namespace app {
class EgressGate;
}

class EgressPermit {
 public:
  const TenantId& tenant() const { return tenant_; }
  const std::string& vendor() const { return vendor_; }  // "smtp", …
  DataClass highest() const { return highest_; }         // the highest class that may be in it
  Instant minted() const { return minted_; }

 private:
  friend class app::EgressGate;
  EgressPermit(TenantId tenant, std::string vendor, DataClass highest, Instant minted)
      : tenant_(tenant), vendor_(std::move(vendor)), highest_(highest), minted_(minted) {}

  TenantId tenant_;
  std::string vendor_;
  DataClass highest_;
  Instant minted_;
};

}  // namespace sealbook
