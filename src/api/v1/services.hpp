// Services: what can be booked.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/directory_enums.hpp"

namespace sealbook::api {

struct ServiceNeed {
  ResourceKind kind = ResourceKind::practitioner;
  std::vector<ResourceId> pool;
  bool buffers = true;
  scheduling::Listing listing = scheduling::Listing::named;
  static constexpr Field fields[] = {
      field<&ServiceNeed::kind>("kind", DataClass::operational, "What is needed."),
      field<&ServiceNeed::pool>("pool", DataClass::operational, "One of these; empty: any at the location.", {.presence = Presence::optional, .max = 5000}),
      field<&ServiceNeed::buffers>("buffers", DataClass::operational, "Whether the buffers occupy it as well.", {.presence = Presence::optional}),
      field<&ServiceNeed::listing>("listing", DataClass::operational, "named: each practitioner has openings of its own; pooled: one is chosen at booking.", {.presence = Presence::optional}),
  };
};

struct ServiceView {
  ServiceId id;
  std::int64_t version = 1;
  std::string name;
  std::optional<std::string> description;
  std::int64_t duration_minutes = 0, buffer_before_minutes = 0, buffer_after_minutes = 0;
  std::int64_t notice_minutes = 0, horizon_days = 90, grid_minutes = 15;
  ServiceAudience audience = ServiceAudience::patients;
  std::vector<ServiceNeed> needs;
  std::vector<LocationId> location_ids;
  bool active = true;
  static constexpr Field fields[] = {
      field<&ServiceView::id>("id", DataClass::operational, "Its public name."),
      field<&ServiceView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&ServiceView::name>("name", DataClass::operational, "What people call it."),
      field<&ServiceView::description>("description", DataClass::operational, "What to expect."),
      field<&ServiceView::duration_minutes>("duration_minutes", DataClass::operational, "How long a visit takes."),
      field<&ServiceView::buffer_before_minutes>("buffer_before_minutes", DataClass::operational, "Kept free before a visit."),
      field<&ServiceView::buffer_after_minutes>("buffer_after_minutes", DataClass::operational, "Kept free after a visit."),
      field<&ServiceView::notice_minutes>("notice_minutes", DataClass::operational, "How long before its start a patient books at the latest."),
      field<&ServiceView::horizon_days>("horizon_days", DataClass::operational, "How many days ahead a patient books at the earliest."),
      field<&ServiceView::grid_minutes>("grid_minutes", DataClass::operational, "Starts lie on multiples of this on the wall clock."),
      field<&ServiceView::audience>("audience", DataClass::operational, "Who may see and book it."),
      field<&ServiceView::needs>("needs", DataClass::operational, "What a visit occupies."),
      field<&ServiceView::location_ids>("location_ids", DataClass::operational, "Where it is given; empty: everywhere."),
      field<&ServiceView::active>("active", DataClass::operational, "False: kept for the past, not bookable."),
  };
};

struct CreateServiceRequest {
  std::string name;
  std::optional<std::string> description;
  std::int64_t duration_minutes = 0, buffer_before_minutes = 0, buffer_after_minutes = 0;
  std::int64_t notice_minutes = 0;
  std::int32_t horizon_days = 90;
  std::int64_t grid_minutes = 15;
  ServiceAudience audience = ServiceAudience::patients;
  std::vector<ServiceNeed> needs;
  std::vector<LocationId> location_ids;
  static constexpr Field fields[] = {
      field<&CreateServiceRequest::name>("name", DataClass::operational, "What people call it.", {.max = 120}),
      field<&CreateServiceRequest::description>("description", DataClass::operational, "What to expect.", {.max = 2000, .text = TextRule::multiline}),
      field<&CreateServiceRequest::duration_minutes>("duration_minutes", DataClass::operational, "How long a visit takes.", {.min = 1, .max = 10080}),
      field<&CreateServiceRequest::buffer_before_minutes>("buffer_before_minutes", DataClass::operational, "Kept free before a visit.", {.presence = Presence::optional, .min = 0, .max = 1440}),
      field<&CreateServiceRequest::buffer_after_minutes>("buffer_after_minutes", DataClass::operational, "Kept free after a visit.", {.presence = Presence::optional, .min = 0, .max = 1440}),
      field<&CreateServiceRequest::notice_minutes>("notice_minutes", DataClass::operational, "How long before its start a patient books at the latest.", {.presence = Presence::optional, .min = 0, .max = 527040}),
      field<&CreateServiceRequest::horizon_days>("horizon_days", DataClass::operational, "How many days ahead a patient books at the earliest.", {.presence = Presence::optional, .min = 0, .max = 1096}),
      field<&CreateServiceRequest::grid_minutes>("grid_minutes", DataClass::operational, "Starts lie on multiples of this on the wall clock.", {.presence = Presence::optional, .min = 1, .max = 1440}),
      field<&CreateServiceRequest::audience>("audience", DataClass::operational, "Who may see and book it.", {.presence = Presence::optional}),
      field<&CreateServiceRequest::needs>("needs", DataClass::operational, "What a visit occupies, in the order of choosing.", {.min = 1, .max = 8}),
      field<&CreateServiceRequest::location_ids>("location_ids", DataClass::operational, "Where it is given; empty: everywhere.", {.presence = Presence::optional}),
  };
};
struct CreateService {
  using Request = CreateServiceRequest;
  using Response = ServiceView;
  static constexpr EndpointSpec spec = checked({
      .id = "createService", .method = Method::post, .path = "/v1/services", .summary = "Adds a service.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::service_created, .rate = RateClass::directory,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional, .location = "/v1/services/{id}"});
};

struct ListServicesResponse {
  std::vector<ServiceView> services;
  static constexpr Field fields[] = {
      field<&ListServicesResponse::services>("services", DataClass::operational, "In the order in which they were added."),
  };
};
struct ListServices {
  using Request = NoRequest;
  using Response = ListServicesResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listServices", .method = Method::get, .path = "/v1/services", .summary = "Lists the services; to patients, those they may book.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};
struct ServiceIdRequest {
  ServiceId id;
  static constexpr Field fields[] = {
      field<&ServiceIdRequest::id>("id", DataClass::operational, "The service.", {.where = Where::path}),
  };
};
struct GetService {
  using Request = ServiceIdRequest;
  using Response = ServiceView;
  static constexpr EndpointSpec spec = checked({
      .id = "getService", .method = Method::get, .path = "/v1/services/{id}", .summary = "Shows one service.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};

struct ChangeServiceRequest {
  ServiceId id;
  std::optional<std::string> name, description;
  std::optional<std::int64_t> duration_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, grid_minutes;
  std::optional<std::int32_t> horizon_days;
  std::optional<ServiceAudience> audience;
  std::optional<std::vector<ServiceNeed>> needs;
  std::optional<std::vector<LocationId>> location_ids;
  std::optional<bool> active;
  static constexpr Field fields[] = {
      field<&ChangeServiceRequest::id>("id", DataClass::operational, "The service.", {.where = Where::path}),
      field<&ChangeServiceRequest::name>("name", DataClass::operational, "What people call it.", {.max = 120}),
      field<&ChangeServiceRequest::description>("description", DataClass::operational, "What to expect; empty removes it.", {.min = 0, .max = 2000, .text = TextRule::multiline}),
      field<&ChangeServiceRequest::duration_minutes>("duration_minutes", DataClass::operational, "How long a visit takes.", {.min = 1, .max = 10080}),
      field<&ChangeServiceRequest::buffer_before_minutes>("buffer_before_minutes", DataClass::operational, "Kept free before a visit.", {.min = 0, .max = 1440}),
      field<&ChangeServiceRequest::buffer_after_minutes>("buffer_after_minutes", DataClass::operational, "Kept free after a visit.", {.min = 0, .max = 1440}),
      field<&ChangeServiceRequest::notice_minutes>("notice_minutes", DataClass::operational, "How long before its start a patient books at the latest.", {.min = 0, .max = 527040}),
      field<&ChangeServiceRequest::horizon_days>("horizon_days", DataClass::operational, "How many days ahead a patient books at the earliest.", {.min = 0, .max = 1096}),
      field<&ChangeServiceRequest::grid_minutes>("grid_minutes", DataClass::operational, "Starts lie on multiples of this on the wall clock.", {.min = 1, .max = 1440}),
      field<&ChangeServiceRequest::audience>("audience", DataClass::operational, "Who may see and book it."),
      field<&ChangeServiceRequest::needs>("needs", DataClass::operational, "What a visit occupies, in the order of choosing.", {.min = 1, .max = 8}),
      field<&ChangeServiceRequest::location_ids>("location_ids", DataClass::operational, "Where it is given; empty: everywhere."),
      field<&ChangeServiceRequest::active>("active", DataClass::operational, "False: kept for the past, not bookable."),
  };
};
struct ChangeService {
  using Request = ChangeServiceRequest;
  using Response = ServiceView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeService", .method = Method::patch, .path = "/v1/services/{id}", .summary = "Changes a service, or closes it.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::service_changed, .rate = RateClass::directory,
      .if_match = IfMatch::required});
};

std::span<const Endpoint> service_endpoints();

}  // namespace sealbook::api
