// Times as people read them, on the clock of the place and in the language of the page.
import { useMemo } from "react";
import { localeOf, useLanguage } from "../text/text";
import type { Day } from "./local";

export interface Format {
  time(instant: string, zone: string): string; // 9:30
  day(day: Day): string; // Wednesday 25 November
  shortDay(day: Day): string; // Wed 25
  date(day: Day): string; // 25 Nov 2026
  moment(instant: string, zone?: string): string; // 25 Nov 2026, 9:30
  clock(minute: number): string; // of a wall clock
  zone(zone: string): string; // "New York time"
  number(value: number): string;
}

function formatIn(locale: string, spanish: boolean): Format {
  const cached = new Map<string, Intl.DateTimeFormat>();
  const formatter = (options: Intl.DateTimeFormatOptions) => {
    const key = JSON.stringify(options);
    const found = cached.get(key) ?? new Intl.DateTimeFormat(locale, options);
    cached.set(key, found);
    return found;
  };
  const noon = (day: Day) => new Date(`${day}T12:00:00Z`);
  const hours: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
  return {
    time: (instant, zone) => formatter({ ...hours, timeZone: zone }).format(new Date(instant)),
    day: (day) => formatter({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(noon(day)),
    shortDay: (day) => formatter({ weekday: "short", day: "numeric", timeZone: "UTC" }).format(noon(day)),
    date: (day) => formatter({ day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(noon(day)),
    moment: (instant, zone) => formatter({ day: "numeric", month: "short", year: "numeric", ...hours, timeZone: zone }).format(new Date(instant)),
    clock: (minute) => formatter({ ...hours, timeZone: "UTC" }).format(new Date(Date.UTC(2000, 0, 1, 0, minute))),
    zone: (zone) => {
      const city = zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
      return spanish ? `hora de ${city}` : `${city} time`;
    },
    number: (value) => new Intl.NumberFormat(locale).format(value),
  };
}

export function useFormat(): Format {
  const spoken = useLanguage();
  return useMemo(() => formatIn(localeOf(spoken), spoken === "es"), [spoken]);
}
