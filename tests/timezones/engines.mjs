// Answers the questions of a zones file with Temporal and with ical.js (which gets our VTIMEZONE).
//   node engines.mjs ZONES_FILE → one JSON line per engine and zone
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/package.json");
const { Temporal } = require("@js-temporal/polyfill");
const ICAL = require("ical.js").default ?? require("ical.js");

const temporal = {
  resolve: (local, zone) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds / 1000,
  offset: (at, zone) =>
    Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone).offsetNanoseconds / 1e9,
};

function icalZone(vtimezone) {
  const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${vtimezone}END:VCALENDAR\r\n`;
  const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vtimezone");
  return new ICAL.Timezone(component);
}
const ical = {
  resolve: (local, zone) => {
    const [year, month, day, hour, minute] = local.match(/\d+/g).map(Number);
    return new ICAL.Time({ year, month, day, hour, minute, second: 0, isDate: false }, zone).toUnixTime();
  },
  offset: (at, zone) => {
    const utc = ICAL.Time.fromJSDate(new Date(at * 1000), true);
    const there = utc.convertToZone(zone);
    return (Date.UTC(there.year, there.month - 1, there.day, there.hour, there.minute, there.second) - at * 1000) / 1000;
  },
};

console.log(JSON.stringify({ engine: "temporal", tzdata: process.versions.tz ?? "unknown" }));
for (const line of fs.readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
  const asked = JSON.parse(line);
  if (!asked.zone) continue;
  for (const [engine, { resolve, offset }] of Object.entries({ temporal, ical })) {
    const zone = engine === "ical" ? icalZone(asked.vtimezone) : asked.zone;
    let answer = { engine, zone: asked.zone };
    try {
      answer.locals = asked.locals.map(([local]) => resolve(local, zone));
      answer.instants = asked.instants.map(([at]) => offset(at, zone));
    } catch (problem) {
      answer = { engine, zone: asked.zone, unknown: String(problem.message) };
    }
    console.log(JSON.stringify(answer));
  }
}
