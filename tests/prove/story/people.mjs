// Some people do with their links what they would do, each in a browser of their own: people.mjs PLAN.json
//
// The plan names the server, the mailbox and the people: {to, link, birth, language, size, acts}. Prints a
// case per person, and writes beside the plan what the API said after each act.
import fs from "node:fs";
import path from "node:path";
import { check, exitCode, run, same } from "../../pages/cases.mjs";
import { Demo, readMail } from "../../pages/demo.mjs";
import { Person, desktop, launch, phone } from "../../pages/browser.mjs";
import { pickTime, prove, texts } from "../../pages/stories.mjs";

const plan = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

// A server whose mail goes through the world into a Maildir; its codes are found by whose they are.
class Clinic extends Demo {
  constructor() {
    super(null, null, plan.ready);
  }
  mails() {
    return fs.readdirSync(plan.mailbox).sort();
  }
  async wait(what, since, wanted, within = 60000) {
    const until = Date.now() + within;
    for (;;) {
      for (const name of this.mails().filter((each) => !since.includes(each))) {
        const mail = fs.readFileSync(path.join(plan.mailbox, name), "utf8");
        const found = wanted(mail);
        if (found) return found;
      }
      if (Date.now() > until) throw new Error(`${what} did not arrive`);
      await new Promise((done) => setTimeout(done, 200));
    }
  }
  code(since, within, to) {
    return this.wait("the code", since, (mail) => {
      if (!mail.includes(`Delivered-To: ${to}`)) return null;
      const found = readMail(mail).match(/\b(\d{4})[ -]?(\d{4})\b/);
      return found && found[1] + found[2];
    });
  }
  calendar(since, to) {
    return this.wait("the calendar's mail", since, (mail) => mail.includes(`Delivered-To: ${to}`) && mail.includes("text/calendar"));
  }
}

const clinic = new Clinic();
const seen = {};

async function visitsOf(person) {
  const all = await clinic.visits();
  return all.filter((visit) => visit.patient_id === person.patient || visit.patient?.id === person.patient);
}

// A visit is told of a moment after it was booked: people wait for that mail before they change their mind.
async function mailed(person, since, act) {
  if (person.told) await clinic.calendar(since, person.to);
  const visits = await visitsOf(person);
  seen[person.to].push({ act, visits: visits.map(({ id, starts_at, ends_at, status }) => ({ id, starts_at, ends_at, status })) });
}

const acts = {
  async book({ page, t, person, who, nth }) {
    await page.locator("a.choice").first().click();
    await who.look("story-times");
    await pickTime(page, nth ?? 6);
    await who.look("story-confirm");
    const since = clinic.mails();
    await page.getByRole("button", { name: t.book }).click();
    await page.waitForURL(/\/done/);
    same(await who.title(), t.booked, "after booking");
    await who.look("story-booked");
    await mailed(person, since, "book");
  },
  async move({ page, t, person, who }) {
    await page.getByRole("link", { name: t.move }).click();
    await pickTime(page, 8, "last");
    const since = clinic.mails();
    await page.getByRole("button", { name: t.moveYes }).click();
    await page.waitForURL(/\/done/);
    same(await who.title(), t.moved, "after moving");
    await who.look("story-moved");
    await mailed(person, since, "move");
  },
  async cancel({ page, t, person, who }) {
    await page.getByRole("link", { name: t.cancel }).click();
    await who.look("story-cancel");
    const since = clinic.mails();
    await page.getByRole("button", { name: t.cancelYes }).click();
    await page.waitForURL(/\/done/);
    same(await who.title(), t.cancelled, "after cancelling");
    await mailed(person, since, "cancel");
  },
  async decline({ page, t, who }) {
    await page.getByRole("link", { name: t.decline }).click();
    await who.look("story-decline");
    await page.getByRole("button", { name: t.declineYes }).click();
    await page.waitForURL(/\/done/);
    same(await who.title(), t.declined, "after declining");
    await who.look("story-declined");
  },
};

async function live(browser, person) {
  const size = person.size === "desktop" ? desktop : phone;
  seen[person.to] = [];
  await run(`browser/${person.name}/${["open", "prove", ...person.acts].join("_")}`, async () => {
    const who = await Person.of(browser, clinic, { size, language: person.language });
    const t = texts[person.language];
    await who.go(new URL(person.link).pathname);
    await who.look("story-first");
    await prove(who, { ...person, url: person.link });
    await who.look("story-home");
    for (const act of person.acts) {
      if (act !== person.acts[0]) await who.page.getByRole("link", { name: t.overview }).click();
      await acts[act]({ page: who.page, t, person, who });
    }
    if (person.last) {
      await who.page.getByRole("link", { name: t.overview }).click();
      const sent = await who.page.locator("details dt").allTextContents();
      for (const act of person.told ? person.acts : [])
        check(sent.includes({ en: { book: "Confirmation", move: "Change" }, es: { book: "Confirmación", move: "Cambio", cancel: "Cancelación" } }[person.language][act]),
          `what was sent is not told: ${sent}`);
      if (person.told) await who.page.locator("details summary").click();
      await who.look(`story-${person.last}`);
    }
    return who.end();
  });
}

const browser = await launch();
try {
  for (const person of plan.people) await live(browser, person);
} finally {
  await browser.close();
  clinic.agent.destroy();
}
fs.writeFileSync(process.argv[2].replace(/plan/, "seen"), JSON.stringify(seen));
check(Object.keys(seen).length === plan.people.length, "everybody was there");
process.exit(exitCode());
