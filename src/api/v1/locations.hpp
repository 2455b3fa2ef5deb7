// Locations and departments: where the organisation works.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

struct LocationView {
  LocationId id;
  std::int64_t version = 1;
  std::string name, time_zone;
  bool active = true;
  static constexpr Field fields[] = {
      field<&LocationView::id>("id", DataClass::operational, "Its public name."),
      field<&LocationView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&LocationView::name>("name", DataClass::operational, "What people call it."),
      field<&LocationView::time_zone>("time_zone", DataClass::operational, "The clock on its wall (IANA)."),
      field<&LocationView::active>("active", DataClass::operational, "False: kept for the past, not bookable."),
  };
};

struct CreateLocationRequest {
  std::string name, time_zone;
  static constexpr Field fields[] = {
      field<&CreateLocationRequest::name>("name", DataClass::operational, "What people call it.", {.max = 120}),
      field<&CreateLocationRequest::time_zone>("time_zone", DataClass::operational, "The clock on its wall (IANA).", {.max = 64, .text = TextRule::time_zone}),
  };
};
struct CreateLocation {
  using Request = CreateLocationRequest;
  using Response = LocationView;
  static constexpr EndpointSpec spec = checked({
      .id = "createLocation", .method = Method::post, .path = "/v1/locations", .summary = "Adds a location.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::location_created, .rate = RateClass::directory,
      .success = 201, .idempotency = Idempotency::optional, .location = "/v1/locations/{id}"});
};

struct ListLocationsResponse {
  std::vector<LocationView> locations;
  static constexpr Field fields[] = {
      field<&ListLocationsResponse::locations>("locations", DataClass::operational, "By name."),
  };
};
struct ListLocations {
  using Request = NoRequest;
  using Response = ListLocationsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listLocations", .method = Method::get, .path = "/v1/locations", .summary = "Lists the locations.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};

struct LocationIdRequest {
  LocationId id;
  static constexpr Field fields[] = {
      field<&LocationIdRequest::id>("id", DataClass::operational, "The location.", {.where = Where::path}),
  };
};
struct GetLocation {
  using Request = LocationIdRequest;
  using Response = LocationView;
  static constexpr EndpointSpec spec = checked({
      .id = "getLocation", .method = Method::get, .path = "/v1/locations/{id}", .summary = "Shows one location.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};

struct ChangeLocationRequest {
  LocationId id;
  std::optional<std::string> name, time_zone;
  std::optional<bool> active;
  static constexpr Field fields[] = {
      field<&ChangeLocationRequest::id>("id", DataClass::operational, "The location.", {.where = Where::path}),
      field<&ChangeLocationRequest::name>("name", DataClass::operational, "What people call it.", {.max = 120}),
      field<&ChangeLocationRequest::time_zone>("time_zone", DataClass::operational, "The clock on its wall; visits keep their instants.", {.max = 64, .text = TextRule::time_zone}),
      field<&ChangeLocationRequest::active>("active", DataClass::operational, "False: kept for the past, not bookable."),
  };
};
struct ChangeLocation {
  using Request = ChangeLocationRequest;
  using Response = LocationView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeLocation", .method = Method::patch, .path = "/v1/locations/{id}", .summary = "Changes a location, or closes it.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::location_changed, .rate = RateClass::directory,
      .if_match = IfMatch::required});
};

struct DepartmentView {
  DepartmentId id;
  std::int64_t version = 1;
  std::string name;
  LocationId location_id;
  static constexpr Field fields[] = {
      field<&DepartmentView::id>("id", DataClass::operational, "Its public name."),
      field<&DepartmentView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&DepartmentView::name>("name", DataClass::operational, "What people call it."),
      field<&DepartmentView::location_id>("location_id", DataClass::operational, "Where it is."),
  };
};
struct CreateDepartmentRequest {
  std::string name;
  LocationId location_id;
  static constexpr Field fields[] = {
      field<&CreateDepartmentRequest::name>("name", DataClass::operational, "What people call it.", {.max = 120}),
      field<&CreateDepartmentRequest::location_id>("location_id", DataClass::operational, "Where it is."),
  };
};
struct CreateDepartment {
  using Request = CreateDepartmentRequest;
  using Response = DepartmentView;
  static constexpr EndpointSpec spec = checked({
      .id = "createDepartment", .method = Method::post, .path = "/v1/departments", .summary = "Adds a department.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::department_created, .rate = RateClass::directory,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional});
};
struct ListDepartmentsResponse {
  std::vector<DepartmentView> departments;
  static constexpr Field fields[] = {
      field<&ListDepartmentsResponse::departments>("departments", DataClass::operational, "By name."),
  };
};
struct ListDepartments {
  using Request = NoRequest;
  using Response = ListDepartmentsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listDepartments", .method = Method::get, .path = "/v1/departments", .summary = "Lists the departments.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};

std::span<const Endpoint> location_endpoints();  // with departments

}  // namespace sealbook::api
