// What the grid shows: a column for each resource on one day, or for each day of one resource, with
// the hours in which it is open and the visits side by side where they overlap.
import type { ScheduleView } from "../../shared/api/operations.gen";
import { dayOf, minuteOf, minutesBetween, type Day } from "../../shared/time/local";
import type { Visit } from "../data/visits";

export interface Column {
  id: string;
  resource: string;
  day: Day;
  title: string;
  hours: Array<[number, number]>;
  placed: Placed[];
}
export interface Placed { visit: Visit; from: number; until: number; lane: number; lanes: number }

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

function minuteOfText(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return hour * 60 + minute;
}

// The hours of a resource on a day; without any of its own, those of the place.
export function hoursOf(schedules: ScheduleView[], resource: string, place: string | undefined, day: Day): Array<[number, number]> {
  const name = weekdays[new Date(`${day}T12:00:00Z`).getUTCDay()];
  const holds = (schedule: ScheduleView) => schedule.active && (!place || schedule.location_id === place) && (!schedule.valid_from || schedule.valid_from <= day) && (!schedule.valid_until || day <= schedule.valid_until);
  const own = schedules.filter((schedule) => schedule.resource_id === resource && holds(schedule));
  const used = own.length > 0 || schedules.some((schedule) => schedule.resource_id === resource) ? own : schedules.filter((schedule) => !schedule.resource_id && holds(schedule));
  return used.flatMap((schedule) => {
    const override = schedule.overrides.find((each) => each.date === day);
    const hours = override ? override.hours : schedule.weekly.filter((each) => each.weekday === name);
    return hours.map((each): [number, number] => [minuteOfText(each.from), minuteOfText(each.until)]);
  }).sort((a, b) => a[0] - b[0]);
}

// A room has no hours of its own, as a rule: it is open from when the first at its place begins until
// the last ends.
export function hoursOfRoom(schedules: ScheduleView[], room: string, place: string | undefined, day: Day): Array<[number, number]> {
  const own = hoursOf(schedules, room, place, day);
  if (own.length > 0 || schedules.some((schedule) => schedule.resource_id === room)) return own;
  const all = [...new Set(schedules.map((schedule) => schedule.resource_id))].flatMap((each) => (each ? hoursOf(schedules, each, place, day) : []));
  return all.length === 0 ? [] : [[Math.min(...all.map((each) => each[0])), Math.max(...all.map((each) => each[1]))]];
}

// Overlapping visits share the width.
export function placedIn(visits: Visit[], resource: string, day: Day, zone: string): Placed[] {
  const all = visits.filter((visit) => visit.resource_ids.includes(resource) && dayOf(visit.starts_at, zone) === day)
    .map((visit): Placed => { const from = minuteOf(visit.starts_at, zone); return { visit, from, until: from + minutesBetween(visit.starts_at, visit.ends_at), lane: 0, lanes: 1 }; })
    .sort((a, b) => a.from - b.from || a.until - b.until);
  for (let i = 0; i < all.length;) {
    const group: Placed[] = [];
    let end = -1;
    for (let next = all[i]; next && (group.length === 0 || next.from < end); next = all[++i]) {
      group.push(next);
      end = Math.max(end, next.until);
    }
    const lanes: number[] = [];
    for (const each of group) {
      const free = lanes.findIndex((until) => until <= each.from);
      each.lane = free < 0 ? lanes.length : free;
      lanes[each.lane] = each.until;
    }
    for (const each of group) each.lanes = lanes.length;
  }
  return all;
}

// From when until when the grid runs: whole hours around what is open and what is booked.
export function range(columns: Column[]): [number, number] {
  const starts = columns.flatMap((column) => [...column.hours.map((each) => each[0]), ...column.placed.map((each) => each.from)]);
  const ends = columns.flatMap((column) => [...column.hours.map((each) => each[1]), ...column.placed.map((each) => each.until)]);
  return [Math.floor(Math.min(540, ...starts) / 60) * 60, Math.min(1440, Math.ceil(Math.max(1020, ...ends) / 60) * 60)];
}
