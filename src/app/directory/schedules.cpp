#include "app/directory/schedules.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/tasks/displaced.hpp"
#include "base/random.hpp"

namespace sealbook::app {
namespace {

using scheduling::LocalHours;
using scheduling::Schedule;

constexpr PointerNames request_names = {{"/valid_to", "/valid_until"}};

Result<LocalHours> parse_at(const DayHours& hours, const std::string& pointer) {
  auto parsed = scheduling::parse_hours(hours.from, hours.until);
  if (parsed) return *parsed;
  const std::string from = pointer + "/from", until = pointer + "/until";
  return fail(with_pointers(std::move(parsed).error(), {{"/starts", from}, {"/ends", until}}));
}

Result<void> set_weekly(Schedule& schedule, const std::vector<WeeklyHours>& weekly) {
  schedule.weekly = {};
  for (std::size_t i = 0; i < weekly.size(); ++i) {
    TRY(hours, parse_at(weekly[i].hours, "/weekly/" + std::to_string(i)));
    schedule.weekly.at(weekly[i].weekday).push_back(hours);
  }
  for (auto& day : schedule.weekly) std::ranges::sort(day);
  return {};
}

Result<void> ensure_valid(const Schedule& schedule) {
  auto valid = scheduling::validate(schedule);
  if (valid) return {};
  Error error = with_pointers(std::move(valid).error(), request_names);
  // The domain counts by weekday; the request lists all days in one array.
  for (FieldError& field : error.fields)
    if (field.pointer.starts_with("/weekly/")) field.pointer = "/weekly";
  return fail(std::move(error));
}

bool shows_schedule(const CallContext& ctx, const ScheduleEntry& entry) {
  return entry.active || ctx.principal.role != Role::patient;
}

// The schedule as it stands, if the caller may change it and saw this version.
Result<ScheduleEntry> entry_to_change(const CallContext& ctx, const ScheduleId& id) {
  const auto organisation = ctx.tenant->organisation();
  const auto found = organisation->schedules.find(id);
  if (found == organisation->schedules.end()) return unknown_row("schedule");
  ENSURE(ensure_own_hours(ctx, found->second.schedule.resource));
  ENSURE(check_if_match(ctx, found->second.schedule.version));
  return found->second;
}

void keep_after_commit(storage::Transaction& tx, const std::shared_ptr<Tenant>& tenant, const ScheduleEntry& entry) {
  tx.after_commit([tenant, entry] {
    tenant->change([&](Organisation& o) { o.schedules.insert_or_assign(entry.schedule.id, entry); });
  });
}

// Until when a change of hours is looked at: visits are not booked farther ahead.
constexpr Micros farthest_visit = std::chrono::hours(24 * 800);

// The hours of whoever a schedule is of, at its place, with one schedule as it will be.
struct Hours {
  TimeZone zone = TimeZone::utc();
  std::vector<Schedule> schedules;
  bool hold(const Interval& visit) const {
    const scheduling::MinuteSpan wanted{static_cast<scheduling::UtcMinute>(visit.starts.minutes()),
                                        static_cast<scheduling::UtcMinute>(visit.ends.minutes())};
    std::vector<scheduling::MinuteSpan> open;
    for (const Schedule& schedule : schedules)
      for (const auto& span : scheduling::open_minutes(schedule, zone, wanted)) open.push_back(span);
    open = scheduling::merged(std::move(open));
    return open.size() == 1 && open.front().starts <= wanted.starts && wanted.ends <= open.front().ends;
  }
};

Hours hours_with(const Organisation& organisation, const ScheduleEntry& changed) {
  Hours hours;
  if (const Location* place = organisation.find_location(changed.schedule.location)) hours.zone = place->zone;
  for (const auto& [id, entry] : organisation.schedules) {
    const ScheduleEntry& as_is = id == changed.schedule.id ? changed : entry;
    if (as_is.active && as_is.schedule.resource == changed.schedule.resource &&
        as_is.schedule.location == changed.schedule.location)
      hours.schedules.push_back(as_is.schedule);
  }
  return hours;
}

// The visits that lie in the hours as they are and not in the hours as they will be.
tasks::Displacing lost_by(const Organisation& organisation, const ScheduleEntry& before, const ScheduleEntry& after,
                          const Interval& span) {
  tasks::Displacing lost{span, after.schedule.location, std::nullopt, {}};
  if (after.schedule.resource != ResourceId()) lost.resource = after.schedule.resource;
  lost.takes = [old = hours_with(organisation, before), made = hours_with(organisation, after)](const Interval& visit) {
    return old.hold(visit) && !made.hold(visit);
  };
  return lost;
}

// A local day and what may hang over from or into it, in any zone.
Interval around(LocalDay day) {
  const Instant midnight = Instant::from_seconds(std::chrono::sys_days(civil_date(day)).time_since_epoch().count() * 86'400);
  return {midnight - std::chrono::hours(24), midnight + std::chrono::hours(72)};
}

// Notes the next version and leaves the writing of it.
Result<Work<ScheduleEntry>> replace_entry(CallContext& ctx, AuditAction action, audit::ResourceKind kind,
                                          ScheduleEntry entry, const Interval& span) {
  ENSURE(ensure_valid(entry.schedule));
  const auto organisation = ctx.tenant->organisation();
  auto lost = lost_by(*organisation, organisation->schedules.at(entry.schedule.id), entry, span);
  const std::int64_t before = entry.schedule.version++;
  note_change(ctx, action, kind, entry.schedule.id.raw(), before, entry.schedule.version);
  return Work<ScheduleEntry>([tenant = ctx.tenant, entry = std::move(entry), lost = std::move(lost),
                              named = ctx.if_match.has_value()](storage::Transaction& tx) -> Result<ScheduleEntry> {
    if (!storage::schedules::replace(tx, entry.schedule, entry.active)) return moved_on(named);
    tasks::open_displaced(tx, lost);
    keep_after_commit(tx, tenant, entry);
    return entry;
  });
}

auto find_day(std::vector<scheduling::DayOverride>& overrides, LocalDay day) {
  return std::ranges::find(overrides, day, &scheduling::DayOverride::day);
}

}  // namespace

Result<Work<ScheduleEntry>> add_schedule(CallContext& ctx, const AddSchedule& command) {
  const auto organisation = ctx.tenant->organisation();
  if (command.resource && organisation->find_resource(*command.resource) == nullptr)
    return unknown_member("/resource_id", "resource");
  ENSURE(ensure_own_hours(ctx, command.resource.value_or(ResourceId())));
  if (organisation->find_location(command.location) == nullptr) return unknown_member("/location_id", "location");
  ScheduleEntry entry;
  entry.schedule.id = new_id<ScheduleId>();
  entry.schedule.resource = command.resource.value_or(ResourceId());
  entry.schedule.location = command.location;
  entry.schedule.valid_from = command.valid_from;
  entry.schedule.valid_to = command.valid_until;
  ENSURE(set_weekly(entry.schedule, command.weekly));
  ENSURE(ensure_valid(entry.schedule));
  note_change(ctx, AuditAction::schedule_created, audit::ResourceKind::schedule, entry.schedule.id.raw(), 0, 1);
  return Work<ScheduleEntry>([tenant = ctx.tenant, entry = std::move(entry)](storage::Transaction& tx) {
    storage::schedules::insert(tx, entry.schedule);
    keep_after_commit(tx, tenant, entry);
    return Result<ScheduleEntry>(entry);
  });
}

Result<Work<ScheduleEntry>> change_schedule(CallContext& ctx, const ChangeSchedule& command) {
  TRY(entry, entry_to_change(ctx, command.id));
  ENSURE(ensure_changes_something({command.weekly.has_value(), command.valid_from.has_value(),
                                   command.valid_until.has_value(), command.active.has_value()}));
  const bool was_active = entry.active;
  if (command.weekly) ENSURE(set_weekly(entry.schedule, *command.weekly));
  if (command.valid_from) entry.schedule.valid_from = command.valid_from;
  if (command.valid_until) entry.schedule.valid_to = command.valid_until;
  if (command.active) entry.active = *command.active;
  const bool closes = was_active && !entry.active;
  return replace_entry(ctx, closes ? AuditAction::schedule_closed : AuditAction::schedule_changed,
                       audit::ResourceKind::schedule, std::move(entry), {ctx.now, ctx.now + farthest_visit});
}

Result<Work<ScheduleEntry>> set_override(CallContext& ctx, const ScheduleId& id, LocalDay day,
                                         const std::vector<DayHours>& hours) {
  TRY(entry, entry_to_change(ctx, id));
  scheduling::DayOverride override_{day, {}};
  for (std::size_t i = 0; i < hours.size(); ++i) {
    TRY(parsed, parse_at(hours[i], "/hours/" + std::to_string(i)));
    override_.hours.push_back(parsed);
  }
  std::ranges::sort(override_.hours);
  const auto there = find_day(entry.schedule.overrides, day);
  const bool is_new = there == entry.schedule.overrides.end();
  if (is_new) entry.schedule.overrides.push_back(std::move(override_));
  else *there = std::move(override_);
  std::ranges::sort(entry.schedule.overrides, {}, &scheduling::DayOverride::day);
  return replace_entry(ctx, is_new ? AuditAction::override_created : AuditAction::override_changed,
                       audit::ResourceKind::schedule_override, std::move(entry), around(day));
}

Result<Work<ScheduleEntry>> remove_override(CallContext& ctx, const ScheduleId& id, LocalDay day) {
  TRY(entry, entry_to_change(ctx, id));
  const auto there = find_day(entry.schedule.overrides, day);
  if (there == entry.schedule.overrides.end()) return unknown_row("override");
  entry.schedule.overrides.erase(there);
  return replace_entry(ctx, AuditAction::override_removed, audit::ResourceKind::schedule_override, std::move(entry),
                       around(day));
}

Result<ScheduleEntry> read_schedule(const CallContext& ctx, const ScheduleId& id) {
  const auto organisation = ctx.tenant->organisation();
  const auto found = organisation->schedules.find(id);
  if (found == organisation->schedules.end() || !shows_schedule(ctx, found->second)) return unknown_row("schedule");
  return found->second;
}

std::vector<ScheduleEntry> list_schedules(const CallContext& ctx, const ScheduleFilter& filter) {
  std::vector<ScheduleEntry> out;
  const auto organisation = ctx.tenant->organisation();
  for (const auto& [id, entry] : organisation->schedules) {
    if (!shows_schedule(ctx, entry)) continue;
    if (filter.resource && entry.schedule.resource != *filter.resource) continue;
    if (filter.location && entry.schedule.location != *filter.location) continue;
    out.push_back(entry);
  }
  return out;
}

}  // namespace sealbook::app
