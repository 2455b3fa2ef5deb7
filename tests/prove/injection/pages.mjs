// The home page of everybody in the plan, proven with a code: its HTML for two parsers, and in Chromium. pages.mjs PLAN.json
import fs from "node:fs";
import path from "node:path";
import { check, exitCode, run } from "../../pages/cases.mjs";
import { Demo, readMail } from "../../pages/demo.mjs";
import { Visitor } from "../../pages/safety.mjs";
import { launch } from "../../pages/browser.mjs";

const plan = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const demo = new Demo(null, null, plan.ready);
const read = new Map();

// The newest code to somebody; each mail is read once.
async function codeOf(to) {
  for (let tries = 0; tries < 300; tries++) {
    for (const name of demo.mails()) {
      if (read.has(name)) continue;
      const eml = fs.readFileSync(path.join(plan.ready.mail, name), "utf8");
      const code = readMail(eml).match(/\b(\d{4})[ -]?(\d{4})\b/);
      read.set(name, { to: eml.match(/^To: (\S+)/m)?.[1], code: /^Subject: Your code/m.test(eml) && code ? code[1] + code[2] : null });
    }
    for (const mail of read.values()) if (mail.to === to && mail.code) return mail.code;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no code for ${to}`);
}

async function homeOf(link) {
  const base = new URL(link.url).pathname, person = new Visitor(demo);
  await person.post(`${base}/start`, { token: await person.token(base, `${base}/start`) });
  const [year, month, day] = link.birth.split("-").map(Number);
  const code = await codeOf(link.to);
  const proven = await person.post(`${base}/code`, { code, "birth-year": year, "birth-month": month, "birth-day": day,
    token: await person.token(`${base}/code`, `${base}/code`) });
  check(proven.status === 303, `the code of ${link.to} answered ${proven.status}`);
  return { person, html: (await person.get(`${base}/home`)).text, base };
}

const out = [], failed = [];
const browser = await launch();
await run("pages/chromium/executes-nothing-in-300-pages", async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.on("dialog", (dialog) => { failed.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith(demo.url) && !request.url().startsWith("data:")) failed.push(request.url()); });
  const todo = [...plan.links];
  const worker = async () => {
    for (let link = todo.shift(); link; link = todo.shift()) {
      const home = await homeOf(link);
      out.push({ number: link.number, html: home.html, base: home.base, cookie: [...home.person.cookies] });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  for (const one of out) {
    await context.clearCookies();
    await context.addCookies(one.cookie.map(([name, value]) => ({ name, value, url: demo.url + "/", secure: true, httpOnly: true })));
    await page.goto(`${demo.url}${one.base}/home`);
    const seen = await page.evaluate(() => ({ executed: window.executed, cards: document.querySelectorAll("main .card").length, html: document.querySelector("main").outerHTML.slice(0, 900) }));
    if (seen.executed !== undefined) failed.push(`executed at ${one.number}`);
    if (seen.cards === 0) failed.push(`no visit at ${one.number}: ${seen.html}`);
  }
  return failed;
});
await browser.close();
demo.agent.destroy();
fs.writeFileSync(process.argv[2].replace("plan", "seen"), out.map((one) => JSON.stringify({ number: one.number, html: one.html })).join("\n") + "\n");
process.exit(exitCode());
