// Debian's Chromium with guards on every page: what it asks for, what it says in its console, what its
// policy refuses, whether it can be used by everybody (axe), and whether its HTML is valid.
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const { HtmlValidate } = require("html-validate");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const phone = { name: "phone", width: 390, height: 844 };
export const desktop = { name: "desktop", width: 1280, height: 900 };

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // Ours is one long line, and written by a program: these are about taste.
    "long-title": "off", "no-trailing-whitespace": "off", "void-style": "off", "no-implicit-button-type": "error",
    "require-sri": "off", "tel-non-breaking": "off", "no-inline-style": "error", "attribute-boolean-style": "error",
  },
});

export async function launch() {
  return chromium.launch({
    executablePath: process.env.SEALBOOK_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

// A person with a browser of their own. `complaints` is what went wrong so far.
export class Person {
  constructor(demo, context, page, size, language) {
    Object.assign(this, { demo, context, page, size, language, complaints: [], seen: new Set() });
  }

  static async of(browser, demo, { size = phone, language = "en", zone = "America/New_York", script = true, scheme = "light" } = {}) {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true, viewport: { width: size.width, height: size.height }, locale: language === "es" ? "es-ES" : "en-US",
      timezoneId: zone, javaScriptEnabled: script, colorScheme: scheme, hasTouch: size === phone, reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const person = new Person(demo, context, page, size, language);
    page.setDefaultTimeout(60000);
    page.on("console", (message) => {
      // A page that refuses says so with its status; everything else is a fault.
      if (message.type() === "error" && !/status of (4\d\d|503)/.test(message.text())) person.complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => person.complaints.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => { person.complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(demo.url + "/") && !url.startsWith("data:")) person.complaints.push(`foreign request: ${url}`);
    });
    page.on("response", (response) => {
      if (response.request().isNavigationRequest() && response.status() !== 303)
        person.html = response.text().catch(() => null);
    });
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`CSP ${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`));
    });
    return person;
  }

  async go(where) {
    await this.page.goto(where.startsWith("http") ? where : this.demo.url + where, { waitUntil: "load" });
  }
  path() {
    return new URL(this.page.url()).pathname;
  }
  async title() {
    return this.page.locator("h1").innerText();
  }

  // axe, validator, width: on the page as it stands.
  async look(name) {
    const html = await this.html;
    if (html) {
      const report = await validator.validateString(html);
      for (const { messages } of report.results)
        for (const message of messages) this.complaints.push(`${name}: html-validate ${message.ruleId}: ${message.message}`);
    }
    // Through the debugger: the page's own policy allows no script that is not ours.
    const debug = await this.context.newCDPSession(this.page);
    await debug.send("Runtime.evaluate", { expression: axe });
    await debug.detach();
    const found = await this.page.evaluate(async () => {
      const { violations } = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
      return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
    });
    for (const violation of found) this.complaints.push(`${name}: axe ${violation}`);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) this.complaints.push(`${name}: ${wide} px wider than the window`);
    await this.shoot(name);
  }

  async shoot(name) {
    fs.mkdirSync("build/screenshots", { recursive: true });
    await this.page.screenshot({ path: `build/screenshots/${name}-${this.size.name}-${this.language}.png`, fullPage: true });
  }

  async end() {
    await this.context.close();
    return this.complaints;
  }
}
