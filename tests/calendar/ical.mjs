// Reads the files of a calendars list with ical.js and says what it found.
//   node ical.mjs FILE → one JSON line per file
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/package.json");
const ICAL = require("ical.js").default ?? require("ical.js");

const shape = (component) => [
  component.name.toUpperCase(),
  component.getAllProperties().map((property) => property.name.toUpperCase()),
  component.getAllSubcomponents().map(shape),
];

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const event = calendar.getFirstSubcomponent("vevent");
  const when = (name) => event.getFirstPropertyValue(name).toUnixTime();
  return {
    shape: shape(calendar),
    method: calendar.getFirstPropertyValue("method"),
    summary: event.getFirstPropertyValue("summary"),
    location: event.getFirstPropertyValue("location"),
    organizer_name: event.getFirstProperty("organizer")?.getParameter("cn"),
    attendee: event.getFirstPropertyValue("attendee"),
    sequence: event.getFirstPropertyValue("sequence"),
    uid: event.getFirstPropertyValue("uid"),
    status: event.getFirstPropertyValue("status"),
    starts: when("dtstart"),
    ends: when("dtend"),
  };
}

for (const line of fs.readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
  const { ics } = JSON.parse(line);
  try {
    console.log(JSON.stringify(read(ics)));
  } catch (problem) {
    console.log(JSON.stringify({ broken: String(problem.message).slice(0, 200) }));
  }
}
