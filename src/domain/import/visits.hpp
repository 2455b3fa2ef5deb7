// Appointments of another scheduler, as its export has them: nothing of ours is known here yet.
//
// A start is a wall clock time (the place's zone is found later) or, with an offset, an instant.
// Cancelled ones are skipped and noted. Threads: one.
#pragma once

#include "domain/import/people.hpp"
#include "domain/scheduling/time_zone.hpp"

namespace sealbook::importing {

// Whose appointment it is, by whatever the old system tells.
struct PersonReference {
  std::optional<SensitiveText> external_id, email;
  std::optional<Identifier> identifier;
  std::optional<HumanName> name;  // counts only together with the birth date
  std::optional<Sensitive<std::chrono::year_month_day>> birth_date;
};

struct OldVisit {
  std::int64_t line = 0;
  SensitiveText old_id;
  std::optional<LocalDateTime> wall;  // one of the two
  std::optional<Instant> instant;
  std::int64_t minutes = 0;
  std::string practitioner, service, location;  // the old system's names; empty: not told
  PersonReference person;
  std::optional<SensitiveText> note;
};
using VisitSink = std::function<void(OldVisit&)>;

Result<FileFacts> read_visits_csv(ByteSource& source, const ReadRules& rules, Findings& findings,
                                  const VisitSink& sink);
// iCalendar needs the whole text. SUMMARY names the service, ORGANIZER or LOCATION what they say,
// an attendee's address the person.
Result<FileFacts> read_visits_ics(std::string_view text, const ReadRules& rules, Findings& findings,
                                  const VisitSink& sink);

// "9:30", "09:30:00", "9:30 PM"; minutes since midnight.
std::optional<std::int32_t> read_time_of_day(std::string_view text);

}  // namespace sealbook::importing
