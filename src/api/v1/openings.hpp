// Openings and holds: what can be booked, and keeping it for some minutes.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/booking_enums.hpp"

namespace sealbook::api {

struct OpeningView {
  std::string offer;
  Instant starts_at, ends_at;
  std::string time_zone;
  LocationId location_id;
  std::optional<ResourceId> practitioner_id;
  static constexpr Field fields[] = {
      field<&OpeningView::offer>("offer", DataClass::operational, "A permission to try this time; opaque, at most 15 minutes old."),
      field<&OpeningView::starts_at>("starts_at", DataClass::operational, "When the visit starts."),
      field<&OpeningView::ends_at>("ends_at", DataClass::operational, "When it ends."),
      field<&OpeningView::time_zone>("time_zone", DataClass::operational, "The clock of the place."),
      field<&OpeningView::location_id>("location_id", DataClass::operational, "Where."),
      field<&OpeningView::practitioner_id>("practitioner_id", DataClass::operational, "Bound by the offer; absent: one of a pool is chosen at booking."),
  };
};

struct SearchOpeningsRequest {
  ServiceId service_id;
  Instant from, to;
  std::optional<LocationId> location_id;
  std::vector<ResourceId> practitioner_ids;
  std::int64_t limit = 20;
  std::optional<std::string> cursor;
  static constexpr Field fields[] = {
      field<&SearchOpeningsRequest::service_id>("service_id", DataClass::operational, "What is wanted."),
      field<&SearchOpeningsRequest::from>("from", DataClass::operational, "A visit starts at or after this."),
      field<&SearchOpeningsRequest::to>("to", DataClass::operational, "And before this."),
      field<&SearchOpeningsRequest::location_id>("location_id", DataClass::operational, "Only there."),
      field<&SearchOpeningsRequest::practitioner_ids>("practitioner_ids", DataClass::operational, "Only with these.", {.presence = Presence::optional}),
      field<&SearchOpeningsRequest::limit>("limit", DataClass::operational, "At most so many.", {.presence = Presence::optional, .min = 1, .max = 200}),
      field<&SearchOpeningsRequest::cursor>("cursor", DataClass::operational, "The `next` of the page before.", {.max = 400, .text = TextRule::token}),
  };
};
struct SearchOpeningsResponse {
  std::vector<OpeningView> openings;
  std::optional<std::string> next;
  Instant as_of;
  static constexpr Field fields[] = {
      field<&SearchOpeningsResponse::openings>("openings", DataClass::operational, "By start."),
      field<&SearchOpeningsResponse::next>("next", DataClass::operational, "There may be more: pass it as `cursor`."),
      field<&SearchOpeningsResponse::as_of>("as_of", DataClass::operational, "How fresh the list is."),
  };
};
struct SearchOpenings {
  using Request = SearchOpeningsRequest;
  using Response = SearchOpeningsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "searchOpenings", .method = Method::post, .path = "/v1/openings/search",
      .summary = "Finds openings of a service.", .access = needs(Permission::openings_search),
      .rate = RateClass::search, .errors = {ErrorCode::not_found}, .effect = Effect::reads});
};

struct CheckTimeRequest {
  ServiceId service_id;
  std::vector<ResourceId> resources;
  Instant starts_at;
  std::optional<scheduling::OverrideReason> override_reason;
  std::optional<AppointmentId> appointment_id;
  static constexpr Field fields[] = {
      field<&CheckTimeRequest::service_id>("service_id", DataClass::operational, "What is wanted."),
      field<&CheckTimeRequest::resources>("resources", DataClass::operational, "Who and what takes part; the rest is chosen.", {.min = 1, .max = 8}),
      field<&CheckTimeRequest::starts_at>("starts_at", DataClass::operational, "The time that was chosen, to the minute."),
      field<&CheckTimeRequest::override_reason>("override_reason", DataClass::operational, "Why hours, closures or another visit are overridden."),
      field<&CheckTimeRequest::appointment_id>("appointment_id", DataClass::operational, "The visit that is to move there: it is not in its own way."),
  };
};
struct CheckedTime {
  std::string offer;
  Instant starts_at, ends_at;
  std::string time_zone;
  LocationId location_id;
  std::optional<ResourceId> practitioner_id;
  std::vector<std::string> flags;
  static constexpr Field fields[] = {
      field<&CheckedTime::offer>("offer", DataClass::operational, "A permission to try this time."),
      field<&CheckedTime::starts_at>("starts_at", DataClass::operational, "When the visit starts."),
      field<&CheckedTime::ends_at>("ends_at", DataClass::operational, "When it ends."),
      field<&CheckedTime::time_zone>("time_zone", DataClass::operational, "The clock of the place."),
      field<&CheckedTime::location_id>("location_id", DataClass::operational, "Where."),
      field<&CheckedTime::practitioner_id>("practitioner_id", DataClass::operational, "With whom."),
      field<&CheckedTime::flags>("flags", DataClass::operational, "What this time overrides or ignores: outside_hours, closure, overlap, notice, horizon, off_grid."),
  };
};
struct CheckTime {
  using Request = CheckTimeRequest;
  using Response = CheckedTime;
  static constexpr EndpointSpec spec = checked({
      .id = "checkOpening", .method = Method::post, .path = "/v1/openings/check",
      .summary = "Judges a time of one's own choosing and offers it.", .access = needs(Permission::openings_check),
      .rate = RateClass::search, .errors = {ErrorCode::outside_hours, ErrorCode::not_found}, .effect = Effect::reads});
};

struct PlaceHoldRequest {
  std::string offer;
  std::int64_t minutes = 5;
  static constexpr Field fields[] = {
      field<&PlaceHoldRequest::offer>("offer", DataClass::operational, "The time to keep.", {.max = 600, .text = TextRule::token}),
      field<&PlaceHoldRequest::minutes>("minutes", DataClass::operational, "For how long.", {.presence = Presence::optional, .min = 1, .max = 15}),
  };
};
struct HoldView {
  HoldId id;
  Instant expires_at, starts_at, ends_at;
  LocationId location_id;
  std::optional<ResourceId> practitioner_id;
  static constexpr Field fields[] = {
      field<&HoldView::id>("id", DataClass::operational, "Names the hold in a booking (`hold_id`)."),
      field<&HoldView::expires_at>("expires_at", DataClass::operational, "Until when the time is kept."),
      field<&HoldView::starts_at>("starts_at", DataClass::operational, "When the visit would start."),
      field<&HoldView::ends_at>("ends_at", DataClass::operational, "When it would end."),
      field<&HoldView::location_id>("location_id", DataClass::operational, "Where."),
      field<&HoldView::practitioner_id>("practitioner_id", DataClass::operational, "With whom."),
  };
};
struct PlaceHold {
  using Request = PlaceHoldRequest;
  using Response = HoldView;
  static constexpr EndpointSpec spec = checked({
      .id = "placeHold", .method = Method::post, .path = "/v1/holds", .summary = "Keeps an offered time for some minutes.",
      .access = needs(Permission::appointment_create), .audit = AuditAction::hold_placed, .rate = RateClass::booking,
      .success = 201, .errors = {ErrorCode::slot_taken, ErrorCode::offer_stale},
      .idempotency = Idempotency::optional});
};

struct ReleaseHoldRequest {
  HoldId id;
  static constexpr Field fields[] = {
      field<&ReleaseHoldRequest::id>("id", DataClass::operational, "The hold.", {.where = Where::path}),
  };
};
struct ReleaseHold {
  using Request = ReleaseHoldRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "releaseHold", .method = Method::delete_, .path = "/v1/holds/{id}", .summary = "Lets a held time go.",
      .access = needs(Permission::appointment_create), .audit = AuditAction::hold_released, .rate = RateClass::booking,
      .success = 204});
};

std::span<const Endpoint> opening_endpoints();

}  // namespace sealbook::api
