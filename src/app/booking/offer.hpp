// An offer is a permission to try one time: opaque to the caller, versioned, authenticated, short
// (DECISIONS 5). It binds the tenant (by the key), the service's version, the interval's start, the
// place, the resources that were shown by name, and what a person has overridden. The claims decide.
//
// Text: base64url( version 1 ‖ body ‖ first 16 bytes of HMAC-SHA256(tenant's offer key, version ‖ body) ).
// docs/formats/offer.md has the layout. Threads: any.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/scheduling/availability.hpp"
#include "security/keys/tenant_keys.hpp"

namespace sealbook::app {

inline constexpr Micros offer_life = std::chrono::minutes(15);

struct Offer {
  ServiceId service;
  std::uint32_t service_version = 1;
  LocationId location;
  Instant starts;                        // whole minutes
  std::int32_t duration_minutes = 0;     // of the version that was offered
  Instant expires;                       // whole seconds
  scheduling::Audience audience = scheduling::Audience::patient;
  scheduling::Flags flags;               // what staff saw when they chose the time
  std::uint8_t override_reason = 0;      // scheduling::OverrideReason + 1; 0: nothing was overridden
  AccountId account;                     // who may use an overriding offer; nil: anybody of the audience
  std::vector<ResourceId> named;         // resources that it binds; the rest is chosen at commit
  bool operator==(const Offer&) const = default;
};

std::string seal_offer(const keys::TenantKeys& keys, const Offer& offer);
// Fails with `invalid` at "/offer" when it is not an offer of this tenant, and with offer_stale when
// it has expired.
Result<Offer> open_offer(const keys::TenantKeys& keys, std::string_view text, Instant now);

// The body alone, for tests and fuzzing behind the signature.
Bytes encode_offer(const Offer& offer);
Result<Offer> decode_offer(ByteView body);

}  // namespace sealbook::app
