// Debian's Chromium with a virtual authenticator: a real registration, sign-in and step-up.
import { createHash, X509Certificate } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { check, run } from "../pages/cases.mjs";
import { moveClock } from "./stepup.mjs";

const { chromium } = createRequire(import.meta.url)("playwright-core");

// Passkeys are refused on pages whose certificate is not believed: this one's key is named instead.
function pin(demo) {
  const folder = path.join(path.dirname(demo.ready.ca));
  const pem = fs.readdirSync(folder).filter((name) => name.endsWith(".pem") && !name.includes("key"));
  return pem.map((name) => fs.readFileSync(path.join(folder, name), "utf8")).filter((text) => text.includes("BEGIN CERTIFICATE")).map((text) =>
    createHash("sha256").update(new X509Certificate(text).publicKey.export({ type: "spki", format: "der" })).digest("base64")).join(",");
}

// Runs in the page.
async function ceremony({ begin, end, kind, extra, csrf }) {
  const headers = { "Content-Type": "application/json", ...(csrf && { "X-CSRF-Token": csrf }) };
  const options = await (await fetch(begin, { method: "POST", headers, body: "{}" })).json();
  const credential = kind === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
  const answer = await fetch(end, { method: "POST", headers, body: JSON.stringify({ ...extra, credential: credential.toJSON() }) });
  return { status: answer.status, body: await answer.json() };
}
const session = async () => {
  const answer = await fetch("/v1/session");
  return answer.ok ? answer.json() : null;
};

export async function inChromium(demo) {
  const browser = await chromium.launch({
    executablePath: process.env.SEALBOOK_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", `--ignore-certificate-errors-spki-list=${pin(demo)}`],
  });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal",
      hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await run("chromium/demo_link_signs_in_by_its_own_script", async () => {
      await page.goto(demo.ready.tenants[0].accounts.admin.sign_in);
      await page.waitForURL((url) => url.pathname.startsWith("/desk/"));
      await page.goto(demo.url + "/demo/");
      check((await page.evaluate(session))?.account.role === "admin", "nobody is signed in");
    });
    await run("chromium/registers", async () => {
      const { csrf } = await page.evaluate(session);
      const made = await page.evaluate(ceremony, { begin: "/v1/passkeys/options", end: "/v1/passkeys", kind: "create", extra: { label: "Chromium" }, csrf });
      check(made.status === 201, JSON.stringify(made));
    });
    await run("chromium/signs_in", async () => {
      await context.clearCookies();
      check((await page.evaluate(session)) === null, "still signed in");
      const made = await page.evaluate(ceremony, { begin: "/v1/session/passkey/options", end: "/v1/session/passkey", kind: "get" });
      check(made.status === 200 && made.body.method === "passkey" && made.body.account.role === "admin", JSON.stringify(made));
      const cookie = (await context.cookies()).find((c) => c.name === "__Host-sid");
      check(cookie.httpOnly && cookie.secure && cookie.sameSite === "Lax" && cookie.expires === -1, JSON.stringify(cookie));
    });
    await run("chromium/steps_up", async () => {
      await moveClock(demo, 301);
      const { csrf } = await page.evaluate(session);
      const refused = await page.evaluate(async (token) => (await fetch("/v1/accounts", { method: "POST", body: '{"role":"billing"}',
        headers: { "Content-Type": "application/json", "X-CSRF-Token": token, "Idempotency-Key": crypto.randomUUID() } })).status, csrf);
      check(refused === 401, `a stale session was answered ${refused}`);
      const made = await page.evaluate(ceremony, { begin: "/v1/session/step-up/options", end: "/v1/session/step-up", kind: "get", csrf });
      check(made.status === 200 && made.body.stepped_up_at, JSON.stringify(made));
      const done = await page.evaluate(async (token) => (await fetch("/v1/accounts", { method: "POST", body: '{"role":"billing"}',
        headers: { "Content-Type": "application/json", "X-CSRF-Token": token, "Idempotency-Key": crypto.randomUUID() } })).status, made.body.csrf);
      check(done === 201, `a fresh session was answered ${done}`);
    });
    await run("chromium/signs_out_and_leaves_nothing", async () => {
      const { csrf } = await page.evaluate(session);
      const gone = await page.evaluate(async (token) => (await fetch("/v1/session", { method: "DELETE", headers: { "X-CSRF-Token": token } })).status, csrf);
      check(gone === 204 && (await page.evaluate(session)) === null, `${gone}`);
      check(!(await context.cookies()).some((c) => c.name === "__Host-sid"), "the cookie stayed");
    });
  } finally {
    await browser.close();
  }
}
