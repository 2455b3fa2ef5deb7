// Openings: searching, checking a time of one's own, and alternatives for a time that is gone.
#pragma once

#include "app/booking/offer.hpp"
#include "app/call_context.hpp"
#include "domain/scheduling/appointment.hpp"

namespace sealbook::app {

struct SearchOpenings {
  ServiceId service;
  Instant from, to;
  std::optional<LocationId> location;
  std::vector<ResourceId> practitioners;
  std::size_t limit = 20;
  std::optional<scheduling::OpeningCursor> after;
  bool with_offers = true;  // without, nothing is signed: for a calendar that only shows what is free
};

struct FoundOpening {
  std::string offer;  // empty when none was asked for
  Interval when;
  std::string_view zone;  // lives as long as the process: zones are never freed
  LocationId location;
  std::optional<ResourceId> practitioner;
  scheduling::Flags flags;
};

struct FoundOpenings {
  std::vector<FoundOpening> openings;
  std::optional<scheduling::OpeningCursor> next;
  Instant as_of;
};

// Fails with not_found for an unknown service, with invalid for a window that ends before it starts.
Result<FoundOpenings> search_openings(CallContext& ctx, const SearchOpenings& search);

struct CheckTime {
  ServiceId service;
  std::vector<ResourceId> resources;
  Instant starts;
  std::optional<scheduling::OverrideReason> override_reason;
  std::optional<AppointmentId> moving{};  // the visit that is to move there: not in its own way
};
// Offers a time that a person chose, with what it overrides; fails with the reason when it may not be.
Result<FoundOpening> check_time(CallContext& ctx, const CheckTime& check);

// Openings near a time that could not be had; at most `count`.
std::vector<FoundOpening> alternatives_to(const CallContext& ctx, const Offer& offer, std::size_t count);

scheduling::Audience audience_of(const Principal& principal);

}  // namespace sealbook::app
