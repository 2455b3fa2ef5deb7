// Every operation that asks for a fresh proof of identity, tried with a session whose proof is old: on its
// own path, and on every spelling of it that could lead to the same row. The list is the API's own description.
import fs from "node:fs";
import { check, run } from "../pages/cases.mjs";
import { Browser } from "./browser.mjs";
import { SoftAuthenticator } from "./soft.mjs";

const bodies = {
  createAccount: { role: "billing" },
  createTenant: { slug: "stale", name: "Stale", message_name: "Stale", regime: ["baseline"] },
  addPasskey: null,
};
const verbs = ["POST", "PUT", "PATCH", "DELETE", "GET", "HEAD"];

export async function moveClock(demo, seconds) {
  const now = Number(fs.readFileSync(demo.ready.clock, "utf8"));
  fs.writeFileSync(demo.ready.clock, `${now + seconds}\n`);
  await new Promise((done) => setTimeout(done, 1200));
}

async function withPasskey(demo, role) {
  const device = new SoftAuthenticator();
  const setUp = await new Browser(demo).demoSignIn(role);
  const added = await setUp.addPasskey(device);
  check(added.status === 201, `${role}: ${added.status} ${added.text}`);
  const browser = new Browser(demo);
  check((await browser.signIn(device)).status === 200, `${role} cannot sign in`);
  return { browser, device };
}

function spellings(path) {
  return { slash: path + "/", doubled: path.replace("/v1/", "/v1//"), dots: path.replace("/v1/", "/v1/./"), up: path.replace("/v1/", "/v1/x/../"),
    encoded: path.replace("/v1/", "/%76%31/"), upper: path.toUpperCase(), query: path + "?a=1", bare: path.replace("/v1/", "/"), semicolon: path + ";x" };
}
const problem = (answer) => answer.json?.type?.split("/").pop();

export async function stepUp(demo) {
  const document = JSON.parse((await demo.request("GET", "/openapi.json")).text);
  const tagged = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).filter(([, o]) => o["x-step-up"]).map(([method, o]) => ({ ...o, path, method: method.toUpperCase() })));
  await run("step-up/tagged_operations", async () =>
    check(["createAccount", "createTenant", "createEnrolment", "endSessionsOfAccount", "addPasskey", "removePasskey"].every((id) =>
      tagged.some((o) => o.operationId === id)), tagged.map((o) => o.operationId).join()));
  const people = { admin: await withPasskey(demo, "admin"), super_admin: await withPasskey(demo, "super_admin") };
  const person = (operation) => people[operation["x-permission"] === "tenant.manage" ? "super_admin" : "admin"];
  const place = async (operation) => {
    const id = operation.path.includes("/accounts/") ? (await person(operation).browser.session()).json.account.id : "psk_" + "0".repeat(26);
    return operation.path.replace(/\{[^}]+\}/, id);
  };
  await moveClock(demo, 301);
  for (const operation of tagged) {
    const { browser } = person(operation);
    const path = await place(operation), body = operation.method === "POST" ? bodies[operation.operationId] ?? {} : undefined;
    await run(`step-up/stale/${operation.operationId}`, async () => {
      const answer = await browser.call(operation.method, path, body);
      check(answer.status === 401 && problem(answer) === "step-up-required", `${answer.status} ${answer.text.slice(0, 200)}`);
    });
    await run(`step-up/stale_by_every_spelling/${operation.operationId}`, async () => {
      const passed = [];
      for (const [name, spelled] of Object.entries(spellings(path)))
        for (const method of verbs) {
          const answer = await browser.call(method, spelled, method === "GET" || method === "HEAD" ? undefined : body ?? {});
          const isRead = method === "GET" || method === "HEAD";
          if (answer.status < 300 && !(isRead && name === "query")) passed.push(`${method} ${name}: ${answer.status}`);
        }
      for (const header of ["X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL"]) {
        const answer = await browser.call("POST", "/v1/passkeys/options", {}, { [header]: header.endsWith("Override") ? operation.method : path });
        if (answer.status !== 200 || !answer.json.publicKey) passed.push(`${header}: ${answer.status}`);
      }
      return passed;
    });
  }
  await run("step-up/confirmed", async () => {
    for (const { browser, device } of Object.values(people)) {
      const before = browser.cookies.get("__Host-sid"), token = browser.csrf;
      const answer = await browser.stepUp(device);
      check(answer.status === 200 && answer.json.stepped_up_at, `${answer.status} ${answer.text}`);
      check(browser.cookies.get("__Host-sid") !== before && browser.csrf !== token, "the cookie stayed the same");
      const old = new Browser(demo);
      old.cookies.set("__Host-sid", before);
      check((await old.session()).status === 401, "the old cookie still counts");
    }
    for (const operation of tagged) {
      const body = operation.method === "POST" ? bodies[operation.operationId] ?? {} : undefined;
      const answer = await person(operation).browser.call(operation.method, await place(operation), body);
      check(answer.status !== 401, `${operation.operationId}: ${answer.status} ${answer.text.slice(0, 200)}`);
      // One of them ends all of the admin's sessions, this one included.
      if (operation.operationId === "endSessionsOfAccount") await people.admin.browser.signIn(people.admin.device);
    }
  });
  await run("step-up/by_somebody_elses_passkey", async () => {
    const answer = await people.admin.browser.stepUp(people.super_admin.device);
    check(answer.status === 401, answer.status);
  });
  return people;
}

// A link to enrol: once, for a day, and nothing else can be done with it.
export async function enrolments(demo, people) {
  const admin = people.admin.browser;
  await admin.stepUp(people.admin.device);
  const account = (await demo.api("admin", "POST", "/v1/accounts", { role: "scheduler" })).json.id;
  const made = await admin.post(`/v1/accounts/${account}/enrolments`);
  const token = made.json?.url?.split("/e/")[1];
  const device = new SoftAuthenticator(), browser = new Browser(demo);
  await run("enrolment/made", async () => check(made.status === 201 && made.json.url.startsWith(demo.url + "/e/sb1_enrol_"), made.text));
  await run("enrolment/opened_once", async () => {
    const opened = await browser.post("/v1/session/enrolment", { token });
    check(opened.status === 200 && opened.json.method === "enrolment" && opened.json.permissions.length === 0, opened.text);
    const again = await new Browser(demo).post("/v1/session/enrolment", { token });
    check(again.status === 401, again.status);
  });
  const document = JSON.parse((await demo.request("GET", "/openapi.json")).text);
  const open = new Set(["getSession", "endSession", "getPasskeyOptions", "addPasskey", "listPasskeys"]);
  await run("enrolment/opens_nothing_else", async () => {
    const passed = [];
    let tried = 0;
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        if (operation["x-public-because"] || open.has(operation.operationId)) continue;
        tried += 1;
        const answer = await browser.call(method.toUpperCase(), path.replace(/\{[^}]+\}/g, "x"), method === "get" ? undefined : {});
        if (answer.status !== 403) passed.push(`${operation.operationId}: ${answer.status}`);
      }
    check(tried > 80, `only ${tried} operations were tried`);
    return passed;
  });
  await run("enrolment/a_passkey_for_it", async () => {
    const added = await browser.addPasskey(device);
    check(added.status === 201, added.text);
    const session = await new Browser(demo).signIn(device);
    check(session.status === 200 && session.json.account.id === account && session.json.account.role === "scheduler", session.text);
  });
  await run("enrolment/an_old_link", async () => {
    const other = (await demo.api("admin", "POST", "/v1/accounts", { role: "billing" })).json.id;
    const links = [];
    for (let i = 0; i < 2; i++) links.push((await admin.post(`/v1/accounts/${other}/enrolments`)).json.url.split("/e/")[1]);
    check((await new Browser(demo).post("/v1/session/enrolment", { token: links[0] })).status === 401, "the first of two links still opens");
    for (const wrong of ["sb1_enrol_x", links[1].slice(0, -1), links[1] + "x", ""])
      check([401, 422].includes((await new Browser(demo).post("/v1/session/enrolment", { token: wrong })).status), "a wrong link opens");
    await moveClock(demo, 86401);
    check((await new Browser(demo).post("/v1/session/enrolment", { token: links[1] })).status === 401, "a link of yesterday still opens");
  });
  await run("enrolment/of_an_account_with_passkeys_waits_a_day", async () => {
    check((await admin.signIn(people.admin.device)).status === 200, "the admin cannot sign in again");
    const link = (await admin.post(`/v1/accounts/${account}/enrolments`)).json;
    const recover = link.url.split("/e/")[1];
    check(new Date(link.starts_at) - new Date((await admin.session()).json.now) > 86000e3, link.starts_at);
    check((await new Browser(demo).post("/v1/session/enrolment", { token: recover })).status === 401, "it opens at once");
    await moveClock(demo, 86401);
    const later = await new Browser(demo).post("/v1/session/enrolment", { token: recover });
    check(later.status === 200 && later.json.method === "recovery", later.text);
  });
  await run("enrolment/of_a_new_tenant", async () => {
    const operator = people.super_admin.browser;
    await operator.signIn(people.super_admin.device);
    const tenant = await operator.post("/v1/tenants", { slug: "first-run", name: "First run", message_name: "Your clinic", regime: ["baseline"] });
    check(tenant.status === 201 && tenant.json.admin.enrol_url.startsWith(demo.url + "/e/"), tenant.text);
    const first = new Browser(demo), key = new SoftAuthenticator("EdDSA");
    check((await first.post("/v1/session/enrolment", { token: tenant.json.admin.enrol_url.split("/e/")[1] })).status === 200, "the link does not open");
    check((await first.addPasskey(key)).status === 201, "no passkey");
    const session = await first.signIn(key);
    check(session.status === 200 && session.json.account.role === "admin" && session.json.tenant.slug === "first-run", session.text);
  });
}

// Idle time-outs, which a demo's own links do not have.
export async function idle(demo, devices) {
  await run("limits/staff_idle_for_15_minutes", async () => {
    const browser = new Browser(demo);
    check((await browser.signIn(devices.ES256)).status === 200, "cannot sign in");
    for (let i = 0; i < 3; i++) {
      await moveClock(demo, 14 * 60);
      check((await browser.session()).status === 200, `ended after ${(i + 1) * 14} minutes of use`);
    }
    await moveClock(demo, 15 * 60 + 5);
    check((await browser.session()).status === 401, "still stands after 15 minutes without use");
  });
}
