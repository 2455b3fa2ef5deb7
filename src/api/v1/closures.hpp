// Closures: times in which nothing may be booked.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

struct ClosureView {
  ClosureId id;
  std::optional<LocationId> location_id;
  std::optional<ResourceId> resource_id;
  Instant starts_at, ends_at;
  std::optional<std::string> reason;
  static constexpr Field fields[] = {
      field<&ClosureView::id>("id", DataClass::operational, "Its public name."),
      field<&ClosureView::location_id>("location_id", DataClass::operational, "Where; absent: everywhere."),
      field<&ClosureView::resource_id>("resource_id", DataClass::operational, "Whose calendar; absent: everybody's there."),
      field<&ClosureView::starts_at>("starts_at", DataClass::operational, "From when."),
      field<&ClosureView::ends_at>("ends_at", DataClass::operational, "Until when."),
      field<&ClosureView::reason>("reason", DataClass::operational, "Why; patients are not told."),
  };
};

struct CreateClosureRequest {
  std::optional<LocationId> location_id;
  std::optional<ResourceId> resource_id;
  Instant starts_at, ends_at;
  std::optional<std::string> reason;
  static constexpr Field fields[] = {
      field<&CreateClosureRequest::location_id>("location_id", DataClass::operational, "Where; absent: everywhere."),
      field<&CreateClosureRequest::resource_id>("resource_id", DataClass::operational, "Whose calendar; absent: everybody's there."),
      field<&CreateClosureRequest::starts_at>("starts_at", DataClass::operational, "From when."),
      field<&CreateClosureRequest::ends_at>("ends_at", DataClass::operational, "Until when."),
      field<&CreateClosureRequest::reason>("reason", DataClass::operational, "Why; patients are not told."),
  };
};
struct CreateClosure {
  using Request = CreateClosureRequest;
  using Response = ClosureView;
  static constexpr EndpointSpec spec = checked({
      .id = "createClosure", .method = Method::post, .path = "/v1/closures", .summary = "Closes a calendar, a place or everything for a time; a provider, its own calendar.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::closure_created, .rate = RateClass::directory,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional});
};

struct ListClosuresRequest {
  std::optional<Instant> from, to;
  static constexpr Field fields[] = {
      field<&ListClosuresRequest::from>("from", DataClass::operational, "Those that end after this.", {.where = Where::query}),
      field<&ListClosuresRequest::to>("to", DataClass::operational, "Those that start before this.", {.where = Where::query}),
  };
};
struct ListClosuresResponse {
  std::vector<ClosureView> closures;
  static constexpr Field fields[] = {
      field<&ListClosuresResponse::closures>("closures", DataClass::operational, "By start."),
  };
};
struct ListClosures {
  using Request = ListClosuresRequest;
  using Response = ListClosuresResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listClosures", .method = Method::get, .path = "/v1/closures", .summary = "Lists closures.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};

struct RemoveClosureRequest {
  ClosureId id;
  static constexpr Field fields[] = {
      field<&RemoveClosureRequest::id>("id", DataClass::operational, "The closure.", {.where = Where::path}),
  };
};
struct RemoveClosure {
  using Request = RemoveClosureRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "removeClosure", .method = Method::delete_, .path = "/v1/closures/{id}", .summary = "Ends a closure.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::closure_removed, .rate = RateClass::directory,
      .success = 204});
};

std::span<const Endpoint> closure_endpoints();

}  // namespace sealbook::api
