// Times that wait for somebody: held while the person is looked for, put aside, taken up again after
// a lock and a reload; people who come without an appointment, and those who are late.
import { check, run, same } from "../../pages/cases.mjs";
import { desktop, phone } from "../../pages/browser.mjs";
import { at, day, moveClock, onto, someone, stored, tabTo, until, visitOf } from "./at.mjs";

const both = [[desktop, "en"], [phone, "es"]];
const words = {
  en: { find: "Find the person", hold: /Held for you until/, book: "Book this time", aside: /^Put aside/, takeUp: /^Take up/, discard: /^Discard/, goOn: "Go on", walkIn: "Walk-in", late: /^\d+ min late$/ },
  es: { find: "Buscar a la persona", hold: /Guardada para usted hasta/, book: "Reservar esta hora", aside: /^Apartar/, takeUp: /^Retomar/, discard: /^Descartar/, goOn: "Seguir", walkIn: "Sin cita", late: /^\d+ min de retraso$/ },
};

const held = (page) => page.evaluate(() => JSON.parse(sessionStorage.getItem("bookings") ?? "null"));
async function pick(page, { service = 1, time = 3 } = {}) {
  await tabTo(page, page.locator(".service").nth(service));
  await page.keyboard.press("Enter");
  await page.locator(".times button").first().waitFor();
  await tabTo(page, page.locator(".times button").nth(time));
  await page.keyboard.press("Enter");
}
async function find(page, w, known) {
  await page.getByLabel(w.find).focus();
  await page.keyboard.type(`${known.name.family} ${known.birth_date}`);
  await page.locator(".found button").filter({ hasText: known.name.given[0] }).first().waitFor();
  await page.locator(".found button").filter({ hasText: known.name.given[0] }).first().focus();
  await page.keyboard.press("Enter");
}
const isOffered = async (demo, opening, service) => (await demo.api("scheduler", "POST", "/v1/openings/search", { service_id: service, from: opening.starts_at, to: new Date(Date.parse(opening.starts_at) + 60e3).toISOString(), practitioner_ids: [opening.practitioner_id], limit: 5 })).json.openings.some((each) => each.starts_at === opening.starts_at);

export async function parkStories(browser, demo) {
  for (const [size, language] of both) {
    const name = (what) => `${what}/${size.name}/${language}`, w = words[language];
    await run(name("a_time_is_held_while_the_person_is_looked_for"), async () => {
      const person = await at(browser, demo, "front_desk", "/desk/book", { size, language });
      const { page } = person;
      await pick(page);
      await page.getByText(w.hold).waitFor();
      await person.look("web-held");
      const { current } = await held(page);
      same(await isOffered(demo, current.held.opening, current.service), false, "whether others are offered the held time");
      const known = await someone(demo, size === phone ? 5 : 6);
      await find(page, w, known);
      await page.getByRole("button", { name: w.book }).and(page.locator(":focus")).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/visit=apt_/);
      const made = await stored(demo, { id: new URL(page.url()).searchParams.get("visit") });
      same(made.starts_at, current.held.opening.starts_at, "when it is");
      same(made.patient_id, known.id, "whose it is");
      same(await held(page), null, "what the window keeps of it");
      return person.end();
    });
    await run(name("a_booking_put_aside_survives_a_lock_and_a_reload"), async () => {
      const person = await at(browser, demo, "front_desk", "/desk/book", { size, language });
      const { page } = person;
      await pick(page, { time: 6 });
      await page.getByText(w.hold).waitFor();
      const known = await someone(demo, size === phone ? 8 : 9);
      const full = `${known.name.given.join(" ")} ${known.name.family}`;
      await find(page, w, known);
      await page.locator(".chosen").waitFor();
      await page.keyboard.press("F8");
      await page.locator(".aside").getByText(known.name.family).waitFor();
      await page.locator(".aside [role=timer]").waitFor();
      same(await page.locator(".chosen").count(), 0, "an empty form for the next person");
      await person.look("web-aside");
      const { parked: [before] } = await held(page);
      check(!JSON.stringify(await held(page)).includes(known.name.family), "only ids are kept");
      await page.keyboard.press("F9");
      await page.locator(".locked").waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".aside").getByText(known.name.family).waitFor();
      await page.reload();
      await page.locator(".aside").getByText(known.name.family).waitFor();
      await page.locator(".aside [role=timer]").waitFor();
      await tabTo(page, page.getByRole("button", { name: w.takeUp }));
      await page.keyboard.press("Enter");
      await page.locator(".chosen").getByText(full.split(" ")[0]).waitFor();
      await page.getByRole("button", { name: w.book }).and(page.locator(":focus")).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/visit=apt_/);
      const made = await stored(demo, { id: new URL(page.url()).searchParams.get("visit") });
      same(made.starts_at, before.held.opening.starts_at, "when it is");
      same(made.patient_id, known.id, "whose it is");
      return person.end();
    });
    await run(name("a_walk_in_is_booked_and_checked_in"), async () => {
      const person = await at(browser, demo, "front_desk", "/desk/", { size, language });
      const { page } = person;
      await page.locator(".visits").waitFor();
      await page.keyboard.press("w");
      await page.getByRole("heading", { name: w.walkIn }).waitFor();
      const known = await someone(demo, size === phone ? 11 : 12);
      await find(page, w, known);
      await page.locator("#what").waitFor();
      await pick(page, { time: 0 });
      await page.waitForURL(/visit=apt_/);
      const id = new URL(page.url()).searchParams.get("visit");
      const now = await until(() => stored(demo, { id }), (each) => each.status !== "booked");
      check(now.status === "arrived" || now.status === "checked-in", `its state: ${now.status}`);
      same(now.patient_id, known.id, "whose it is");
      await person.look("web-walk-in");
      return person.end();
    });
  }
  await run("what_is_let_go_is_free_again", async () => {
    const person = await at(browser, demo, "front_desk", "/desk/book");
    const { page } = person;
    await pick(page, { time: 8 });
    await page.getByText(words.en.hold).waitFor();
    const { current } = await held(page);
    await page.keyboard.press("F8");
    await tabTo(page, page.getByRole("button", { name: words.en.discard }));
    await page.keyboard.press("Enter");
    await until(() => isOffered(demo, current.held.opening, current.service), (is) => is);
    same(await held(page), null, "what the window keeps of it");
    return person.end();
  });
  await run("who_is_late_is_shown_as_late", async () => {
    const visit = await visitOf(demo, { inDays: 0 });
    const { now } = (await demo.api("scheduler", "GET", "/v1/me")).json;
    moveClock(demo, Date.parse(visit.starts_at) - Date.parse(now) + 12 * 60e3);
    await until(async () => (await demo.api("scheduler", "GET", "/v1/me")).json.now, (text) => text > visit.starts_at);
    const person = await at(browser, demo, "front_desk", `/desk/?day=${day(visit.starts_at)}`);
    const { page } = person;
    await onto(page, visit);
    await page.locator(`li[data-visit="${visit.id}"]`).getByText(words.en.late).waitFor();
    await person.look("web-late");
    await onto(page, visit);
    await page.keyboard.press("c");
    await until(() => stored(demo, visit), (each) => each.status !== "booked");
    await page.locator(`li[data-visit="${visit.id}"]`).getByText(words.en.late).waitFor({ state: "detached" });
    return person.end();
  });
}
