// Practitioners, rooms and devices. A practitioner works where its schedules say; a room or a
// device stands at one location.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

struct ResourceIdRequest {
  ResourceId id;
  static constexpr Field fields[] = {
      field<&ResourceIdRequest::id>("id", DataClass::operational, "Which one.", {.where = Where::path}),
  };
};

struct PractitionerView {
  ResourceId id;
  std::int64_t version = 1;
  std::string name;
  std::int64_t lanes = 1;
  std::optional<DepartmentId> department_id;
  bool active = true;
  static constexpr Field fields[] = {
      field<&PractitionerView::id>("id", DataClass::operational, "Its public name."),
      field<&PractitionerView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&PractitionerView::name>("name", DataClass::operational, "As patients are told."),
      field<&PractitionerView::lanes>("lanes", DataClass::operational, "How many visits at once are ordinary."),
      field<&PractitionerView::department_id>("department_id", DataClass::operational, "Where it belongs."),
      field<&PractitionerView::active>("active", DataClass::operational, "False: kept for the past, not bookable."),
  };
};
struct CreatePractitionerRequest {
  std::string name;
  std::uint8_t lanes = 1;
  std::optional<DepartmentId> department_id;
  static constexpr Field fields[] = {
      field<&CreatePractitionerRequest::name>("name", DataClass::operational, "As patients are told.", {.max = 120}),
      field<&CreatePractitionerRequest::lanes>("lanes", DataClass::operational, "How many visits at once are ordinary.", {.presence = Presence::optional, .min = 1, .max = 8}),
      field<&CreatePractitionerRequest::department_id>("department_id", DataClass::operational, "Where it belongs."),
  };
};
struct CreatePractitioner {
  using Request = CreatePractitionerRequest;
  using Response = PractitionerView;
  static constexpr EndpointSpec spec = checked({
      .id = "createPractitioner", .method = Method::post, .path = "/v1/practitioners", .summary = "Adds a practitioner.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::practitioner_created, .rate = RateClass::directory,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional, .location = "/v1/practitioners/{id}"});
};
struct ListPractitionersResponse {
  std::vector<PractitionerView> practitioners;
  static constexpr Field fields[] = {
      field<&ListPractitionersResponse::practitioners>("practitioners", DataClass::operational, "By name."),
  };
};
struct ListPractitioners {
  using Request = NoRequest;
  using Response = ListPractitionersResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listPractitioners", .method = Method::get, .path = "/v1/practitioners", .summary = "Lists the practitioners.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};
struct GetPractitioner {
  using Request = ResourceIdRequest;
  using Response = PractitionerView;
  static constexpr EndpointSpec spec = checked({
      .id = "getPractitioner", .method = Method::get, .path = "/v1/practitioners/{id}", .summary = "Shows one practitioner.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};
struct ChangePractitionerRequest {
  ResourceId id;
  std::optional<std::string> name;
  std::optional<std::uint8_t> lanes;
  std::optional<DepartmentId> department_id;
  std::optional<bool> active;
  static constexpr Field fields[] = {
      field<&ChangePractitionerRequest::id>("id", DataClass::operational, "Which one.", {.where = Where::path}),
      field<&ChangePractitionerRequest::name>("name", DataClass::operational, "As patients are told.", {.max = 120}),
      field<&ChangePractitionerRequest::lanes>("lanes", DataClass::operational, "How many visits at once are ordinary.", {.min = 1, .max = 8}),
      field<&ChangePractitionerRequest::department_id>("department_id", DataClass::operational, "Where it belongs."),
      field<&ChangePractitionerRequest::active>("active", DataClass::operational, "False: kept for the past, not bookable."),
  };
};
struct ChangePractitioner {
  using Request = ChangePractitionerRequest;
  using Response = PractitionerView;
  static constexpr EndpointSpec spec = checked({
      .id = "changePractitioner", .method = Method::patch, .path = "/v1/practitioners/{id}", .summary = "Changes a practitioner, or closes its calendar.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::practitioner_changed, .rate = RateClass::directory,
      .if_match = IfMatch::required});
};

// Rooms and devices have one shape.
struct PlacedResourceView {
  ResourceId id;
  std::int64_t version = 1;
  std::string name;
  LocationId location_id;
  std::int64_t lanes = 1;
  bool active = true;
  static constexpr Field fields[] = {
      field<&PlacedResourceView::id>("id", DataClass::operational, "Its public name."),
      field<&PlacedResourceView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&PlacedResourceView::name>("name", DataClass::operational, "What people call it."),
      field<&PlacedResourceView::location_id>("location_id", DataClass::operational, "Where it is."),
      field<&PlacedResourceView::lanes>("lanes", DataClass::operational, "How many visits at once are ordinary."),
      field<&PlacedResourceView::active>("active", DataClass::operational, "False: kept for the past, not bookable."),
  };
};
struct CreatePlacedResourceRequest {
  std::string name;
  LocationId location_id;
  std::uint8_t lanes = 1;
  static constexpr Field fields[] = {
      field<&CreatePlacedResourceRequest::name>("name", DataClass::operational, "What people call it.", {.max = 120}),
      field<&CreatePlacedResourceRequest::location_id>("location_id", DataClass::operational, "Where it is."),
      field<&CreatePlacedResourceRequest::lanes>("lanes", DataClass::operational, "How many visits at once are ordinary.", {.presence = Presence::optional, .min = 1, .max = 8}),
  };
};
struct ChangePlacedResourceRequest {
  ResourceId id;
  std::optional<std::string> name;
  std::optional<std::uint8_t> lanes;
  std::optional<bool> active;
  static constexpr Field fields[] = {
      field<&ChangePlacedResourceRequest::id>("id", DataClass::operational, "Which one.", {.where = Where::path}),
      field<&ChangePlacedResourceRequest::name>("name", DataClass::operational, "What people call it.", {.max = 120}),
      field<&ChangePlacedResourceRequest::lanes>("lanes", DataClass::operational, "How many visits at once are ordinary.", {.min = 1, .max = 8}),
      field<&ChangePlacedResourceRequest::active>("active", DataClass::operational, "False: kept for the past, not bookable."),
  };
};

struct CreateRoom {
  using Request = CreatePlacedResourceRequest;
  using Response = PlacedResourceView;
  static constexpr EndpointSpec spec = checked({
      .id = "createRoom", .method = Method::post, .path = "/v1/rooms", .summary = "Adds a room.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::room_created, .rate = RateClass::directory,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional, .location = "/v1/rooms/{id}"});
};
struct ListRoomsResponse {
  std::vector<PlacedResourceView> rooms;
  static constexpr Field fields[] = {
      field<&ListRoomsResponse::rooms>("rooms", DataClass::operational, "By name."),
  };
};
struct ListRooms {
  using Request = NoRequest;
  using Response = ListRoomsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listRooms", .method = Method::get, .path = "/v1/rooms", .summary = "Lists the rooms.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};
struct GetRoom {
  using Request = ResourceIdRequest;
  using Response = PlacedResourceView;
  static constexpr EndpointSpec spec = checked({
      .id = "getRoom", .method = Method::get, .path = "/v1/rooms/{id}", .summary = "Shows one room.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};
struct ChangeRoom {
  using Request = ChangePlacedResourceRequest;
  using Response = PlacedResourceView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeRoom", .method = Method::patch, .path = "/v1/rooms/{id}", .summary = "Changes a room, or closes it.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::room_changed, .rate = RateClass::directory,
      .if_match = IfMatch::required});
};

struct CreateDevice {
  using Request = CreatePlacedResourceRequest;
  using Response = PlacedResourceView;
  static constexpr EndpointSpec spec = checked({
      .id = "createDevice", .method = Method::post, .path = "/v1/devices", .summary = "Adds a device.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::device_created, .rate = RateClass::directory,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional, .location = "/v1/devices/{id}"});
};
struct ListDevicesResponse {
  std::vector<PlacedResourceView> devices;
  static constexpr Field fields[] = {
      field<&ListDevicesResponse::devices>("devices", DataClass::operational, "By name."),
  };
};
struct ListDevices {
  using Request = NoRequest;
  using Response = ListDevicesResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listDevices", .method = Method::get, .path = "/v1/devices", .summary = "Lists the devices.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};
struct GetDevice {
  using Request = ResourceIdRequest;
  using Response = PlacedResourceView;
  static constexpr EndpointSpec spec = checked({
      .id = "getDevice", .method = Method::get, .path = "/v1/devices/{id}", .summary = "Shows one device.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};
struct ChangeDevice {
  using Request = ChangePlacedResourceRequest;
  using Response = PlacedResourceView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeDevice", .method = Method::patch, .path = "/v1/devices/{id}", .summary = "Changes a device, or takes it out of use.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::device_changed, .rate = RateClass::directory,
      .if_match = IfMatch::required});
};

std::span<const Endpoint> resource_endpoints();

}  // namespace sealbook::api
