// Days and minutes on the clock of a place. An instant is an RFC 3339 text, a day "2026-11-25".
import { CalendarDateTime, parseAbsolute, parseDate, toZoned } from "@internationalized/date";

export type Day = string;

export function dayOf(instant: string | Date, zone: string): Day {
  return parseAbsolute(text(instant), zone).toString().slice(0, 10);
}

// Minutes since midnight as the clock on the wall shows it.
export function minuteOf(instant: string | Date, zone: string): number {
  const local = parseAbsolute(text(instant), zone);
  return local.hour * 60 + local.minute;
}

// The instant at which that clock shows this; in a gap, the first one after it.
export function instantAt(day: Day, minute: number, zone: string): string {
  const date = parseDate(day).add({ days: Math.floor(minute / 1440) });
  const inDay = ((minute % 1440) + 1440) % 1440;
  const local = new CalendarDateTime(date.year, date.month, date.day, Math.floor(inDay / 60), inDay % 60);
  return toZoned(local, zone).toAbsoluteString().replace(".000Z", "Z");
}

export function addDays(day: Day, days: number): Day {
  return parseDate(day).add({ days }).toString();
}

export function daysFrom(day: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, i) => addDays(day, i));
}

export function mondayOf(day: Day): Day {
  return addDays(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));
}

export function isDay(value: unknown): value is Day {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

export function minutesBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 60000);
}

function text(instant: string | Date): string {
  return typeof instant === "string" ? instant : instant.toISOString();
}
