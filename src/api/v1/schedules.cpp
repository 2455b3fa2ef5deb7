#include "api/v1/schedules.hpp"

#include "api/v1/answering.hpp"
#include "app/directory/schedules.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;
using scheduling::LocalHours;

std::string clock_text(std::int32_t minutes) {
  std::string text = "00:00";
  const std::int32_t hour = minutes / 60, minute = minutes % 60;
  text[0] = static_cast<char>('0' + hour / 10);
  text[1] = static_cast<char>('0' + hour % 10);
  text[3] = static_cast<char>('0' + minute / 10);
  text[4] = static_cast<char>('0' + minute % 10);
  return text;
}

HoursView hours_view(const LocalHours& h) {
  return {clock_text(h.starts), clock_text(h.ends > 1440 ? h.ends - 1440 : h.ends)};
}

std::optional<CivilDate> date_of(const std::optional<LocalDay>& day) {
  return day ? std::optional(civil_date(*day)) : std::nullopt;
}
std::optional<LocalDay> day_of(const std::optional<CivilDate>& date) {
  return date ? std::optional(local_day(*date)) : std::nullopt;
}

ScheduleView view(const app::ScheduleEntry& entry) {
  const scheduling::Schedule& s = entry.schedule;
  ScheduleView v;
  v.id = s.id;
  v.version = s.version;
  if (!s.resource.is_nil()) v.resource_id = s.resource;
  v.location_id = s.location;
  for (std::size_t day = 0; day < s.weekly.size(); ++day)
    for (const LocalHours& h : s.weekly[day]) {
      const HoursView hours = hours_view(h);
      v.weekly.push_back({static_cast<Weekday>(day), hours.from, hours.until});
    }
  for (const scheduling::DayOverride& o : s.overrides) {
    OverrideView& shown = v.overrides.emplace_back(OverrideView{civil_date(o.day), {}});
    for (const LocalHours& h : o.hours) shown.hours.push_back(hours_view(h));
  }
  v.valid_from = date_of(s.valid_from);
  v.valid_until = date_of(s.valid_to);
  v.active = entry.active;
  return v;
}

std::vector<app::WeeklyHours> weekly_hours(const std::vector<WeeklyHoursView>& weekly) {
  std::vector<app::WeeklyHours> out;
  for (const WeeklyHoursView& w : weekly) out.push_back({static_cast<std::uint8_t>(w.weekday), {w.from, w.until}});
  return out;
}

Result<Work<ScheduleView>> create(CallContext& ctx, const CreateScheduleRequest& r) {
  const app::AddSchedule command{r.resource_id, r.location_id, weekly_hours(r.weekly), day_of(r.valid_from),
                                 day_of(r.valid_until)};
  return answering(app::add_schedule(ctx, command), view);
}

Result<Work<ScheduleView>> change(CallContext& ctx, const ChangeScheduleRequest& r) {
  app::ChangeSchedule command{r.id, std::nullopt, day_of(r.valid_from), day_of(r.valid_until), r.active};
  if (r.weekly) command.weekly = weekly_hours(*r.weekly);
  return answering(app::change_schedule(ctx, command), view);
}

Result<ScheduleView> get(CallContext& ctx, const ScheduleIdRequest& r) {
  TRY(entry, app::read_schedule(ctx, r.id));
  return view(entry);
}

Result<ListSchedulesResponse> list(CallContext& ctx, const ListSchedulesRequest& r) {
  ListSchedulesResponse response;
  for (const auto& entry : app::list_schedules(ctx, {r.resource_id, r.location_id})) response.schedules.push_back(view(entry));
  return response;
}

Result<Work<ScheduleView>> set_override(CallContext& ctx, const SetOverrideRequest& r) {
  std::vector<app::DayHours> hours;
  for (const HoursView& h : r.hours) hours.push_back({h.from, h.until});
  return answering(app::set_override(ctx, r.id, local_day(r.date), hours), view);
}

NoContent nothing(const app::ScheduleEntry&) { return {}; }

Result<Work<NoContent>> remove_override(CallContext& ctx, const RemoveOverrideRequest& r) {
  return answering(app::remove_override(ctx, r.id, local_day(r.date)), nothing);
}

constexpr Endpoint rows[] = {
    bind_write<CreateSchedule, create>(),    bind_read<ListSchedules, list>(),
    bind_read<GetSchedule, get>(),           bind_write<ChangeSchedule, change>(),
    bind_write<SetOverride, set_override>(), bind_write<RemoveOverride, remove_override>(),
};

}  // namespace

std::span<const Endpoint> schedule_endpoints() { return rows; }

}  // namespace sealbook::api
