// Booking and the grid: by keyboard alone, and with the pointer where there is one.
import { check, run, same } from "../../pages/cases.mjs";
import { desktop, phone } from "../../pages/browser.mjs";
import { at, day, someone, stored, tabTo, undo, until, visitOf } from "./at.mjs";

const both = [[desktop, "en"], [phone, "es"]];

async function visitsOf(demo, patient) {
  return (await demo.visits()).filter((visit) => visit.patient_id === patient);
}

export async function bookStories(browser, demo) {
  for (const [size, language] of both) {
    await run(`book_a_known_person_${size.name}_${language}`, async () => {
      const person = await at(browser, demo, "front_desk", "/desk/book", { size, language });
      const { page, t } = person;
      const known = await someone(demo, size === phone ? 1 : 2);
      const before = (await visitsOf(demo, known.id)).length;
      // Family name and the last digits of the phone, as people say it.
      await page.getByLabel(t.find).waitFor();
      await page.keyboard.type(`${known.name.family.slice(0, 4)} ${known.phone_tail ?? ""}`);
      await page.locator(".found button").first().waitFor();
      await person.look("web-book-found");
      const names = await page.locator(".found button").allInnerTexts();
      const row = names.findIndex((text) => text.includes(`${known.name.given.join(" ")} ${known.name.family}`));
      for (let i = 0; i <= row; i++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.locator("#what").waitFor();
      await tabTo(page, page.locator(".service").nth(1));
      await page.keyboard.press("Enter");
      await page.locator(".times button").first().waitFor();
      await person.look("web-book");
      await tabTo(page, page.locator(".times button").nth(4));
      await page.keyboard.press("Enter");
      await page.waitForURL(/visit=apt_/);
      const id = new URL(page.url()).searchParams.get("visit");
      const made = await stored(demo, { id });
      same(made.patient_id, known.id, "whose visit it is");
      same((await visitsOf(demo, known.id)).length, before + 1, "the person's visits");
      // The way back: a booking in error.
      await undo(page);
      same((await until(() => stored(demo, { id }), (now) => now.status === "cancelled")).cancel_reason, "booked_in_error", "the reason");
      return person.end();
    });
    await run(`register_a_person_${size.name}_${language}`, async () => {
      const person = await at(browser, demo, "front_desk", "/desk/book", { size, language });
      const { page, t } = person;
      await page.getByLabel(t.find).fill("Nadie Todavía");
      await page.getByRole("button", { name: t.newPerson }).click();
      await page.getByRole("button", { name: t.register, exact: true }).click();
      await page.locator(".wrong").first().waitFor();
      await person.look("web-register-mend");
      same(await page.getByLabel(t.family, { exact: true }).inputValue(), "Todavía", "what was typed before");
      await page.getByLabel(t.birth).fill("1981-04-05");
      await page.getByLabel(t.given, { exact: true }).fill(`Nadie ${size.name}`);
      await page.keyboard.press("Enter");
      await page.locator(".chosen").waitFor();
      const found = (await demo.api("scheduler", "POST", "/v1/patients/search", { text: `${size.name} 1981-04-05` })).json.patients;
      same(found.length, 1, "people of that name and birth date");
      return person.end();
    });
  }
  await run("a_staff_chosen_time_says_why_not_and_who_may_set_it_aside", async () => {
    const person = await at(browser, demo, "scheduler", "/desk/book");
    const { page, t } = person;
    await page.locator(".service").first().click();
    await page.getByText(t.own).click();
    await page.locator(".own input[type=time]").fill("03:00");
    await page.getByRole("button", { name: t.check }).click();
    await page.locator(".own .note.warn").waitFor();
    await page.getByLabel(t.why).selectOption("walk_in");
    await page.getByRole("button", { name: t.check }).click();
    await page.locator(".own .note.gold").waitFor();
    await person.look("web-own-time");
    const desk = await at(browser, demo, "front_desk", "/desk/book");
    await desk.page.locator(".service").first().click();
    await desk.page.getByText(t.own).click();
    await desk.page.locator(".own input[type=time]").fill("03:00");
    await desk.page.getByRole("button", { name: t.check }).click();
    await desk.page.locator(".own .note.warn").waitFor();
    same(await desk.page.getByLabel(t.why).count(), 0, "ways to set it aside, for the front desk");
    return [...(await person.end()), ...(await desk.end())];
  });
}

async function onGrid(browser, demo, options) {
  const visit = await visitOf(demo, { service: 1 });
  const person = await at(browser, demo, "scheduler", `/desk/grid?day=${day(visit.starts_at)}&place=${visit.location_id}`, options);
  await person.page.locator(`.block[data-visit="${visit.id}"]`).waitFor();
  return { visit, person, page: person.page, block: person.page.locator(`.block[data-visit="${visit.id}"]`) };
}
const spoken = (page) => page.locator(".board-frame [aria-live]");

export async function gridStories(browser, demo) {
  for (const language of ["en", "es"])
    await run(`grid_by_keyboard_${language}`, async () => {
      const { visit, person, page, block } = await onGrid(browser, demo, { language });
      await block.focus();
      await page.keyboard.press("Enter");
      await until(() => spoken(page).innerText(), (text) => /Escape/.test(text));
      // Fifteen minutes on at a time, until the server says that it is free there.
      for (let i = 0; i < 30; i++) {
        await page.keyboard.press("ArrowDown");
        await page.locator(".ghost.fits, .ghost.no").waitFor();
        if (await page.locator(".ghost.fits").count()) break;
      }
      await person.look("web-grid-carried");
      await until(() => spoken(page).innerText(), (text) => /Free|Libre|Possible|Posible/.test(text));
      await page.keyboard.press("Enter");
      const moved = await until(() => stored(demo, visit), (now) => now.version > visit.version);
      check(Date.parse(moved.starts_at) > Date.parse(visit.starts_at), "later than before");
      same(moved.practitioner_id, visit.practitioner_id, "whose it is");
      await undo(page);
      await until(() => stored(demo, visit), (now) => now.starts_at === visit.starts_at);
      return person.end();
    });
  await run("grid_escape_leaves_it_and_a_conflict_is_explained", async () => {
    const { visit, person, page, block } = await onGrid(browser, demo);
    await block.focus();
    await page.keyboard.press("Enter");
    for (let i = 0; i < 40 && !(await page.locator(".ghost.no").count()); i++) {
      await page.keyboard.press("ArrowDown"); // into the midday break, or past the end of the day
      await page.locator(".ghost.fits, .ghost.no, .ghost.same").waitFor();
    }
    await person.look("web-grid-conflict");
    check((await page.locator(".ghost.no").innerText()).length > 20, "it says why not");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    same((await stored(demo, visit)).version, visit.version, "the version");
    return person.end();
  });
  await run("grid_with_the_pointer_and_longer_by_keyboard", async () => {
    const { visit, person, page, block } = await onGrid(browser, demo);
    await block.scrollIntoViewIfNeeded();
    const box = await block.boundingBox();
    await page.mouse.move(box.x + 30, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + 30, box.y + 20, { steps: 4 });
    await page.mouse.move(box.x + 30, box.y + 8 + 48, { steps: 6 });
    await page.locator(".ghost").waitFor();
    await page.waitForTimeout(700);
    await page.mouse.up();
    const moved = await until(() => stored(demo, visit), (now) => now.version > visit.version, 4000).catch(() => null);
    const now = moved ?? visit;
    await page.waitForTimeout(1500);
    await block.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("+");
    await page.locator(".ghost").waitFor();
    await page.keyboard.press("Enter");
    await until(() => stored(demo, visit), (each) => Date.parse(each.ends_at) - Date.parse(each.starts_at) > Date.parse(now.ends_at) - Date.parse(now.starts_at));
    return moved ? person.end() : ["the pointer did not move it", ...(await person.end())];
  });
  await run("grid_books_at_a_free_time", async () => {
    const { person, page, visit, block } = await onGrid(browser, demo);
    await block.focus();
    await page.keyboard.press("ArrowDown");
    await page.locator(".cursor:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/desk\/book/);
    // The address changes before the page does: the grid's blocks name services too.
    await page.locator(".service", { hasText: "Follow-up" }).click();
    const time = await page.locator(".own input[type=time]").inputValue();
    check(/^\d\d:\d\d$/.test(time), `the marked time: ${time}`);
    same(await page.locator(".own select").inputValue(), visit.practitioner_id, "the marked practitioner");
    return person.end();
  });
  await run("grid_over_a_week_and_by_rooms", async () => {
    const { person, page } = await onGrid(browser, demo);
    await page.getByText("Week", { exact: true }).click();
    await until(() => page.locator(".column").count(), (count) => count === 7);
    await person.look("web-grid-week");
    await page.getByText("Day", { exact: true }).last().click();
    await page.getByText("Rooms", { exact: true }).first().click();
    await page.locator(".column").first().waitFor();
    await person.look("web-grid-rooms");
    return person.end();
  });
}
