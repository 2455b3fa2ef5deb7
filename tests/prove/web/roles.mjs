// The other roles: coordinators, admins, auditors, and patients at their own pages.
import fs from "node:fs";
import { check, run, same } from "../../pages/cases.mjs";
import { desktop, phone } from "../../pages/browser.mjs";
import { at, stored, tabTo, until, visitOf } from "./at.mjs";

export async function workStories(browser, demo) {
  await run("invite_everybody_of_an_event", async () => {
    const event = demo.ready.tenants[0].events[0];
    const person = await at(browser, demo, "scheduler", `/desk/events/${event.id}`);
    const { page } = person;
    await page.locator(".counts").waitFor();
    await person.look("web-event");
    await tabTo(page, page.getByRole("button", { name: "Invite everybody" }));
    await page.keyboard.press("Enter");
    const counts = await until(async () => (await demo.api("scheduler", "GET", `/v1/events/${event.id}`)).json.people, (people) => people.invited === people.total);
    check(counts.total > 0, "people on the list");
    return person.end();
  });
  await run("an_import_is_tried_then_brought_in", async () => {
    const person = await at(browser, demo, "scheduler", "/desk/imports");
    const { page } = person;
    const csv = "given,family,birth_date,email\nOtto,Muestra,1970-02-03,otto@example.test\nPia,Muestra,not a date,pia@example.test\n";
    await page.setInputFiles("#file", { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByRole("button", { name: "See what would happen" }).click();
    await page.getByRole("cell", { name: "3", exact: true }).waitFor();
    await person.look("web-import");
    const search = async () => (await demo.api("scheduler", "POST", "/v1/patients/search", { text: "otto muestra" })).json.patients.length;
    same(await search(), 0, "people after the dry run");
    await page.getByRole("button", { name: "Bring it in" }).click();
    await until(search, (count) => count === 1);
    return person.end();
  });
}

export async function adminStories(browser, demo) {
  const adds = async (name, tab, open, fill, list) => run(`set_up_${name}`, async () => {
    const person = await at(browser, demo, "admin", "/desk/setup");
    await person.page.getByRole("radio", { name: tab, exact: true }).waitFor();
    await person.page.locator(".tab", { hasText: new RegExp(`^${tab}$`) }).click();
    await person.page.getByRole("button", { name: open }).click();
    await fill(person.page);
    await person.look(`web-setup-${name}`);
    await person.page.getByRole("button", { name: "Add", exact: true }).click();
    await until(async () => (await demo.api("admin", "GET", `/v1/${list}`)).json[list], (all) => all.some((each) => each.name === `A new ${name}` || each.weekly?.some((hours) => hours.from === "06:30")));
    return person.end();
  });
  const named = (name) => (page) => page.getByLabel("Name", { exact: true }).fill(`A new ${name}`);
  await adds("service", "Services", "New service", named("service"), "services");
  await adds("place", "Places", "New place", named("place"), "locations");
  await adds("practitioner", "Practitioners", "New practitioner", named("practitioner"), "practitioners");
  await adds("room", "Rooms", "New room", named("room"), "rooms");
  await adds("hours", "Hours", "Add hours", (page) => page.getByLabel("From", { exact: true }).fill("06:30"), "schedules");
  await run("a_template_is_written_beside_its_preview", async () => {
    const person = await at(browser, demo, "admin", "/desk/templates");
    const { page } = person;
    await page.getByRole("button", { name: "New template" }).click();
    await page.getByLabel("Subject").fill("A note from {{organisation.message_name}}");
    await page.getByLabel("Text").fill("Hello {{patient.name.given}}");
    await page.locator(".wrong").waitFor();
    await person.look("web-template-refused");
    await page.getByLabel("Text").fill("{{organisation.message_name}} has something for you: {{link}}. Questions? {{organisation.phone}}");
    await page.locator(".letter-card").waitFor();
    await person.look("web-template");
    return person.end();
  });
  await run("an_account_is_made_and_its_token_shown_once", async () => {
    const person = await at(browser, demo, "admin", "/desk/accounts");
    const { page } = person;
    const count = async () => (await demo.api("admin", "GET", "/v1/accounts")).json.accounts.length;
    const before = await count();
    await page.getByRole("button", { name: "New account" }).click();
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("dialog").waitFor();
    same(await count(), before + 1, "accounts");
    return person.end();
  });
}

export async function auditStories(browser, demo) {
  await run("an_entry_is_proven_in_the_browser_and_a_false_one_is_not", async () => {
    const person = await at(browser, demo, "auditor", "/desk/journal");
    const { page } = person;
    await page.getByLabel("Action").fill("appointment.booked");
    await until(() => page.locator("tbody .badge").allInnerTexts(), (all) => all.length > 0 && all.every((text) => text === "appointment.booked"));
    await page.getByRole("button", { name: /^Verify/ }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByText("Yes. The root that this browser computed").waitFor();
    await person.look("web-proof");
    await page.keyboard.press("Escape");
    await page.route("**/v1/audit/proofs/inclusion*", async (route) => {
      const answer = await route.fetch();
      const proof = await answer.json();
      const entry = Buffer.from(proof.entry, "base64");
      entry[20] ^= 1;
      await route.fulfill({ response: answer, json: { ...proof, entry: entry.toString("base64") } });
    });
    await page.getByRole("button", { name: /^Verify/ }).nth(1).click();
    await page.getByText("No. The computed root is not").waitFor();
    return person.end();
  });
  await run("controls_with_the_age_of_their_evidence", async () => {
    const person = await at(browser, demo, "auditor", "/desk/controls");
    const { page } = person;
    const wanted = (await demo.api("auditor", "GET", "/v1/controls")).json.controls;
    await page.locator(".control").first().waitFor();
    same(await page.locator(".control").count(), wanted.length, "controls on the page");
    await page.getByLabel("Search").fill("ENC-01");
    await page.locator(".control summary").first().click();
    await person.look("web-controls");
    return person.end();
  });
}

export async function myStories(browser, demo) {
  const me = (await demo.api("patient", "GET", "/v1/me")).json;
  for (const [size, language, t] of [
    [phone, "en", { coming: "I am coming", move: "Move", cancel: "Cancel", yes: "Yes, cancel it", calendar: "Add to calendar" }],
    [desktop, "es", { coming: "Sí, iré", move: "Cambiar", cancel: "Cancelar", yes: "Sí, cancelarla", calendar: "Añadir al calendario" }],
  ])
    await run(`my_visit_confirm_move_cancel_${size.name}_${language}`, async () => {
      const visit = await visitOf(demo, { patient: me.patient_id, inDays: size === phone ? 30 : 40 });
      const person = await at(browser, demo, "patient", "/my", { size, language });
      const { page } = person;
      const mine = page.locator("article").filter({ has: page.locator(`time[datetime="${visit.starts_at}"]`) });
      await mine.waitFor();
      await person.look("web-my");
      const [file] = await Promise.all([page.waitForEvent("download"), mine.getByRole("button", { name: t.calendar }).click()]);
      const calendar = fs.readFileSync(await file.path(), "utf8");
      check(calendar.includes(`DTSTART:${visit.starts_at.replace(/[-:]/g, "")}`), "the start in the calendar file");
      check(!calendar.includes(visit.person.name.family), "nobody's name in the calendar file");
      await mine.getByRole("button", { name: t.coming }).click();
      await until(() => stored(demo, visit), (now) => now.participant_status === "accepted");
      await mine.getByRole("button", { name: t.move }).click();
      await mine.locator(".times button").nth(2).waitFor();
      await person.look("web-my-move");
      await mine.locator(".times button").nth(2).click();
      const moved = await until(() => stored(demo, visit), (now) => now.starts_at !== visit.starts_at || now.practitioner_id !== visit.practitioner_id);
      const there = page.locator("article").filter({ has: page.locator(`time[datetime="${moved.starts_at}"]`) });
      await there.getByRole("button", { name: t.cancel }).click();
      await page.getByRole("alertdialog").waitFor();
      await person.look("web-my-cancel");
      await page.getByRole("button", { name: t.yes }).click();
      same((await until(() => stored(demo, visit), (now) => now.status === "cancelled")).cancel_reason, "patient_request", "the reason");
      return person.end();
    });
  await run("my_booking", async () => {
    const before = (await demo.visits()).filter((visit) => visit.patient_id === me.patient_id).length;
    const person = await at(browser, demo, "patient", "/my/book", { size: phone });
    await person.page.locator(".service").nth(1).click();
    await person.page.locator(".times button").nth(3).click();
    await person.page.waitForURL(/\/my$/);
    await until(async () => (await demo.visits()).filter((visit) => visit.patient_id === me.patient_id).length, (count) => count === before + 1);
    return person.end();
  });
}
