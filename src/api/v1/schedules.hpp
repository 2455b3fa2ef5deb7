// Schedules: weekly hours, what replaces them on single days, and closures.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "api/v1/directory_enums.hpp"

namespace sealbook::api {

using CivilDate = std::chrono::year_month_day;

struct HoursView {
  std::string from, until;
  static constexpr Field fields[] = {
      field<&HoursView::from>("from", DataClass::operational, "Opens, on the clock of the location.", {.text = TextRule::time_of_day}),
      field<&HoursView::until>("until", DataClass::operational, "Closes; not after `from`: on the next day.", {.text = TextRule::time_of_day}),
  };
};
struct WeeklyHoursView {
  Weekday weekday = Weekday::monday;
  std::string from, until;
  static constexpr Field fields[] = {
      field<&WeeklyHoursView::weekday>("weekday", DataClass::operational, "The day on which they begin."),
      field<&WeeklyHoursView::from>("from", DataClass::operational, "Opens, on the clock of the location.", {.text = TextRule::time_of_day}),
      field<&WeeklyHoursView::until>("until", DataClass::operational, "Closes; not after `from`: on the next day.", {.text = TextRule::time_of_day}),
  };
};
struct OverrideView {
  CivilDate date;
  std::vector<HoursView> hours;
  static constexpr Field fields[] = {
      field<&OverrideView::date>("date", DataClass::operational, "The day that differs."),
      field<&OverrideView::hours>("hours", DataClass::operational, "Its hours; empty: closed."),
  };
};
struct ScheduleView {
  ScheduleId id;
  std::int64_t version = 1;
  std::optional<ResourceId> resource_id;
  LocationId location_id;
  std::vector<WeeklyHoursView> weekly;
  std::vector<OverrideView> overrides;
  std::optional<CivilDate> valid_from, valid_until;
  bool active = true;
  static constexpr Field fields[] = {
      field<&ScheduleView::id>("id", DataClass::operational, "Its public name."),
      field<&ScheduleView::version>("version", DataClass::operational, "Grows with every change; also the ETag."),
      field<&ScheduleView::resource_id>("resource_id", DataClass::operational, "Whose hours; absent: the location's own."),
      field<&ScheduleView::location_id>("location_id", DataClass::operational, "Where; its clock counts."),
      field<&ScheduleView::weekly>("weekly", DataClass::operational, "The hours of every week."),
      field<&ScheduleView::overrides>("overrides", DataClass::operational, "Days that differ."),
      field<&ScheduleView::valid_from>("valid_from", DataClass::operational, "First day."),
      field<&ScheduleView::valid_until>("valid_until", DataClass::operational, "Last day."),
      field<&ScheduleView::active>("active", DataClass::operational, "False: these hours are no longer given."),
  };
};

struct CreateScheduleRequest {
  std::optional<ResourceId> resource_id;
  LocationId location_id;
  std::vector<WeeklyHoursView> weekly;
  std::optional<CivilDate> valid_from, valid_until;
  static constexpr Field fields[] = {
      field<&CreateScheduleRequest::resource_id>("resource_id", DataClass::operational, "Whose hours; absent: the location's own."),
      field<&CreateScheduleRequest::location_id>("location_id", DataClass::operational, "Where; its clock counts."),
      field<&CreateScheduleRequest::weekly>("weekly", DataClass::operational, "The hours of every week.", {.max = 168}),
      field<&CreateScheduleRequest::valid_from>("valid_from", DataClass::operational, "First day."),
      field<&CreateScheduleRequest::valid_until>("valid_until", DataClass::operational, "Last day."),
  };
};
struct CreateSchedule {
  using Request = CreateScheduleRequest;
  using Response = ScheduleView;
  static constexpr EndpointSpec spec = checked({
      .id = "createSchedule", .method = Method::post, .path = "/v1/schedules", .summary = "Adds weekly hours; a provider, its own.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::schedule_created, .rate = RateClass::directory,
      .success = 201, .errors = {ErrorCode::not_found}, .idempotency = Idempotency::optional, .location = "/v1/schedules/{id}"});
};

struct ListSchedulesRequest {
  std::optional<ResourceId> resource_id;
  std::optional<LocationId> location_id;
  static constexpr Field fields[] = {
      field<&ListSchedulesRequest::resource_id>("resource_id", DataClass::operational, "Only of this calendar.", {.where = Where::query}),
      field<&ListSchedulesRequest::location_id>("location_id", DataClass::operational, "Only at this place.", {.where = Where::query}),
  };
};
struct ListSchedulesResponse {
  std::vector<ScheduleView> schedules;
  static constexpr Field fields[] = {
      field<&ListSchedulesResponse::schedules>("schedules", DataClass::operational, "All that fit."),
  };
};
struct ListSchedules {
  using Request = ListSchedulesRequest;
  using Response = ListSchedulesResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listSchedules", .method = Method::get, .path = "/v1/schedules", .summary = "Lists weekly hours.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};
struct ScheduleIdRequest {
  ScheduleId id;
  static constexpr Field fields[] = {
      field<&ScheduleIdRequest::id>("id", DataClass::operational, "The schedule.", {.where = Where::path}),
  };
};
struct GetSchedule {
  using Request = ScheduleIdRequest;
  using Response = ScheduleView;
  static constexpr EndpointSpec spec = checked({
      .id = "getSchedule", .method = Method::get, .path = "/v1/schedules/{id}", .summary = "Shows one schedule.",
      .access = needs(Permission::directory_view), .rate = RateClass::directory});
};

struct ChangeScheduleRequest {
  ScheduleId id;
  std::optional<std::vector<WeeklyHoursView>> weekly;
  std::optional<CivilDate> valid_from, valid_until;
  std::optional<bool> active;
  static constexpr Field fields[] = {
      field<&ChangeScheduleRequest::id>("id", DataClass::operational, "The schedule.", {.where = Where::path}),
      field<&ChangeScheduleRequest::weekly>("weekly", DataClass::operational, "Replaces the hours of every week.", {.max = 168}),
      field<&ChangeScheduleRequest::valid_from>("valid_from", DataClass::operational, "First day."),
      field<&ChangeScheduleRequest::valid_until>("valid_until", DataClass::operational, "Last day."),
      field<&ChangeScheduleRequest::active>("active", DataClass::operational, "False: these hours are no longer given."),
  };
};
struct ChangeSchedule {
  using Request = ChangeScheduleRequest;
  using Response = ScheduleView;
  static constexpr EndpointSpec spec = checked({
      .id = "changeSchedule", .method = Method::patch, .path = "/v1/schedules/{id}", .summary = "Changes weekly hours, or ends them.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::schedule_changed, .rate = RateClass::directory,
      .if_match = IfMatch::required});
};

struct SetOverrideRequest {
  ScheduleId id;
  CivilDate date;
  std::vector<HoursView> hours;
  static constexpr Field fields[] = {
      field<&SetOverrideRequest::id>("id", DataClass::operational, "The schedule.", {.where = Where::path}),
      field<&SetOverrideRequest::date>("date", DataClass::operational, "The day that differs.", {.where = Where::path}),
      field<&SetOverrideRequest::hours>("hours", DataClass::operational, "Its hours; empty: closed.", {.max = 24}),
  };
};
struct SetOverride {
  using Request = SetOverrideRequest;
  using Response = ScheduleView;
  static constexpr EndpointSpec spec = checked({
      .id = "setScheduleOverride", .method = Method::put, .path = "/v1/schedules/{id}/overrides/{date}", .summary = "Sets the hours of one day, whatever the week says.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::override_created, .rate = RateClass::directory,
      .if_match = IfMatch::optional});
};
struct RemoveOverrideRequest {
  ScheduleId id;
  CivilDate date;
  static constexpr Field fields[] = {
      field<&RemoveOverrideRequest::id>("id", DataClass::operational, "The schedule.", {.where = Where::path}),
      field<&RemoveOverrideRequest::date>("date", DataClass::operational, "The day that differs.", {.where = Where::path}),
  };
};
struct RemoveOverride {
  using Request = RemoveOverrideRequest;
  using Response = NoContent;
  static constexpr EndpointSpec spec = checked({
      .id = "removeScheduleOverride", .method = Method::delete_, .path = "/v1/schedules/{id}/overrides/{date}", .summary = "Gives one day its weekly hours again.",
      .access = needs(Permission::directory_manage), .audit = AuditAction::override_removed, .rate = RateClass::directory,
      .success = 204, .if_match = IfMatch::optional});
};

std::span<const Endpoint> schedule_endpoints();

}  // namespace sealbook::api
