#include "domain/calendar/visit_ics.hpp"

#include "domain/calendar/content_lines.hpp"
#include "domain/calendar/vtimezone.hpp"

namespace sealbook::calendar {
namespace {

void append_time(ContentLines& out, std::string_view name, Instant at, const VisitEvent& event,
                 bool in_zone) {
  if (in_zone) out.value(name, local_clock_text(at, event.zone), {{"TZID", event.zone.id()}});
  else out.value(name, utc_text(at));
}

}  // namespace

std::string_view neutral_summary(messages::Locale locale) {
  return locale == messages::Locale::es ? "Cita" : "Appointment";
}

std::string_view content_type(Method method) {
  return method == Method::cancel ? "text/calendar; charset=utf-8; method=CANCEL"
                                  : "text/calendar; charset=utf-8; method=REQUEST";
}

Result<std::string> visit_ics(const VisitEvent& event, Method method) {
  TRY(uid, checked_uid(event.uid));
  TRY(organizer, mailto(event.organizer_address, "/organizer_address"));
  TRY(attendee, mailto(event.attendee_address, "/attendee_address"));
  // Both ends in one form: some readers refuse a start in a zone with an end in UTC.
  const bool in_zone = reads_back(event.starts, event.zone) && reads_back(event.ends, event.zone);
  const bool cancelled = method == Method::cancel;

  ContentLines out;
  out.begin("VCALENDAR");
  out.value("VERSION", "2.0");
  out.value("PRODID", "-//sealbook//sealbook//EN");
  out.value("CALSCALE", "GREGORIAN");
  out.value("METHOD", cancelled ? "CANCEL" : "REQUEST");
  if (in_zone) append_vtimezone(out, event.zone, {event.starts, event.ends});
  out.begin("VEVENT");
  out.value("UID", uid);
  out.value("SEQUENCE", std::to_string(event.sequence));
  out.value("DTSTAMP", utc_text(event.stamp));
  append_time(out, "DTSTART", event.starts, event, in_zone);
  append_time(out, "DTEND", event.ends, event, in_zone);
  out.text("SUMMARY", event.summary);
  if (!event.location.empty()) out.text("LOCATION", event.location);
  out.value("CLASS", "PRIVATE");
  out.value("STATUS", cancelled ? "CANCELLED" : "CONFIRMED");
  out.value("TRANSP", cancelled ? "TRANSPARENT" : "OPAQUE");
  if (event.organizer_name.empty()) out.value("ORGANIZER", organizer);
  else out.value("ORGANIZER", organizer, {{"CN", event.organizer_name}});
  out.value("ATTENDEE", attendee,
            {{"CUTYPE", "INDIVIDUAL"},
             {"ROLE", "REQ-PARTICIPANT"},
             {"PARTSTAT", "NEEDS-ACTION"},
             {"RSVP", cancelled ? "FALSE" : "TRUE"}});
  out.end("VEVENT");
  out.end("VCALENDAR");
  return out.take();
}

}  // namespace sealbook::calendar
