// Weekly hours of a practitioner, room or device at a location, or of the location itself, and
// what replaces them on single days.
//
// A provider changes the hours of its own calendar; who has the whole directory changes any.
#pragma once

#include "app/call_context.hpp"

namespace sealbook::app {

// Clock times as they were written: "09:00" until "17:00"; until "24:00", or past midnight when it
// is not after the start.
struct DayHours {
  std::string from;
  std::string until;
};
struct WeeklyHours {
  std::uint8_t weekday = 0;  // Monday is 0
  DayHours hours;
};

struct AddSchedule {
  std::optional<ResourceId> resource;  // none: the location's own hours
  LocationId location;
  std::vector<WeeklyHours> weekly;
  std::optional<LocalDay> valid_from, valid_until;  // first and last day
};
Result<Work<ScheduleEntry>> add_schedule(CallContext& ctx, const AddSchedule& command);

struct ChangeSchedule {
  ScheduleId id;
  std::optional<std::vector<WeeklyHours>> weekly;
  std::optional<LocalDay> valid_from, valid_until;
  std::optional<bool> active;
};
Result<Work<ScheduleEntry>> change_schedule(CallContext& ctx, const ChangeSchedule& command);

// No hours: the day is closed. Replaces what was said of the day before.
Result<Work<ScheduleEntry>> set_override(CallContext& ctx, const ScheduleId& id, LocalDay day,
                                         const std::vector<DayHours>& hours);
// Fails with not_found when the day has none.
Result<Work<ScheduleEntry>> remove_override(CallContext& ctx, const ScheduleId& id, LocalDay day);

Result<ScheduleEntry> read_schedule(const CallContext& ctx, const ScheduleId& id);
struct ScheduleFilter {
  std::optional<ResourceId> resource;
  std::optional<LocationId> location;
};
std::vector<ScheduleEntry> list_schedules(const CallContext& ctx, const ScheduleFilter& filter);

}  // namespace sealbook::app
