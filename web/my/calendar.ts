// A calendar file (RFC 5545) made in the browser: time and place, in neutral words, because whoever
// sees the calendar sees this too.
import type { AppointmentView } from "../shared/api/operations.gen";

const stamp = (instant: string) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");
const escaped = (text: string) => text.replace(/[\\;,]/g, (char) => `\\${char}`).replaceAll("\n", "\\n");

export function calendarOf(visit: AppointmentView, summary: string, place: string): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sealbook//portal//EN", "BEGIN:VEVENT", `UID:${visit.id}@sealbook.invalid`, `SEQUENCE:${visit.version}`, `DTSTAMP:${stamp(new Date().toISOString())}`,
    `DTSTART:${stamp(visit.starts_at)}`, `DTEND:${stamp(visit.ends_at)}`, `SUMMARY:${escaped(summary)}`, `LOCATION:${escaped(place)}`, "CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
}

export function saveCalendar(visit: AppointmentView, summary: string, place: string): void {
  const url = URL.createObjectURL(new Blob([calendarOf(visit, summary, place)], { type: "text/calendar" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "visit.ics" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
