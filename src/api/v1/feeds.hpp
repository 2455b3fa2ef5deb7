// Calendar feeds: what a practitioner's devices subscribe to, and who may make and end them.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "domain/calendar/feed_ics.hpp"

namespace sealbook::calendar {
inline constexpr auto wording_words = std::to_array<api::EnumName>({
    {"busy", FeedWording::busy}, {"neutral", FeedWording::neutral}});
constexpr std::span<const api::EnumName> enum_names(FeedWording) { return wording_words; }
}  // namespace sealbook::calendar

namespace sealbook::api {

// The languages in which a feed's one word is written.
enum class FeedLanguage : std::uint8_t { en = 0, es = 1 };
inline constexpr auto feed_language_words = std::to_array<EnumName>({
    {"en", FeedLanguage::en}, {"es", FeedLanguage::es}});
constexpr std::span<const EnumName> enum_names(FeedLanguage) { return feed_language_words; }

struct FeedView {
  FeedId id;
  std::int64_t version = 1;
  ResourceId practitioner_id;
  std::string device;
  calendar::FeedWording wording = calendar::FeedWording::busy;
  FeedLanguage language = FeedLanguage::en;
  Instant created_at, rotated_at;
  std::optional<Instant> revoked_at, fetched_at;
  std::int64_t fetches = 0;
  static constexpr Field fields[] = {
      field<&FeedView::id>("id", DataClass::operational, "Its public name; opens nothing."),
      field<&FeedView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&FeedView::practitioner_id>("practitioner_id", DataClass::operational, "Whose calendar."),
      field<&FeedView::device>("device", DataClass::operational, "What people call the device that subscribes."),
      field<&FeedView::wording>("wording", DataClass::operational, "busy: \"Busy\"; neutral: \"Appointment\"."),
      field<&FeedView::language>("language", DataClass::operational, "The language of that word."),
      field<&FeedView::created_at>("created_at", DataClass::operational, "When it was made."),
      field<&FeedView::rotated_at>("rotated_at", DataClass::operational, "When its present secret was made."),
      field<&FeedView::revoked_at>("revoked_at", DataClass::operational, "When it was ended; absent: it was not."),
      field<&FeedView::fetched_at>("fetched_at", DataClass::operational, "When it was fetched last."),
      field<&FeedView::fetches>("fetches", DataClass::operational, "How often it was fetched."),
  };
};

// The address is the credential: whoever has it sees when the practitioner is busy.
struct IssuedFeedView {
  FeedId id;
  std::int64_t version = 1;
  std::string url;
  static constexpr Field fields[] = {
      field<&IssuedFeedView::id>("id", DataClass::operational, "Its public name; opens nothing."),
      field<&IssuedFeedView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&IssuedFeedView::url>("url", DataClass::secret, "The address to subscribe to; shown this once."),
  };
};

struct CreateFeedRequest {
  ResourceId practitioner_id;
  std::string device;
  std::optional<calendar::FeedWording> wording;
  std::optional<FeedLanguage> language;
  static constexpr Field fields[] = {
      field<&CreateFeedRequest::practitioner_id>("practitioner_id", DataClass::operational, "Whose calendar; a provider, its own."),
      field<&CreateFeedRequest::device>("device", DataClass::operational, "What people call the device that subscribes.", {.max = 60}),
      field<&CreateFeedRequest::wording>("wording", DataClass::operational, "busy (when absent) or neutral."),
      field<&CreateFeedRequest::language>("language", DataClass::operational, "en (when absent) or es."),
  };
};
struct CreateFeed {
  using Request = CreateFeedRequest;
  using Response = IssuedFeedView;
  static constexpr EndpointSpec spec = checked({
      .id = "createFeed", .method = Method::post, .path = "/v1/feeds", .summary = "Makes a calendar feed for one device of a practitioner.",
      .access = needs(Permission::feed_manage), .audit = AuditAction::feed_created, .rate = RateClass::admin,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional});
};

struct ListFeedsResponse {
  std::vector<FeedView> feeds;
  static constexpr Field fields[] = {
      field<&ListFeedsResponse::feeds>("feeds", DataClass::operational, "In order of creation, ended ones too.", {.max = 5000}),
  };
};
struct ListFeeds {
  using Request = NoRequest;
  using Response = ListFeedsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listFeeds", .method = Method::get, .path = "/v1/feeds", .summary = "Lists calendar feeds; to a provider, those of the own calendar.",
      .access = needs(Permission::feed_manage), .rate = RateClass::admin});
};

struct FeedRequest {
  FeedId id;
  static constexpr Field fields[] = {
      field<&FeedRequest::id>("id", DataClass::operational, "The feed.", {.where = Where::path}),
  };
};
struct RotateFeed {
  using Request = FeedRequest;
  using Response = IssuedFeedView;
  static constexpr EndpointSpec spec = checked({
      .id = "rotateFeed", .method = Method::post, .path = "/v1/feeds/{id}/rotate", .summary = "Gives a feed a new address; the old one opens nothing from then on.",
      .access = needs(Permission::feed_manage), .audit = AuditAction::feed_rotated, .rate = RateClass::admin,
      .errors = {ErrorCode::not_found}, .if_match = IfMatch::optional});
};
struct RevokeFeed {
  using Request = FeedRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "revokeFeed", .method = Method::delete_, .path = "/v1/feeds/{id}", .summary = "Ends a feed; its address opens nothing from then on.",
      .access = needs(Permission::feed_manage), .audit = AuditAction::feed_revoked, .rate = RateClass::admin,
      .success = 204, .errors = {ErrorCode::not_found}, .if_match = IfMatch::optional});
};

struct FetchFeedRequest {
  std::string address;
  static constexpr Field fields[] = {
      field<&FetchFeedRequest::address>("address", DataClass::operational, "The secret part of the feed's address, as it was shown once.", {.where = Where::path, .max = 100, .text = TextRule::token}),
  };
};
struct FetchFeed {
  using Request = FetchFeedRequest;
  using Response = RawBody;
  static constexpr EndpointSpec spec = checked({
      .id = "fetchFeed", .method = Method::get, .path = "/v1/calendar/{address}/appointment.ics", .summary = "Gives a feed's calendar: busy times only. At most 20 times a day.",
      .access = open_to_public("calendar programs cannot sign in: the address is the credential"), .audit = AuditAction::feed_fetched,
      .rate = RateClass::public_page, .errors = {ErrorCode::not_found}, .produces = "text/calendar; charset=utf-8", .slow = true});
};

std::span<const Endpoint> feed_endpoints();

}  // namespace sealbook::api
