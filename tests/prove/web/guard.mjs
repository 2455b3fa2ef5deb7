// What the screen shows of people, and what stays of them: the lock, the blank screen, signing out,
// hidden names, paper.
import { check, run, same } from "../../pages/cases.mjs";
import { desktop, phone } from "../../pages/browser.mjs";
import { at, day, onto, tabTo, until, visitOf } from "./at.mjs";

const both = [[desktop, "en"], [phone, "es"]];
const words = {
  en: { hidden: "Name hidden", goOn: "Go on", all: /^Show \d+ names?/, note: "Note", locked: "Locked", signOut: "Sign out", blank: "Blank the screen", site: "This is my site", born: "Nov", lockIt: "lock" },
  es: { hidden: "Nombre oculto", goOn: "Seguir", all: /^Mostrar \d+ nombres?/, note: "Nota", locked: "Bloqueada", signOut: "Cerrar sesión", blank: "Ocultar la pantalla", site: "Esta es mi sede", lockIt: "bloq" },
};

const namesOn = (page) => page.locator(".visit-open:not(.masked)").allInnerTexts();
async function namedToday(browser, demo, options = {}) {
  const person = await at(browser, demo, "front_desk", "/desk/", options);
  await person.page.locator(".visits").waitFor();
  const names = await until(() => namesOn(person.page), (all) => all.length > 2 && all.every((name) => name !== "…"));
  return { person, page: person.page, names, w: words[options.language ?? "en"] };
}

// Everything that the browser keeps of a page, as one text.
const kept = (page) => page.evaluate(async () => {
  const stores = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, document.title, location.href, JSON.stringify(history.state)];
  return [document.documentElement.outerHTML, ...stores, ...(await caches.keys()), ...(await indexedDB.databases()).map((each) => each.name)].join("\n");
});
async function nothingOf(page, names, where) {
  const all = await kept(page);
  for (const name of names) check(!all.includes(name), `a name stays in the page or its stores ${where}`);
}
// Nobody touches the page for so long: its clock is put on.
async function idle(page, minutes) {
  await page.clock.install();
  await page.clock.fastForward(minutes * 60e3);
}

export async function guardStories(browser, demo) {
  for (const [size, language] of both) {
    const name = (what) => `${what}/${size.name}/${language}`;
    await run(name("nobody_there_locks_and_keeps_what_was_typed"), async () => {
      const { person, page, names, w } = await namedToday(browser, demo, { size, language });
      await page.locator(".visit-open").first().focus();
      await page.keyboard.press("Enter");
      await page.getByLabel(w.note, { exact: true }).fill("Half a note, not yet saved");
      // Half a minute before, it says so; a key is enough to stay.
      await idle(page, 4.6);
      await page.locator(".banner.soon").waitFor();
      await person.look("web-lock-soon");
      await page.keyboard.press("Shift");
      await page.locator(".banner.soon").waitFor({ state: "detached" });
      await page.clock.fastForward(6 * 60e3);
      await page.getByRole("heading", { name: w.locked }).waitFor();
      await nothingOf(page, [...names, "Half a note"], "after the lock");
      await person.look("web-locked");
      // What is read again is asked anew: with a silent server the page knows nobody.
      await page.route(/\/v1\/(patients|appointments)/, (route) => route.abort());
      await page.keyboard.press("Enter");
      await page.locator("h1").filter({ hasNotText: w.locked }).waitFor();
      await page.waitForTimeout(400);
      await nothingOf(page, names, "after unlocking without a server");
      await page.unroute(/\/v1\/(patients|appointments)/);
      await page.getByLabel(w.note, { exact: true }).waitFor();
      same(await page.getByLabel(w.note, { exact: true }).inputValue(), "Half a note, not yet saved", "what was typed");
      person.complaints = person.complaints.filter((each) => !/ERR_FAILED/.test(each));
      return person.end();
    });
    await run(name("one_key_blanks_every_window_and_a_reload_does_not_lift_it"), async () => {
      const { person, page, names, w } = await namedToday(browser, demo, { size, language });
      const other = await person.context.newPage();
      await other.goto(demo.url + "/desk/");
      await until(() => namesOn(other), (all) => all.length > 2 && all.every((text) => text !== "…"));
      await page.keyboard.press("b");
      await page.locator("#who").waitFor();
      await page.keyboard.type("exem");
      await page.locator(".found button").first().waitFor();
      const found = await page.locator(".found button > span:first-child").allInnerTexts();
      await page.keyboard.press("F9");
      same(await page.locator(".locked").count(), 1, "the blank page, at once");
      await nothingOf(page, [...names, ...found], "after the key");
      await person.look("web-blank");
      await other.locator(".locked").waitFor();
      await nothingOf(other, names, "in the other window");
      await page.reload();
      await page.locator(".locked").waitFor();
      await nothingOf(page, names, "after a reload");
      await page.getByRole("button", { name: w.goOn }).press("Enter");
      await page.locator("#who").waitFor();
      await other.locator(".visits").waitFor();
      return person.end();
    });
    await run(name("signing_out_leaves_nobody_behind_and_back_shows_nobody"), async () => {
      const { person, page, names, w } = await namedToday(browser, demo, { size, language });
      await page.keyboard.press("b");
      await page.locator("#who").waitFor();
      await page.keyboard.press("Escape");
      await page.locator("#what").focus();
      await page.keyboard.press("d");
      await page.locator(".visits").waitFor();
      if (size === phone) await page.locator(".top .only-small button").press("Enter");
      await page.getByRole("button", { name: w.signOut }).press("Enter");
      await page.waitForURL(/\/sign-in/);
      await nothingOf(page, names, "after signing out");
      await page.goBack();
      await page.waitForTimeout(1200);
      await nothingOf(page, names, "after going back");
      return person.end();
    });
    await run(name("names_elsewhere_are_hidden_until_one_asks"), async () => {
      const visit = await visitOf(demo, { inDays: 3 });
      const person = await at(browser, demo, "front_desk", `/desk/?day=${day(visit.starts_at)}`, { size, language });
      const { page } = person;
      const w = words[language];
      let asked = 0;
      page.on("request", (request) => { if (request.url().endsWith("/v1/patients/search")) asked += 1; });
      const journal = async () => (await demo.api("auditor", "GET", "/v1/audit/entries?action=patient.searched&limit=100")).json.entries;
      await onto(page, visit);
      const newest = await until(async () => Math.max(-1, ...(await journal()).map((entry) => entry.index)), () => true);
      const all = await page.locator(".visit-open").allInnerTexts();
      check(all.every((text) => text === w.hidden), `every name is hidden: ${all}`);
      same(asked, 0, "questions for names");
      await person.look("web-masked");
      await onto(page, visit);
      await page.keyboard.press("r");
      await until(() => page.locator(`#open-${visit.id}`).innerText(), (text) => text.includes(visit.person.name.family));
      same(asked, 1, "questions for names after one key");
      const lines = await until(async () => (await journal()).filter((entry) => entry.index > newest), (some) => some.length > 0);
      same(lines.length, 1, "lines in the journal");
      same(lines[0].subject_count, 1, "people in that line");
      if (all.length > 1) {
        await page.keyboard.press("Shift+R");
        await until(() => page.locator(".visit-open").allInnerTexts(), (texts) => texts.every((text) => text !== w.hidden && text !== "…"));
      }
      return person.end();
    });
  }
  await run("names_of_another_site_are_hidden", async () => {
    const { person, page, w } = await namedToday(browser, demo);
    const places = (await demo.api("front_desk", "GET", "/v1/locations")).json.locations;
    const first = (await demo.visits())[0];
    const site = places.find((place) => place.id === first.location_id);
    await page.locator(".place-bar select").selectOption(site.id);
    await page.getByRole("button", { name: w.site }).press("Enter");
    await page.locator(".place-bar .badge").waitFor();
    await person.look("web-site");
    await page.locator(".place-bar select").selectOption("");
    const rows = await until(() => page.locator("li[data-visit]").evaluateAll((all) => all.map((row) => ({ id: row.dataset.visit, masked: row.querySelector(".masked") !== null }))), (all) => all.some((row) => row.masked));
    const where = new Map((await demo.visits()).map((visit) => [visit.id, visit.location_id]));
    for (const row of rows.filter((each) => where.has(each.id))) same(row.masked, where.get(row.id) !== site.id, "whether a name is hidden");
    return person.end();
  });
  await run("the_palette_locks_and_only_the_same_person_finds_the_drafts", async () => {
    const { person, page, names, w } = await namedToday(browser, demo);
    await page.keyboard.press("Control+k");
    await page.getByRole("searchbox").waitFor();
    await page.keyboard.type("lock the");
    await page.locator(".option[data-focused]").filter({ hasText: "Lock the screen" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: w.locked }).waitFor();
    await nothingOf(page, names, "after locking");
    await page.keyboard.press("Enter");
    await page.locator(".visits").waitFor();
    await page.keyboard.press("b");
    const note = page.locator("#what ~ * textarea");
    await note.fill("Typed by the first of two");
    await page.keyboard.press("F9");
    await page.keyboard.press("Enter");
    await note.waitFor();
    same(await note.inputValue(), "Typed by the first of two", "what the same person finds");
    // A colleague signs in on this computer while it is locked.
    const session = await page.evaluate(() => fetch("/v1/session").then((each) => each.json()));
    await page.keyboard.press("F9");
    await page.route("**/v1/session", (route) => route.fulfill({ json: { ...session, account: { ...session.account, id: session.account.id.replace(/.{4}$/, "0000") } } }));
    await page.keyboard.press("Enter");
    await note.waitFor();
    same(await note.inputValue(), "", "what a colleague finds");
    return person.end();
  });
  await run("an_ended_session_locks_and_keeps_what_was_typed", async () => {
    const { person, page, names } = await namedToday(browser, demo);
    await page.locator(".visit-open").first().focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Note", { exact: true }).fill("Half a note");
    await page.route("**/v1/appointments/revision*", (route) => route.fulfill({ status: 401, contentType: "application/problem+json", json: { type: "/problems/unauthenticated", title: "Who is there?", status: 401, instance: "req_1" } }));
    await page.getByRole("heading", { name: "You are signed out" }).waitFor();
    await nothingOf(page, [...names, "Half a note"], "after the session has ended");
    await person.look("web-ended");
    await page.unroute("**/v1/appointments/revision*");
    await page.keyboard.press("Enter");
    await page.getByLabel("Note", { exact: true }).waitFor();
    same(await page.getByLabel("Note", { exact: true }).inputValue(), "Half a note", "what was typed");
    return person.end();
  });
  await run("a_patients_page_locks_too", async () => {
    const person = await at(browser, demo, "patient", "/my/me", { size: phone });
    const { page } = person;
    await page.locator(".facts").first().waitFor();
    const name = await page.locator(".facts dd").first().innerText();
    await idle(page, 11);
    await page.getByRole("heading", { name: "Locked" }).waitFor();
    await nothingOf(page, [name, "example.test"], "after the lock");
    await page.keyboard.press("Enter");
    await page.getByText(name).first().waitFor();
    return person.end();
  });
  await paper(browser, demo);
}

async function paper(browser, demo) {
  const stub = (page) => page.evaluate(() => { window.print = () => { window.printed = document.querySelector(".paper").innerText; }; });
  const printed = (page) => until(() => page.evaluate(() => window.printed), (text) => typeof text === "string");
  const onPaper = async (person, name) => {
    await person.page.emulateMedia({ media: "print" });
    await person.shoot(name);
    const text = await person.page.evaluate(() => document.body.innerText);
    await person.page.emulateMedia({ media: "screen" });
    return text;
  };
  for (const [language, title, notice] of [["en", "Day sheet", "not for printing"], ["es", "Hoja del día", "no se imprime"]])
    await run(`the_day_sheet_is_printed_by_one_key/${language}`, async () => {
      const { person, page, names } = await namedToday(browser, demo, { language });
      const bare = await onPaper(person, "web-paper-notice");
      check(bare.includes(notice) && names.every((name) => !bare.includes(name)), "the page itself prints as a notice");
      await stub(page);
      await page.keyboard.press("p");
      const text = await printed(page);
      check(text.includes(title), "the title");
      const shown = await page.locator(".visit-open").count();
      same((text.match(/☐/g) ?? []).length, shown, "rows on paper");
      const family = names[0].split(" ").at(-1);
      check(text.includes(family), "who is awaited");
      const more = await page.locator(".visit-who .small").first().innerText();
      for (const part of more.split(" · ")) check(!text.includes(part), "birth date and phone stay off paper");
      const services = (await demo.api("front_desk", "GET", "/v1/services")).json.services;
      for (const service of services) check(!text.includes(service.name), "the service stays off paper");
      check(/\([0-9a-z]{6}\) · .*2026.* · /.test(text), "who printed it and when");
      await onPaper(person, "web-paper-day");
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      await until(() => page.evaluate(() => document.querySelector(".paper").innerText), (now) => !now.includes(family));
      return person.end();
    });
  await run("an_appointment_card_is_printed_by_one_key_without_name_or_service", async () => {
    const visit = await visitOf(demo, { inDays: 4 });
    const person = await at(browser, demo, "front_desk", `/desk/?day=${day(visit.starts_at)}`);
    const { page } = person;
    await onto(page, visit);
    await stub(page);
    await page.keyboard.press("r");
    await page.keyboard.press("a");
    const text = await printed(page);
    const tenant = (await demo.api("front_desk", "GET", "/v1/tenant")).json;
    check(text.includes(tenant.phone), "whom to call");
    check(!text.includes(visit.person.name.family), "nobody's name");
    const { services } = (await demo.api("front_desk", "GET", "/v1/services")).json;
    for (const service of services) check(!text.includes(service.name), "no service");
    await onPaper(person, "web-paper-card");
    return person.end();
  });
  await run("the_app_stays_small", async () => {
    const sizes = {};
    for (const [role, where, most] of [["front_desk", "/desk/", 200_000], ["patient", "/my", 190_000]]) {
      let bytes = 0;
      const person = await at(browser, demo, role, "/sign-in");
      const debug = await person.context.newCDPSession(person.page);
      await debug.send("Network.enable");
      const scripts = new Set();
      debug.on("Network.responseReceived", ({ requestId, type }) => { if (type === "Script") scripts.add(requestId); });
      debug.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => { if (scripts.has(requestId)) bytes += encodedDataLength; });
      await debug.send("Network.clearBrowserCache");
      await person.go(where);
      await person.page.locator("h1").waitFor();
      await person.page.waitForTimeout(500);
      sizes[where] = bytes;
      check(bytes > 50_000 && bytes <= most, `compressed script of ${where}: ${bytes} of ${most} bytes`);
      await person.end();
    }
    return [];
  });
}
