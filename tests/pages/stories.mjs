// What people do, as they do it: phone and desktop, English and Spanish, and by keyboard alone.
import { check, run, same } from "./cases.mjs";
import { Person, desktop, phone } from "./browser.mjs";

export const texts = {
  en: { details: "See the details", go: "Continue", book: "Book this time", move: "Move it", moveYes: "Move my visit to this time",
    cancel: "Cancel it", cancelYes: "Yes, cancel it", decline: "I will not take part", declineYes: "Yes, I will not take part",
    booked: "You are booked", moved: "Your visit is moved", cancelled: "Your visit is cancelled", declined: "Thank you for telling us. We have noted it.",
    overview: "To the overview", coming: "I am coming" },
  es: { details: "Ver los detalles", go: "Continuar", book: "Reservar esta hora", move: "Cambiarla", moveYes: "Cambiar mi cita a esta hora",
    cancel: "Cancelarla", cancelYes: "Sí, cancelarla", decline: "No voy a participar", declineYes: "Sí, no voy a participar",
    booked: "Cita reservada", moved: "Su cita se ha cambiado", cancelled: "Su cita se ha cancelado", declined: "Gracias por avisar. Lo hemos anotado.",
    overview: "Ir al resumen", coming: "Sí, iré" },
};

// The demo's links carry whose they are and the birth date in their name: "Ana Example, born 1980-04-27".
const birthOf = (link) => link.birth?.split("-") ?? link.name.match(/(\d{4})-(\d\d)-(\d\d)/).slice(1);

export async function prove(person, link) {
  const { page, demo } = person;
  const t = texts[person.language];
  await person.go(new URL(link.url, demo.url).pathname);
  const before = demo.mails();
  await page.getByRole("button", { name: t.details }).click();
  await page.waitForURL(/\/code/);
  await page.fill("#code", await demo.code(before, 15000, link.to));
  if (await page.locator("#birth-year").count()) await fillBirth(page, birthOf(link));
  await page.getByRole("button", { name: t.go, exact: true }).click();
  await page.waitForURL(/\/home/);
}

async function fillBirth(page, [year, month, day]) {
  await page.fill("#birth-day", String(Number(day)));
  await page.fill("#birth-month", String(Number(month)));
  await page.fill("#birth-year", year);
}

// From a month to a time of its nth free day; asserts that the day's heading has the focus.
export async function pickTime(page, nth = 1, which = "first") {
  const days = page.locator(".month a");
  await days.nth(Math.min(nth, (await days.count()) - 1)).click();
  await page.waitForURL(/day=.*#times/);
  same(await page.evaluate(() => document.activeElement.id), "times", "the focus after choosing a day");
  check(/\d+/.test(await page.locator("#times").innerText()), "the heading says how many times are free");
  const time = page.locator(".times a")[which]();
  const chosen = await time.locator("time").getAttribute("datetime");
  await time.click();
  return chosen;
}

export async function linkStory(browser, demo, link, size, language) {
  const name = `link_${size.name}_${language}`;
  await run(`${name}_open_prove_book_move_cancel_decline`, async () => {
    const person = await Person.of(browser, demo, { size, language });
    const { page } = person;
    const t = texts[language];
    await person.go(new URL(link.url, demo.url).pathname);
    await person.look("link-first");
    await prove(person, link);
    await person.look("link-home");
    const before = (await demo.visits(link.tenant)).map((visit) => visit.id);

    await page.locator("a.choice").first().click();
    await person.look("link-times");
    // Far enough ahead to be moved and cancelled here.
    const chosen = await pickTime(page, 3);
    await person.look("link-confirm");
    await page.getByRole("button", { name: t.book }).click();
    await page.waitForURL(/\/done/);
    same(await person.title(), t.booked, "after booking");
    await person.look("link-done");
    const booked = (await demo.visits(link.tenant)).filter((visit) => !before.includes(visit.id));
    same(booked.length, 1, "visits that were stored");
    same(Date.parse(booked[0].starts_at), Date.parse(chosen), "the time that was stored");

    await page.getByRole("link", { name: t.overview }).click();
    await person.look("link-home-booked");
    await page.getByRole("link", { name: t.move }).click();
    await person.look("link-move");
    const later = await pickTime(page, 3, "last");
    await page.getByRole("button", { name: t.moveYes }).click();
    await page.waitForURL(/\/done/);
    same(await person.title(), t.moved, "after moving");
    const moved = (await demo.api("scheduler", "GET", `/v1/appointments/${booked[0].id}`, null, link.tenant)).json;
    same(Date.parse(moved.starts_at), Date.parse(later), "the time that was stored after moving");

    await page.getByRole("link", { name: t.overview }).click();
    await page.getByRole("link", { name: t.cancel }).click();
    await person.look("link-cancel");
    await page.getByRole("button", { name: t.cancelYes }).click();
    await page.waitForURL(/\/done/);
    same(await person.title(), t.cancelled, "after cancelling");
    const gone = (await demo.api("scheduler", "GET", `/v1/appointments/${booked[0].id}`, null, link.tenant)).json;
    same(gone.status, "cancelled", "the status that was stored");

    await page.getByRole("link", { name: t.overview }).click();
    await page.getByRole("link", { name: t.decline }).click();
    await person.look("link-decline");
    await page.getByRole("button", { name: t.declineYes }).click();
    await page.waitForURL(/\/done/);
    same(await person.title(), t.declined, "after declining");
    return person.end();
  });
}

// Presses Tab until the element has the focus: what the mouse can reach, the keyboard reaches.
async function tabTo(page, locator, most = 80) {
  const wanted = await locator.elementHandle();
  for (let i = 0; i < most; i++) {
    if (await page.evaluate((element) => element === document.activeElement, wanted)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the keyboard does not reach " + (await locator.innerText()));
}

export async function keyboardStory(browser, demo, link) {
  await run("link_by_keyboard_alone", async () => {
    const person = await Person.of(browser, demo, { size: desktop });
    const { page } = person;
    await person.go(new URL(link.url, demo.url).pathname);
    await page.keyboard.press("Tab");
    same(await page.evaluate(() => document.activeElement.className), "skip", "the first stop");
    const before = demo.mails();
    await tabTo(page, page.getByRole("button", { name: texts.en.details }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/code/);
    await tabTo(page, page.locator("#code"));
    await page.keyboard.type(await demo.code(before));
    if (await page.locator("#birth-year").count()) {
      const [year, month, day] = birthOf(link);
      for (const part of [Number(month), Number(day), year]) {
        await page.keyboard.press("Tab");
        await page.keyboard.type(String(part));
      }
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/home/);
    await tabTo(page, page.locator("a.choice").first());
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/times/);
    await tabTo(page, page.locator(".month a").nth(2));
    await page.keyboard.press("Enter");
    await page.waitForURL(/day=.*#times/);
    // The focus stands at the heading: the next stop is the first time.
    await page.keyboard.press("Tab");
    same(await page.evaluate(() => document.activeElement.closest("ul")?.className), "times", "the stop after the heading");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/confirm/);
    await tabTo(page, page.getByRole("button", { name: texts.en.book }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/done/);
    same(await person.title(), texts.en.booked, "after booking");
    return person.end();
  });
}

export async function publicStory(browser, demo, size, language) {
  const slug = demo.ready.tenants[0].slug;
  await run(`public_${size.name}_${language}_books_for_a_stranger`, async () => {
    const person = await Person.of(browser, demo, { size, language });
    const { page } = person;
    const t = texts[language];
    await person.go(`/t/${slug}/`);
    await person.look("public-front");
    check((await page.content()).includes("+12025550100"), "the phone number is there");
    await page.locator("a.choice").first().click();
    await person.look("public-times");
    await pickTime(page);
    await person.look("public-details");
    await page.fill("#given", "Nuria");
    await page.fill("#family", "Ejemplo");
    await fillBirth(page, ["1984", "05", "17"]);
    await page.fill("#email", `stranger.${size.name}.${language}@example.test`);
    const before = demo.mails();
    await page.getByRole("button", { name: t.go, exact: true }).click();
    await page.waitForURL(/\/l\/.*\/code/);
    await person.look("public-code");
    await page.fill("#code", await demo.code(before));
    if (await page.locator("#birth-year").count()) await fillBirth(page, ["1984", "05", "17"]);
    await page.getByRole("button", { name: t.go, exact: true }).click();
    await page.waitForURL(/\/home/);
    await person.look("public-picked");
    await page.getByRole("button", { name: t.book }).click();
    await page.waitForURL(/\/done/);
    same(await person.title(), t.booked, "after booking");
    return person.end();
  });
}

export async function publicDetails(browser, demo) {
  const slug = demo.ready.tenants[0].slug;
  await run("public_times_are_shown_on_the_readers_clock", async () => {
    const person = await Person.of(browser, demo, { zone: "Europe/Madrid" });
    await person.go(`/t/${slug}/`);
    await person.page.locator("a.choice").first().click();
    await person.page.waitForURL(/zone=Europe/);
    await person.page.locator(".month a").nth(1).click();
    await person.page.waitForURL(/day=/);
    check((await person.page.locator("#times").innerText()).includes("Madrid time"), "the zone is named");
    check((await person.page.locator(".times small").first().innerText()).includes("there"), "the clinic's own time stands beside it");
    await person.look("public-times-madrid");
    return person.end();
  });
  await run("public_times_work_without_a_script", async () => {
    const person = await Person.of(browser, demo, { script: false });
    const { page } = person;
    await person.go(`/t/${slug}/`);
    await page.locator("a.choice").first().click();
    await page.locator("summary").click();
    await page.selectOption("#zone", "Asia/Tokyo");
    await page.getByRole("button", { name: "Show times" }).click();
    await page.waitForURL(/zone=Asia/);
    await page.locator(".month a").first().click();
    check((await page.locator("#times").innerText()).includes("Tokyo time"), "the chosen zone is used");
    return person.end();
  });
  await run("public_form_says_what_to_mend_and_keeps_what_was_typed", async () => {
    const person = await Person.of(browser, demo);
    const { page } = person;
    await person.go(`/t/${slug}/`);
    await page.locator("a.choice").first().click();
    await pickTime(page);
    await page.fill("#given", "Nuria");
    await page.fill("#family", "Ejemplo");
    await fillBirth(page, ["1984", "02", "31"]);
    await page.fill("#email", "nuria@example.test");
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.waitForSelector(".alarm");
    same(await page.inputValue("#given"), "Nuria", "the name that was typed");
    await person.look("public-mend");
    return person.end();
  });
  for (const [name, width, height] of [["narrow", 320, 640], ["zoomed", 640, 450]])
    await run(`public_pages_fit_a_${name}_window`, async () => {
      const person = await Person.of(browser, demo, { size: { name, width, height } });
      await person.go(`/t/${slug}/`);
      await person.look("public-front");
      await person.page.locator("a.choice").first().click();
      await person.look("public-times");
      await pickTime(person.page);
      await person.look("public-details");
      return person.end();
    });
  await run("public_pages_in_the_dark", async () => {
    const person = await Person.of(browser, demo, { size: { name: "dark", width: 390, height: 844 }, scheme: "dark" });
    await person.go(`/t/${slug}/`);
    await person.page.locator("a.choice").first().click();
    await pickTime(person.page);
    await person.look("public-details");
    await person.page.goBack();
    await person.look("public-day");
    return person.end();
  });
  await run("public_targets_are_44_pixels", async () => {
    const person = await Person.of(browser, demo);
    const small = [];
    const measure = async (name) => {
      for (const each of await person.page.evaluate(() => [...document.querySelectorAll("main a, main button, main select, main input:not([type=hidden]), main summary")]
        .filter((e) => e.offsetParent !== null).map((e) => ({ text: e.innerText || e.name, ...e.getBoundingClientRect().toJSON() }))))
        if (each.height < 44 || each.width < 40) small.push(`${name}: ${each.text} is ${Math.round(each.width)}x${Math.round(each.height)}`);
    };
    await person.go(`/t/${slug}/`);
    await measure("front");
    await person.page.locator("a.choice").first().click();
    await measure("times");
    await pickTime(person.page);
    await measure("details");
    return [...small, ...(await person.end())];
  });
}

export async function demoStory(browser, demo) {
  await run("demo_page_moves_the_clock_and_shows_the_mail", async () => {
    const person = await Person.of(browser, demo, { size: desktop });
    const { page } = person;
    await person.go("/demo/");
    await person.look("demo");
    const now = async () => Date.parse((await demo.api("scheduler", "GET", "/v1/me")).json.now);
    const before = await now();
    await page.getByRole("button", { name: "One hour on" }).click();
    await page.waitForURL(/#clock/);
    const moved = (await now()) - before;
    check(moved > 3590e3 && moved < 3700e3, `the clock moved by ${moved} ms`);
    if (demo.mails().length > 0) {
      await page.locator("#mail ~ .scroll a").first().click();
      await person.look("demo-mail");
    }
    return person.end();
  });
}
