// The files of a synthetic organisation, written piece by piece: byte for byte the same for the
// same plan. Pure; the sink gets whole lines.
#pragma once

#include <functional>
#include <string_view>

#include "domain/scheduling/time_zone.hpp"
#include "domain/synth/people.hpp"

namespace sealbook::synth {

struct Plan {
  std::uint64_t seed = 1;
  std::size_t people = 100;
  std::size_t appointments = 0;
  std::size_t practitioners = 4;  // at least 1 when there are appointments
  std::size_t overlaps = 0;  // double bookings among the appointments: each over one other visit
  LocalDay first_day = local_day(std::chrono::year(2027) / 1 / 4);  // of the book
  std::string_view service = "Follow-up";
};
using Sink = std::function<void(std::string_view)>;

// external_id,given,family,second_family,birth_date,email,phone,language
void write_people_csv(const Plan& plan, const Sink& sink);
// FHIR R4 Patient resources.
void write_people_ndjson(const Plan& plan, const Sink& sink);

// An appointment of the old book: half an hour on weekdays from 9:00, fourteen a day and
// practitioner; the overlapping ones last twenty minutes and begin ten minutes into another.
struct Appointment {
  std::string old_id;  // "A-000001"
  LocalDateTime starts;
  std::int64_t minutes = 30;
  std::size_t practitioner = 0, person = 0;
};
Appointment appointment(const Plan& plan, std::size_t i);
// id,start,duration,practitioner,service,patient_id,given,family,birth_date
void write_appointments_csv(const Plan& plan, const Sink& sink);
// iCalendar with floating times; the attendee is the person, the organizer the practitioner's
// number.
void write_appointments_ics(const Plan& plan, const Sink& sink);

}  // namespace sealbook::synth
