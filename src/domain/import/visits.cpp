#include "domain/import/visits.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "domain/calendar/imported_events.hpp"

namespace sealbook::importing {
namespace {

using F = ColumnField;

constexpr std::int64_t longest_visit = 7 * 24 * 60;

bool is_cancelled(std::string_view status) {
  constexpr std::array words{"cancelled", "canceled", "cancelada",   "anulada",
                             "noshow",    "deleted",  "nopresentado"};
  const std::string key = header_key(status);
  return std::ranges::find(words, key) != words.end();
}

std::optional<std::int64_t> read_duration(std::string_view text) {
  if (const auto colon = text.find(':'); colon != std::string_view::npos) {  // 0:30, 01:00:00
    const auto minutes = read_time_of_day(text);
    return minutes ? std::optional<std::int64_t>(*minutes) : std::nullopt;
  }
  std::int64_t minutes = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), minutes);
  const std::string_view rest = trimmed(std::string_view(read.ptr, text.data() + text.size()));
  if (read.ec != std::errc() ||
      !(rest.empty() || rest == "min" || rest == "m" || rest == "minutes" || rest == "mins"))
    return std::nullopt;
  return minutes;
}

struct Moment {
  std::optional<LocalDateTime> wall;
  std::optional<Instant> instant;
};

class VisitRows {
 public:
  VisitRows(const Columns& columns, DateRules dates, Findings& findings)
      : dates_(dates), row_(columns, findings) {}

  std::optional<OldVisit> read(CsvRow& row, bool& skipped) {
    if (!row_.begin(row)) return std::nullopt;
    if (const auto status = row_.text(F::status); status && is_cancelled(*status)) {
      row_.findings().note(row.line, "cancelled", "",
                           "Appointments that the old system calls cancelled were left out.");
      skipped = true;
      return std::nullopt;
    }
    OldVisit visit;
    visit.line = row.line;
    if (auto id = row_.required(F::old_id, 200)) visit.old_id = SensitiveText(std::move(*id));
    times(visit);
    visit.practitioner = row_.text(F::practitioner, 200).value_or("");
    visit.service = row_.required(F::service, 200).value_or("");
    visit.location = row_.text(F::location, 200).value_or("");
    person(visit.person);
    if (auto note = row_.text(F::note, 2000, true)) visit.note = SensitiveText(std::move(*note));
    return row_.good() ? std::optional(std::move(visit)) : std::nullopt;
  }

 private:
  // A date with a time behind it, or in a column of its own.
  std::optional<Moment> moment(F date_field, F time_field) {
    const auto text = row_.required(date_field, 60);
    if (!text) return std::nullopt;
    if (const auto instant = Instant::parse(*text)) return Moment{std::nullopt, instant};
    std::string_view date = *text, time;
    std::string own_time;
    if (const auto other = row_.text(time_field, 30)) {
      own_time = *other;
      time = own_time;
    } else if (const auto at = date.find_first_of(" T");
               at != std::string_view::npos && date.find(':') != std::string_view::npos) {
      const auto colon = date.find(':');
      const auto gap = date.substr(0, colon).find_last_of(" T");
      if (gap != std::string_view::npos) {
        time = date.substr(gap + 1);
        date = date.substr(0, gap);
      }
    }
    if (time.empty()) {
      row_.problem_of(date_field, "format",
                      "There is no time of day; write it as 2026-03-12 09:30.");
      return std::nullopt;
    }
    const auto day = read_date(trimmed(date), dates_);
    if (!day) {
      row_.problem_of(date_field, day.error().rule, day.error().detail);
      return std::nullopt;
    }
    const auto minute = read_time_of_day(trimmed(time));
    if (!minute) {
      row_.problem_of(own_time.empty() ? date_field : time_field, "format",
                      "This is not a time of day that can be read; write it as 09:30.");
      return std::nullopt;
    }
    return Moment{LocalDateTime{local_day(day->date), *minute}, std::nullopt};
  }

  void times(OldVisit& visit) {
    const auto starts = moment(F::starts, F::starts_time);
    if (!starts) return;
    visit.wall = starts->wall;
    visit.instant = starts->instant;
    if (row_.columns().has(F::duration)) return duration(visit);
    std::optional<Moment> ends;
    if (row_.columns().has(F::ends)) {
      ends = moment(F::ends, F::ends_time);
    } else if (const auto text = row_.required(F::ends_time, 30)) {
      const auto minute = read_time_of_day(*text);
      if (minute && starts->wall)
        ends = Moment{LocalDateTime{starts->wall->day, *minute}, std::nullopt};
      else
        row_.problem_of(F::ends_time, "format",
                        "This is not a time of day that can be read; write it as 09:30.");
    }
    if (!ends) return;
    if (starts->wall && ends->wall) visit.minutes = ends->wall->minutes() - starts->wall->minutes();
    else if (starts->instant && ends->instant)
      visit.minutes = (*ends->instant - *starts->instant).count() / 60'000'000;
    ensure_length(visit, row_.columns().has(F::ends) ? F::ends : F::ends_time);
  }
  void duration(OldVisit& visit) {
    const auto text = row_.required(F::duration, 30);
    if (!text) return;
    visit.minutes = read_duration(*text).value_or(0);
    ensure_length(visit, F::duration);
  }
  void ensure_length(const OldVisit& visit, F field) {
    if (visit.minutes < 1 || visit.minutes > longest_visit)
      row_.problem_of(field, "range", "An appointment takes between a minute and seven days.");
  }

  void person(PersonReference& person) {
    if (auto id = row_.text(F::external_id, 200))
      person.external_id = SensitiveText(std::move(*id));
    if (auto email = row_.text(F::email, 254)) person.email = SensitiveText(std::move(*email));
    if (const auto at = row_.columns().find(F::identifier))
      if (auto value = row_.at(*at, 100))
        person.identifier = Identifier{
            SensitiveText(row_.text(F::issuer, 250).value_or(row_.columns().at(*at).header)),
            SensitiveText(std::move(*value))};
    auto family = row_.text(F::family);
    if (family && row_.columns().has(F::birth_date)) {
      HumanName name;
      name.family = SensitiveText(std::move(*family));
      if (auto given = row_.text(F::given)) name.given.push_back(SensitiveText(std::move(*given)));
      if (auto second = row_.text(F::second_family))
        name.second_family = SensitiveText(std::move(*second));
      person.name = std::move(name);
      if (const auto born = row_.date(F::birth_date, dates_)) person.birth_date = Sensitive(*born);
    }
    const bool known = person.external_id || person.email || person.identifier ||
                       (person.name && person.birth_date);
    if (!known && row_.good())
      row_.problem_of(F::external_id, "required", "Nothing tells whose appointment it is.");
  }

  DateRules dates_;
  RowReader row_;
};

}  // namespace

std::optional<std::int32_t> read_time_of_day(std::string_view text) {
  text = trimmed(text);
  int add = 0;
  bool twelve = false;
  for (const auto& [tail, hours] :
       {std::pair{"am", 0}, {"AM", 0}, {"a.m.", 0}, {"pm", 12}, {"PM", 12}, {"p.m.", 12}})
    if (text.ends_with(tail)) {
      twelve = true;
      add = hours;
      text = trimmed(text.substr(0, text.size() - std::string_view(tail).size()));
      break;
    }
  std::array<int, 3> parts{};
  std::size_t count = 0;
  while (count < parts.size()) {
    const auto end = std::min(text.find(':'), text.size());
    const auto read = std::from_chars(text.data(), text.data() + end, parts[count]);
    if (read.ec != std::errc() || read.ptr != text.data() + end || end > 2) return std::nullopt;
    ++count;
    if (end == text.size()) {
      text = {};
      break;
    }
    text.remove_prefix(end + 1);
  }
  if (!text.empty() || count < 2 || parts[2] != 0) return std::nullopt;
  if (twelve && (parts[0] < 1 || parts[0] > 12)) return std::nullopt;
  if (twelve) parts[0] = parts[0] % 12 + add;
  if (parts[0] < 0 || parts[0] > 23 || parts[1] < 0 || parts[1] > 59) return std::nullopt;
  return parts[0] * 60 + parts[1];
}

Result<FileFacts> read_visits_csv(ByteSource& source, const ReadRules& rules, Findings& findings,
                                  const VisitSink& sink) {
  TRY(encoding, find_encoding(source));
  TRY(dates, survey_dates(source, encoding, FileKind::visits, rules, F::starts, findings));
  std::optional<Columns> columns;
  std::optional<VisitRows> rows;
  FileFacts facts;
  ENSURE(each_row(
      source, encoding,
      [&](const std::vector<std::string>& header) -> Result<void> {
        TRY(found, Columns::from_header(header, FileKind::visits, rules, findings));
        columns = std::move(found);
        rows.emplace(*columns, dates, findings);
        return {};
      },
      [&](CsvRow& row) {
        ++facts.rows;
        bool skipped = false;
        if (auto visit = rows->read(row, skipped)) sink(*visit);
        else if (skipped) ++facts.skipped;
      }));
  return facts;
}

Result<FileFacts> read_visits_ics(std::string_view text, const ReadRules&, Findings& findings,
                                  const VisitSink& sink) {
  // Times without a zone are kept as wall clock times: the place decides.
  TRY(readings, calendar::read_events(text, TimeZone::utc()));
  FileFacts facts;
  for (const calendar::EventReading& reading : readings) {
    ++facts.rows;
    const auto line = static_cast<std::int64_t>(reading.line);
    if (!reading.event) {
      findings.add({line, 0, reading.property, reading.rule,
                    "The event cannot be read: this property breaks the rule."});
      continue;
    }
    const calendar::ImportedEvent& event = *reading.event;
    if (event.status == calendar::EventStatus::cancelled ||
        event.length == calendar::EventLength::whole_days) {
      findings.note(line, "cancelled", "",
                    "Cancelled events, and those that last whole days, were left out.");
      ++facts.skipped;
      continue;
    }
    OldVisit visit;
    visit.line = line;
    visit.old_id = SensitiveText(event.uid);
    if (event.clock == calendar::EventClock::floating) visit.wall = event.wall;
    else visit.instant = event.starts;
    visit.minutes = (event.ends - event.starts).count() / 60'000'000;
    visit.service = event.summary.reveal();
    visit.location = event.location.reveal();
    visit.practitioner = event.organizer.reveal();
    if (!event.attendees.empty()) visit.person.email = event.attendees.front();
    if (!visit.person.email) {
      findings.add({line, 0, "ATTENDEE", "required", "Nothing tells whose appointment it is."});
      continue;
    }
    sink(visit);
  }
  if (facts.rows == 0) return fail(invalid_field("/file", "empty", "The calendar has no events."));
  return facts;
}

}  // namespace sealbook::importing
