// The closed list of everything that can go wrong in a way a caller should think of.
//
// One row per code: the stable slug (last path segment of a problem's `type`, RFC 9457), the HTTP
// status, the title shown to people, and whether the same request may succeed when sent again.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sealbook {

enum class ErrorCode : std::uint8_t {
  malformed_json,
  unauthenticated,
  step_up_required,
  forbidden,
  not_found,
  method_not_allowed,
  slot_taken,
  offer_stale,
  state_conflict,
  precondition_failed,
  stale_version,  // internal: the row moved on between prepare and record; the pipeline prepares again
  unsupported_media_type,
  invalid,
  outside_hours,
  idempotency_key_reused,
  rate_limited,
  unavailable,
  integrity,
  internal,
  cross_site,
};

struct ErrorRow {
  ErrorCode code;
  std::string_view slug;
  int http_status;
  std::string_view title;
  bool retryable;
};

inline constexpr std::array error_rows{
    ErrorRow{ErrorCode::malformed_json, "malformed-json", 400, "The body is not strict JSON.", false},
    ErrorRow{ErrorCode::unauthenticated, "unauthenticated", 401, "Sign in first.", false},
    ErrorRow{ErrorCode::step_up_required, "step-up-required", 401, "Confirm that it is you.", false},
    ErrorRow{ErrorCode::forbidden, "forbidden", 403, "Your role does not allow this.", false},
    ErrorRow{ErrorCode::not_found, "not-found", 404, "There is no such thing here.", false},
    ErrorRow{ErrorCode::method_not_allowed, "method-not-allowed", 405, "That method is not offered here.", false},
    ErrorRow{ErrorCode::slot_taken, "slot-taken", 409, "That time has just been taken.", false},
    ErrorRow{ErrorCode::offer_stale, "offer-stale", 409, "That offer no longer stands.", false},
    ErrorRow{ErrorCode::state_conflict, "state-conflict", 409, "It has changed in the meantime.", false},
    ErrorRow{ErrorCode::precondition_failed, "precondition-failed", 412, "Somebody changed it before you.", false},
    ErrorRow{ErrorCode::stale_version, "version-moved", 409, "Somebody keeps changing it; try again.", true},
    ErrorRow{ErrorCode::unsupported_media_type, "unsupported-media-type", 415, "That content type is not read here.", false},
    ErrorRow{ErrorCode::invalid, "invalid", 422, "Something in the request breaks a rule.", false},
    ErrorRow{ErrorCode::outside_hours, "outside-hours", 422, "That time is outside the bookable hours.", false},
    ErrorRow{ErrorCode::idempotency_key_reused, "idempotency-key-reused", 422, "That Idempotency-Key was used for another request.", false},
    ErrorRow{ErrorCode::rate_limited, "rate-limited", 429, "Too many requests; wait a moment.", true},
    ErrorRow{ErrorCode::unavailable, "unavailable", 503, "Not available just now; try again.", true},
    ErrorRow{ErrorCode::integrity, "integrity-error", 500, "A stored value failed its integrity check.", false},
    ErrorRow{ErrorCode::internal, "internal", 500, "Something broke on our side.", true},
    ErrorRow{ErrorCode::cross_site, "cross-site", 403, "That request did not come from our own pages.", false},
};

constexpr const ErrorRow& row_of(ErrorCode code) { return error_rows[static_cast<std::size_t>(code)]; }

static_assert([] {
  for (std::size_t i = 0; i < error_rows.size(); ++i)
    if (static_cast<std::size_t>(error_rows[i].code) != i) return false;
  return error_rows.size() == static_cast<std::size_t>(ErrorCode::cross_site) + 1;
}(), "error_rows lists every ErrorCode once, in order");

}  // namespace sealbook
