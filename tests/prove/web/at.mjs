// People at the app: signed in with a role, on a page, with the guards of tests/pages on.
import fs from "node:fs";
import { Person, desktop } from "../../pages/browser.mjs";

export const words = {
  en: { checkIn: "Check in", find: "Find the person", register: "Register", newPerson: "Register a new person", given: "Given names", family: "Family name", birth: "Birth date", book: "Book this time", own: "Choose a time yourself",
    check: "Check this time", cancelNow: "Cancel this visit", clinic: "We asked for it", undone: "Undone.", move: "Move", give: "Give it to them", giveTo: "Who takes it?", note: "Note", saveNote: "Save note", why: "Why is the rule set aside?", walkIn: "Walk-in", free: "This time is free." },
  es: { checkIn: "Registrar llegada", find: "Buscar a la persona", register: "Registrar", newPerson: "Registrar a una persona nueva", given: "Nombre", family: "Primer apellido", birth: "Fecha de nacimiento", book: "Reservar esta hora", own: "Elegir la hora usted",
    check: "Comprobar esta hora", cancelNow: "Cancelar esta cita", clinic: "Lo pedimos nosotros", undone: "Deshecho.", move: "Cambiar hora", give: "Dársela", giveTo: "¿Quién la toma?", note: "Nota", saveNote: "Guardar nota", why: "¿Por qué se salta la regla?", walkIn: "Sin cita", free: "Esta hora está libre." },
};

export async function at(browser, demo, role, where, { size = desktop, language = "en", scheme = "light", tenant = 0 } = {}) {
  const person = await Person.of(browser, demo, { size, language, scheme });
  person.t = words[language];
  person.page.setDefaultTimeout(20000);
  if (role) await signIn(person, demo, role, tenant);
  await person.go(where);
  await person.page.waitForSelector("h1");
  return person;
}

// As a role's link of the demo signs people in: its page sends the form, and the session's cookie is this browser's.
async function signIn(person, demo, role, tenant) {
  await person.page.goto(demo.ready.tenants[tenant].accounts[role].sign_in);
  await person.page.waitForURL(/\/(desk|my)\//);
}

export const day = (instant, zone = "America/New_York") => new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(new Date(instant));

// A visit of a story's own, booked through the API; never two stories on one.
let taken = 0;
export async function visitOf(demo, { service = 1, place, inDays = 1 + (taken++ % 20), patient, tenant = 0 } = {}) {
  const me = (await demo.api("scheduler", "GET", "/v1/me", null, tenant)).json;
  const from = new Date(Date.parse(me.now) + inDays * 86400e3).toISOString(), to = new Date(Date.parse(me.now) + (inDays + 6) * 86400e3).toISOString();
  const service_id = demo.ready.tenants[tenant].services[service].id;
  const locations = (await demo.api("scheduler", "GET", "/v1/locations", null, tenant)).json.locations;
  const location_id = place ?? locations.find((each) => each.name === "Harbour Street")?.id ?? locations[0].id;
  const { openings } = (await demo.api("scheduler", "POST", "/v1/openings/search", { service_id, from, to, location_id, limit: 50 }, tenant)).json;
  const who = patient ?? (await someone(demo, taken)).id;
  for (const opening of openings.slice(taken % 7)) {
    const made = await demo.api("scheduler", "POST", "/v1/appointments", { offer: opening.offer, patient_id: who }, tenant);
    if (made.status === 201) return { ...made.json, person: (await demo.api("scheduler", "GET", `/v1/patients/${who}`, null, tenant)).json };
  }
  throw new Error("no visit could be booked for the story");
}

export async function someone(demo, nth = 0) {
  const { patients } = (await demo.api("scheduler", "POST", "/v1/patients/search", { text: ["mus", "sam", "exem", "demo", "voor"][nth % 5] })).json;
  return patients[nth % patients.length];
}

export const stored = async (demo, visit, tenant = 0) => (await demo.api("scheduler", "GET", `/v1/appointments/${visit.id}`, null, tenant)).json;

// The demo's clock, on by so much.
export function moveClock(demo, ms) {
  const before = Number(fs.existsSync(demo.ready.clock) ? fs.readFileSync(demo.ready.clock, "utf8") : 0);
  fs.writeFileSync(demo.ready.clock, String(Math.round(before + ms / 1000)));
}

// Waits until the server has stored what the person did.
export async function until(what, holds, within = 10000) {
  const end = Date.now() + within;
  for (;;) {
    const found = await what();
    if (holds(found)) return found;
    if (Date.now() > end) throw new Error(`waited in vain; the last was ${JSON.stringify(found)?.slice(0, 300)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

// By keyboard: onto a visit of the day's list.
export async function onto(page, visit) {
  await page.locator(`#open-${visit.id}`).waitFor();
  await page.locator(`#open-${visit.id}`).focus();
}

// The newest change is taken back by key. The server stores a change before the page hears of it, so
// the page's own offer is awaited: a key that comes earlier has nothing to take back.
export async function undo(page) {
  await page.locator(".said .button kbd").last().waitFor();
  await page.keyboard.press("Control+z");
}

export async function tabTo(page, locator, most = 120) {
  const wanted = await locator.elementHandle();
  for (let i = 0; i < most; i++) {
    if (await page.evaluate((element) => element === document.activeElement || element.contains(document.activeElement), wanted)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the keyboard does not reach " + (await locator.innerText()));
}
