#include "domain/scheduling/hours.hpp"

#include <algorithm>

#include "domain/scheduling/planted.hpp"

namespace sealbook::scheduling {
namespace {

std::optional<std::int32_t> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0U, 1U, 3U, 4U})
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour > 24 || (hour == 24 && minute != 0)) return std::nullopt;
  return hour * 60 + minute;
}

void check_hours(const std::vector<LocalHours>& day, const std::string& pointer,
                 std::vector<FieldError>& errors) {
  if (day.size() > 24)
    errors.push_back({pointer, "length", "A day has at most 24 stretches of hours."});
  for (std::size_t i = 0; i < day.size(); ++i) {
    const std::string at = pointer + "/" + std::to_string(i);
    if (day[i].starts < 0 || day[i].starts > 1439)
      errors.push_back({at + "/starts", "range", "Hours start between 00:00 and 23:59."});
    else if (day[i].ends <= day[i].starts || day[i].ends > day[i].starts + 1440)
      errors.push_back({at + "/ends", "range", "Hours end after they start, at most a day later."});
  }
}

std::int32_t weekday_index(LocalDay day) {
  return static_cast<std::int32_t>(std::chrono::weekday(day).iso_encoding()) - 1;
}

bool has_override(std::span<const DayOverride* const> overrides, LocalDay day) {
  return std::ranges::any_of(overrides, [&](const DayOverride* o) { return o->day == day; });
}

std::span<const LocalHours> hours_of(const Schedule& schedule,
                                     std::span<const DayOverride* const> overrides, LocalDay day) {
  const auto found = std::lower_bound(overrides.begin(), overrides.end(), day,
                                      [](const DayOverride* o, LocalDay d) { return o->day < d; });
  if (found != overrides.end() && (*found)->day == day) return (*found)->hours;
  return schedule.weekly[static_cast<std::size_t>(weekday_index(day))];
}

std::vector<const DayOverride*> sorted_overrides(const Schedule& schedule) {
  std::vector<const DayOverride*> sorted;
  sorted.reserve(schedule.overrides.size());
  for (const DayOverride& o : schedule.overrides) sorted.push_back(&o);
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return a->day < b->day; });
  return sorted;
}

}  // namespace

Result<LocalHours> parse_hours(std::string_view starts, std::string_view ends) {
  const auto from = parse_clock(starts);
  if (!from || *from >= 1440)
    return fail(invalid_field("/starts", "format", "Hours start at a time such as 09:00."));
  const auto to = parse_clock(ends);
  if (!to)
    return fail(invalid_field("/ends", "format", "Hours end at a time such as 17:00, or 24:00."));
  return LocalHours{*from, *to > *from ? *to : *to + 1440};
}

Result<void> validate(const Schedule& schedule) {
  std::vector<FieldError> errors;
  for (std::size_t i = 0; i < schedule.weekly.size(); ++i)
    check_hours(schedule.weekly[i], "/weekly/" + std::to_string(i), errors);
  if (schedule.overrides.size() > 2000)
    errors.push_back({"/overrides", "length", "A schedule has at most 2000 dated overrides."});
  for (std::size_t i = 0; i < schedule.overrides.size(); ++i)
    check_hours(schedule.overrides[i].hours, "/overrides/" + std::to_string(i) + "/hours", errors);
  const auto sorted = sorted_overrides(schedule);
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i]->day == sorted[i - 1]->day) {
      const std::size_t index =
          static_cast<std::size_t>(std::max(sorted[i], sorted[i - 1]) - schedule.overrides.data());
      errors.push_back(
          {"/overrides/" + std::to_string(index) + "/day", "unique", "A day has one override."});
    }
  if (schedule.valid_from && schedule.valid_to && *schedule.valid_to < *schedule.valid_from)
    errors.push_back({"/valid_to", "range", "The last day is not before the first."});
  if (errors.empty()) return {};
  Error error = make_error(ErrorCode::invalid, errors.front().detail);
  error.fields = std::move(errors);
  return fail(std::move(error));
}

bool closes(const Closure& closure, const LocationId& location, const ResourceId& resource) {
  if (!closure.location.is_nil() && closure.location != location) return false;
  return closure.resource.is_nil() || closure.resource == resource;
}

std::vector<MinuteSpan> open_minutes(const Schedule& schedule, const TimeZone& zone,
                                     MinuteSpan range) {
  std::vector<MinuteSpan> open;
  if (range.empty()) return open;
  const auto overrides = sorted_overrides(schedule);
  // Hours reach at most a day beyond the day they start on, and a skipped time moves by less.
  LocalDay first = to_local(instant_of(range.starts), zone).day - std::chrono::days(3);
  LocalDay last = to_local(instant_of(range.ends), zone).day + std::chrono::days(1);
  if (schedule.valid_from) first = std::max(first, *schedule.valid_from);
  if (schedule.valid_to) last = std::min(last, *schedule.valid_to);
  for (LocalDay day = first; day <= last; day += std::chrono::days(1)) {
    const auto hours = hours_of(schedule, overrides, day);
    if (hours.empty() || !day_exists(day, zone)) continue;
    for (const LocalHours& h : hours) {
      MinuteSpan span{std::max(range.starts, ceil_minute(resolve({day, h.starts}, zone).instant)),
                      std::min(range.ends, floor_minute(resolve({day, h.ends}, zone).instant))};
      if (planted(PlantedBug::override_cuts_night_before) &&
          has_override(overrides, day + std::chrono::days(1)))
        span.ends = std::min(span.ends, floor_minute(resolve({day, 1440}, zone).instant));
      if (!span.empty()) open.push_back(span);
    }
  }
  return merged(std::move(open));
}

std::vector<Interval> open_intervals(const Schedule& schedule, const TimeZone& zone, Instant from,
                                     Instant to) {
  std::vector<Interval> result;
  for (const MinuteSpan& span :
       open_minutes(schedule, zone, {floor_minute(from), ceil_minute(to)})) {
    const Interval whole = interval_of(span);
    const Interval cut{std::max(whole.starts, from), std::min(whole.ends, to)};
    if (cut.starts < cut.ends) result.push_back(cut);
  }
  return result;
}

std::vector<MinuteSpan> merged(std::vector<MinuteSpan> spans) {
  std::erase_if(spans, [](const MinuteSpan& span) { return span.empty(); });
  std::sort(spans.begin(), spans.end());
  std::size_t kept = 0;
  for (const MinuteSpan& span : spans) {
    if (kept > 0 && span.starts <= spans[kept - 1].ends)
      spans[kept - 1].ends = std::max(spans[kept - 1].ends, span.ends);
    else spans[kept++] = span;
  }
  spans.resize(kept);
  return spans;
}

std::vector<MinuteSpan> intersection(std::span<const MinuteSpan> a, std::span<const MinuteSpan> b) {
  std::vector<MinuteSpan> result;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const MinuteSpan both{std::max(a[i].starts, b[j].starts), std::min(a[i].ends, b[j].ends)};
    if (!both.empty()) result.push_back(both);
    if (a[i].ends < b[j].ends) ++i;
    else ++j;
  }
  return result;
}

std::vector<MinuteSpan> difference(std::span<const MinuteSpan> a, std::span<const MinuteSpan> b) {
  std::vector<MinuteSpan> result;
  std::size_t j = 0;
  for (MinuteSpan rest : a) {
    while (j < b.size() && b[j].ends <= rest.starts) ++j;
    for (std::size_t k = j; k < b.size() && b[k].starts < rest.ends && !rest.empty(); ++k) {
      if (rest.starts < b[k].starts) result.push_back({rest.starts, b[k].starts});
      rest.starts = std::max(rest.starts, b[k].ends);
    }
    if (!rest.empty()) result.push_back(rest);
  }
  return result;
}

}  // namespace sealbook::scheduling
