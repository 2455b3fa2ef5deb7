// What must not happen: a GET that changes something, a form of somebody else's, a refusal that tells
// more than that it refuses, text that becomes markup.
import { check, run, same } from "./cases.mjs";
import { Person } from "./browser.mjs";
import { payloads as hostile } from "./payloads.mjs";

const scannerNames = ["Mozilla/5.0 (compatible; MSOffice 16)", "Barracuda Sentinel (EE)", "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
  "Mimecast/URL-Protect", "Googlebot/2.1", "facebookexternalhit/1.1", "curl/8.0", "SafeLinks-Scanner"];
const pathOf = (link) => new URL(link.url, "https://localhost").pathname;

// A visitor without a browser: keeps the cookie, reads a form's token, sends the form.
export class Visitor {
  constructor(demo) {
    Object.assign(this, { demo, cookies: new Map() });
  }
  keep(answer) {
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [pair] = line.split(";");
      this.cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer;
  }
  cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
  async get(where, headers = {}) {
    return this.keep(await this.demo.request("GET", where, { headers: { Cookie: this.cookie(), ...headers } }));
  }
  async token(page, action) {
    const html = (await this.get(page)).text;
    const form = html.split("<form").find((part) => part.includes(`action="${action}"`));
    return form?.match(/name="token" value="([^"]+)"/)?.[1];
  }
  async post(where, fields, headers = {}) {
    return this.keep(await this.demo.request("POST", where, {
      headers: { Cookie: this.cookie(), "Content-Type": "application/x-www-form-urlencoded", Origin: this.demo.url, ...headers },
      body: typeof fields === "string" ? fields : new URLSearchParams(fields).toString(),
    }));
  }
}

export async function everyLinkIsScanned(demo, links) {
  await run("fifty_scans_of_every_link_burn_nothing", async () => {
    const visits = JSON.stringify([await demo.visits(0), await demo.visits(1)]), mails = demo.mails();
    const ends = ["", "/start", "/code", "/answer?answer=coming", "/home", "/cancel", "/decline", "/book", "/leave", "/code?code=12345678"];
    for (const link of links)
      await Promise.all(Array.from({ length: 50 }, async (_, i) => {
        const answer = await demo.request(i % 2 ? "HEAD" : "GET", pathOf(link) + ends[i % ends.length],
          { headers: { "User-Agent": scannerNames[i % scannerNames.length] } });
        check([200, 303].includes(answer.status), `${ends[i % ends.length]} answered ${answer.status}`);
      }));
    same(JSON.stringify([await demo.visits(0), await demo.visits(1)]), visits, "the visits after the scans");
    // The clinic goes on meanwhile, and reminds one of these people perhaps: what a scan could cause is a code.
    same(demo.mails().filter((name) => !mails.includes(name) && demo.codeIn(name)).length, 0, "the codes that the scans caused");
    for (const link of links)
      same((await new Visitor(demo).get(pathOf(link))).status, 200, "a link after its scans");
  });
}

// The fields of the form with that action, as the page has them.
function fieldsOf(html, action) {
  const form = html.split("<form").find((part) => part.includes(`action="${action}"`))?.split("</form>")[0] ?? "";
  const plain = (text) => text.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
  return Object.fromEntries([...form.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(([, name, value]) => [name, plain(value)]));
}

// A person who presses a button a hundred times, or whose network does.
export async function hundredAtOnce(demo, link) {
  const base = pathOf(link), person = new Visitor(demo);
  const born = link.name.match(/(\d{4})-(\d\d)-(\d\d)/).slice(1).map(Number);
  const hundred = (where, fields) => Promise.all(Array.from({ length: 100 }, () => demo.request("POST", where, {
    headers: { Cookie: person.cookie(), "Content-Type": "application/x-www-form-urlencoded", Origin: demo.url }, body: new URLSearchParams(fields).toString() })));
  await run("a_hundred_posts_of_one_code_have_one_effect", async () => {
    const before = demo.mails();
    await person.post(`${base}/start`, { token: await person.token(base, `${base}/start`) });
    const code = await demo.code(before, 60000);
    const answers = await hundred(`${base}/code`, { code, "birth-year": born[0], "birth-month": born[1], "birth-day": born[2],
      token: await person.token(`${base}/code`, `${base}/code`) });
    const good = answers.filter((answer) => answer.status === 303 && /\/home/.test(answer.headers.location));
    same(good.length, 1, "codes that were accepted");
    same(new Set(answers.filter((answer) => answer !== good[0]).map((answer) => answer.text)).size, 1, "different refusals");
    person.keep(good[0]);
  });
  const before = (await demo.visits(link.tenant)).map((visit) => visit.id);
  await run("a_hundred_posts_of_one_booking_have_one_effect", async () => {
    const href = (html, pattern) => html.match(pattern)?.[1].replaceAll("&amp;", "&");
    const home = (await person.get(`${base}/home`)).text;
    const times = href(home, /class="choice" href="([^"]+)"/) ?? href(home, /href="([^"]*\/times[^"]*)"/);
    const month = (await person.get(times)).text;
    const day = [...month.matchAll(/href="([^"#]*day=[^"#]+)/g)].at(-1)[1].replaceAll("&amp;", "&");  // far enough ahead to be cancelled here
    const at = (path) => (path.startsWith("?") ? times.split("?")[0] + path : path);
    const hours = (await person.get(at(day))).text;
    const confirm = href(hours, /href="([^"]*\/confirm[^"]*)"/);
    const page = (await person.get(confirm)).text;
    const answers = await hundred(`${base}/book`, fieldsOf(page, `${base}/book`));
    const made = (await demo.visits(link.tenant)).filter((visit) => !before.includes(visit.id));
    same(made.length, 1, `visits that were made, of answers ${[...new Set(answers.map((answer) => answer.status))]}`);
    const shown = `${base}/done?what=booked&visit=${made[0].id}`;
    same([...new Set(answers.map((answer) => answer.headers.location))].join(" "), shown, "where the hundred are sent");
    check(/You are booked/.test((await person.get(shown)).text), "the page says that it is booked");
  });
  await run("pages_speak_the_persons_language_after_the_proof_and_the_browsers_before", async () => {
    const seen = (await demo.visits(link.tenant)).find((visit) => !before.includes(visit.id));
    const where = `/v1/patients/${seen.patient_id}`, auth = { Authorization: `Bearer ${demo.ready.tenants[link.tenant].accounts.admin.token}` };
    const etag = (await demo.request("GET", where, { headers: auth })).headers.etag;
    const changed = await demo.request("PATCH", where, { headers: { ...auth, "If-Match": etag, "Content-Type": "application/json" }, body: JSON.stringify({ language: "es-MX" }) });
    same(changed.status, 200, "the record's language");
    const english = { "Accept-Language": "en-US,en;q=0.9" };
    const languageOf = (answer) => answer.text.match(/<html lang="(..)"/)[1];
    same(languageOf(await new Visitor(demo).get(base, english)), "en", "before the proof");
    same(languageOf(await person.get(`${base}/home`, english)), "es", "after it");
    same(languageOf(await person.get(`${base}/home?lang=en`, english)), "en", "when the person says so");
    same(languageOf(await person.get(`${base}/home`, { "Accept-Language": "es" })), "en", "and from then on");
  });
  await run("a_cancellation_that_is_sent_twice_is_shown_as_done_twice", async () => {
    const home = (await person.get(`${base}/home`)).text;
    const ask = home.match(/href="([^"]*\/cancel[^"]*)"/)[1].replaceAll("&amp;", "&");
    const fields = fieldsOf((await person.get(ask)).text, `${base}/cancel`);
    for (let i = 0; i < 2; i++)
      same((await person.post(`${base}/cancel`, fields)).headers.location, `${base}/done?what=cancelled`, `answer ${i + 1}`);
  });
}

export async function scanners(browser, demo, link) {
  await run("fifty_scans_burn_nothing", async () => {
    const base = pathOf(link);
    const visits = JSON.stringify(await demo.visits(link.tenant)), mails = demo.mails();
    for (let i = 0; i < 50; i++) {
      const where = base + ["", "/start", "/code", "/answer?answer=coming", "/home", "/cancel", "/decline", "/book", "/leave", "/code?code=12345678"][i % 10];
      const answer = await demo.request(i % 2 ? "HEAD" : "GET", where, { headers: { "User-Agent": scannerNames[i % scannerNames.length] } });
      check([200, 303].includes(answer.status), `${where} answered ${answer.status}`);
      check(!answer.headers["set-cookie"]?.some((line) => line.includes("-sb-")), "a scan got a session");
    }
    same(JSON.stringify(await demo.visits(link.tenant)), visits, "the visits after the scans");
    // The clinic goes on meanwhile, and reminds people: what a scan could cause is a code.
    same(demo.mails().filter((name) => !mails.includes(name) && demo.codeIn(name)).length, 0, "the codes that the scans caused");
    const person = new Visitor(demo), before = demo.mails();
    const answer = await person.post(`${base}/start`, { token: await person.token(base, `${base}/start`) });
    same(answer.status, 303, "the person's POST after the scans");
    await demo.code(before);  // it comes, and is not taken for the doing of the scans below
  });
  await run("the_first_page_says_nothing_specific", async () => {
    const text = (await demo.request("GET", pathOf(link), {})).text.replace(/<[^>]*>/g, " ");
    const tenant = demo.ready.tenants[link.tenant];
    const born = link.name.match(/\d{4}-\d\d-\d\d/)[0];
    for (const secret of [tenant.name, ...tenant.services.map((s) => s.name), ...tenant.practitioners.map((p) => p.name), born, link.name.split(",")[0]])
      check(!text.includes(secret), `the page says ${secret}`);
    check(!/day,|\d:\d\d|\b20\d\d\b|, [A-Z]\w+ \d/.test(text), "the page says a day or a time");
  });
}

export async function forms(demo, link) {
  const base = pathOf(link), start = `${base}/start`;
  await run("a_form_of_somebody_else_is_refused", async () => {
    const one = new Visitor(demo), other = new Visitor(demo);
    const token = await one.token(base, start), foreign = await other.token(base, start);
    const tries = {
      "no token": await one.post(start, {}),
      "a token of another visitor": await one.post(start, { token: foreign }),
      "no cookie": await new Visitor(demo).post(start, { token }),
      "a foreign origin": await one.post(start, { token }, { Origin: "https://evil.example.test" }),
      "Origin: null": await one.post(start, { token }, { Origin: "null" }),
      "cross-site": await one.post(start, { token }, { "Sec-Fetch-Site": "cross-site" }),
      "same-site": await one.post(start, { token }, { "Sec-Fetch-Site": "same-site" }),
    };
    for (const [what, answer] of Object.entries(tries)) same(answer.status, 403, what);
    same((await one.post(start, "token=" + token, { "Content-Type": "text/plain" })).status, 400, "a text/plain body");
    same((await one.post(start, "token=a&token=b")).status, 400, "a doubled field");
    for (const method of ["PUT", "DELETE", "PATCH"]) same((await demo.request(method, base)).status, 405, method);
  });
  await run("the_host_header_decides_nothing", async () => {
    const answer = await new Visitor(demo).get("/l/none/home", { Host: "evil.example.test" });
    check(answer.status === 421 || (answer.headers.location ?? "/").startsWith("/"), `location ${answer.headers.location}`);
    check(!answer.text.includes("evil.example.test"), "the page repeats the host");
  });
}

export async function refusals(demo, link) {
  await run("links_that_do_not_work_are_one_page", async () => {
    const good = pathOf(link), last = good.at(-1) === "a" ? "b" : "a";
    const bodies = new Set();
    for (const token of [good.slice(3, -1) + last, "sb1_l_" + "A".repeat(43) + "_000000", "x", "%20", "a".repeat(500), "..%2f"]) {
      const answer = await demo.request("GET", `/l/${token}`, {});
      same(answer.status, 404, token.slice(0, 20));
      check(!answer.headers["set-cookie"], "a refusal sets a cookie");
      bodies.add(answer.text);
    }
    same(bodies.size, 1, "different pages");
  });
  await run("codes_that_do_not_work_are_one_page", async () => {
    const person = new Visitor(demo), base = pathOf(link);
    const token = await person.token(`${base}/code`, `${base}/code`);
    const wrong = { code: "00000000", "birth-day": "1", "birth-month": "1", "birth-year": "1980", token };
    const answers = [await person.post(`${base}/code`, wrong), await person.post(`${base}/code`, { ...wrong, code: "nothing" }),
      await person.post("/l/none/code", wrong), await person.post("/l/none/start", wrong)];
    for (const answer of answers) same(answer.status, 404, "a refused code");
    same(new Set(answers.map((a) => a.text)).size, 1, "different pages");
  });
}

export async function headers(demo, link) {
  await run("every_page_bears_its_headers", async () => {
    const slug = demo.ready.tenants[0].slug;
    for (const where of [pathOf(link), `${pathOf(link)}/code`, "/l/none", `/t/${slug}/`, "/t/none/", "/demo/", "/problems/slot-taken"]) {
      const { headers: h, text } = await demo.request("GET", where, {});
      const policy = h["content-security-policy"];
      check(policy.includes("default-src 'none'") && policy.includes("require-trusted-types-for 'script'"), `${where}: ${policy}`);
      check(!/unsafe|https?:|\*/.test(policy), `${where}: ${policy}`);
      same(h["cache-control"], "no-store", `${where}: cache-control`);
      same(h["referrer-policy"], "no-referrer", `${where}: referrer-policy`);
      same(h["x-content-type-options"], "nosniff", `${where}: nosniff`);
      same(h["cross-origin-opener-policy"], "same-origin", `${where}: opener`);
      check(!/<[^>]+\s(style|on\w+)=/i.test(text), `${where}: something inline`);
      for (const [, address] of text.matchAll(/(?:href|src|action)="([^"]*)"/g))
        check(/^(\/(?!\/)|\?|#|\.$|tel:)/.test(address), `${where}: an address elsewhere: ${address}`);
      for (const cookie of h["set-cookie"] ?? [])
        check(/^__Host-[^;]+; Path=\/; Secure; HttpOnly; SameSite=Lax/.test(cookie), `${where}: ${cookie}`);
    }
  });
  await run("files_are_kept_for_ever_under_the_hash_of_their_content", async () => {
    const { text } = await demo.request("GET", `/t/${demo.ready.tenants[0].slug}/`, {});
    const path = text.match(/href="(\/assets\/sealbook\.[0-9a-f]{16}\.css)"/)[1];
    const file = await demo.request("GET", path, {});
    same(file.headers["cache-control"], "public, max-age=31536000, immutable", "cache-control");
    same((await demo.request("GET", path.replace(/[0-9a-f]{16}/, "0000000000000000"), {})).status, 404, "another hash");
  });
}

// Structure of a page without its text: tags and attribute names.
const skeleton = (html) => html.replace(/>[^<]*</g, "><").replace(/="[^"]*"/g, "");

export async function payloads(browser, demo) {
  check(hostile.length === 300, "there are 300 payloads");
  await run("300_payloads_stay_text", async () => {
    const service = demo.ready.tenants[0].services[0];
    const slug = demo.ready.tenants[0].slug;
    const person = await Person.of(browser, demo);
    const admin = async (method, where, body) => demo.api("admin", method, where, body);
    const wrong = [];
    const etag = async () => (await admin("GET", `/v1/services/${service.id}`)).headers.etag;
    const plain = skeleton((await demo.request("GET", `/t/${slug}/`, {})).text);
    let shown = 0, refused = 0;
    for (const payload of hostile) {
      const headers = { Authorization: `Bearer ${demo.ready.tenants[0].accounts.admin.token}`, "Content-Type": "application/json", "If-Match": await etag() };
      const changed = await demo.request("PATCH", `/v1/services/${service.id}`, { headers, body: JSON.stringify({ name: payload, description: payload }) });
      if (changed.status === 422) { refused += 1; continue; }
      if (changed.status !== 200) { wrong.push(`${changed.status} for ${payload.slice(0, 30)}: ${changed.text.slice(0, 200)}`); break; }
      const html = (await demo.request("GET", `/t/${slug}/`, {})).text;
      if (skeleton(html) !== plain) wrong.push(`the page changed its structure: ${payload.slice(0, 60)}`);
      await person.go(`/t/${slug}/`);
      const text = await person.page.locator("a.choice strong").first().evaluate((e) => e.textContent);
      // HTML reads CR LF as LF; controls are shown as U+FFFD.
      const expected = payload.replace(/\r\n?/g, "\n").replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "\ufffd");
      if (text !== expected) wrong.push(`shown as ${JSON.stringify(text.slice(0, 60))}: ${JSON.stringify(payload.slice(0, 60))}`);
      if (await person.page.evaluate(() => window.executed !== undefined)) wrong.push(`executed: ${payload.slice(0, 60)}`);
      shown += 1;
    }
    const headers = { Authorization: `Bearer ${demo.ready.tenants[0].accounts.admin.token}`, "Content-Type": "application/json", "If-Match": await etag() };
    await demo.request("PATCH", `/v1/services/${service.id}`, { headers, body: JSON.stringify({ name: service.name, description: "For people who are new here." }) });
    if (wrong.length === 0) check(shown > hostile.length / 2, `only ${shown} were shown, ${refused} refused`);
    return [...wrong, ...(await person.end())];
  });
}
