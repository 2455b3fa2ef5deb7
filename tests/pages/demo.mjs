// A demo server of the suite's own, its mail, its clock, and a client for its API.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { randomUUID } from "node:crypto";

const build = process.env.SEALBOOK_BUILD ?? "build/debug";

// A database of its own on the throw-away server; answers its address.
function newDatabase(name) {
  const server = process.env.SEALBOOK_TEST_POSTGRES, made = `${name}_${randomUUID().slice(0, 8)}`;
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", server, "-c", `CREATE DATABASE ${made}`]);
  return Object.assign(new URL(server), { pathname: `/${made}` }).toString();
}

// On the embedded engine, or "postgres" (SEALBOOK_TEST_POSTGRES names the server).
export async function startDemo(engine = "embedded") {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sealbook-pages-"));
  const log = fs.openSync(path.join(folder, "log"), "w");
  const urls = engine === "postgres" ? ["--database-url", "secret://env/SEALBOOK_STORE_URL", "--keyring-url", "secret://env/SEALBOOK_KEYRING_URL"] : [];
  const env = engine === "postgres" ? { ...process.env, SEALBOOK_STORE_URL: newDatabase("store"), SEALBOOK_KEYRING_URL: newDatabase("keyring") } : process.env;
  const child = spawn(path.join(build, "sealbook"), ["demo", "--dir", path.join(folder, "demo"), "--port", "0", "--json", ...urls],
    { stdio: ["ignore", "pipe", log], env });
  const lines = readline.createInterface({ input: child.stdout });
  const line = await Promise.race([
    new Promise((done) => lines.once("line", done)),
    new Promise((_, fail) => child.once("exit", () => fail(new Error("the demo did not start: " + fs.readFileSync(path.join(folder, "log"), "utf8"))))),
  ]);
  return new Demo(folder, child, JSON.parse(line));
}

export class Demo {
  constructor(folder, child, ready) {
    Object.assign(this, { folder, child, ready, url: ready.url, ca: fs.readFileSync(ready.ca) });
    this.agent = new https.Agent({ ca: this.ca, keepAlive: true, maxSockets: 32 });
  }

  async stop() {
    this.agent.destroy();
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await ended;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  // Plain HTTPS, without a browser: status, headers and text.
  request(method, where, { headers = {}, body } = {}) {
    return new Promise((done, fail) => {
      // Node frames the body of a DELETE only when its length is said.
      const framed = body === undefined || body === null ? headers : { ...headers, "Content-Length": Buffer.byteLength(body) };
      const { hostname, port } = new URL(this.url);  // the path goes out as it is, dots and all
      const sent = https.request({ hostname, port, path: where, method, headers: framed, agent: this.agent, servername: "localhost" }, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
      });
      sent.on("error", fail);
      sent.end(body);
    });
  }

  async api(role, method, where, body, tenant = 0) {
    const headers = { Authorization: `Bearer ${this.ready.tenants[tenant].accounts[role].token}` };
    if (body) headers["Content-Type"] = "application/json";
    if (method === "POST") headers["Idempotency-Key"] = randomUUID();
    const answer = await this.request(method, where, { headers, body: body && JSON.stringify(body) });
    return { ...answer, json: answer.text ? JSON.parse(answer.text) : null };
  }

  // All visits of the next 120 days, as the scheduler sees them.
  async visits(tenant = 0) {
    const me = (await this.api("scheduler", "GET", "/v1/me", null, tenant)).json;
    const from = new Date(me.now), to = new Date(from.getTime() + 120 * 86400e3);
    const all = [];
    let cursor = "";
    do {
      const answer = await this.api("scheduler", "GET",
        `/v1/appointments?from=${from.toISOString()}&to=${to.toISOString()}&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, null, tenant);
      if (answer.status !== 200) throw new Error(`listing visits: ${answer.status} ${answer.text}`);
      all.push(...answer.json.appointments);
      cursor = answer.json.next ?? "";
    } while (cursor);
    return all;
  }

  mails() {
    return fs.readdirSync(this.ready.mail).filter((name) => name.endsWith(".eml")).sort();
  }

  textOf(mail) {
    return readMail(fs.readFileSync(path.join(this.ready.mail, mail), "utf8"));
  }

  codeIn(mail) {
    const found = this.textOf(mail).match(/\b(\d{4})[ -]?(\d{4})\b/);
    return found ? found[1] + found[2] : undefined;
  }

  // The newest code that was mailed since; waits for it.
  async code(since, within = 15000) {
    const until = Date.now() + within;
    for (;;) {
      for (const name of this.mails().filter((name) => !since.includes(name)).reverse()) {
        const code = this.codeIn(name);
        if (code) return code;
      }
      if (Date.now() > until) throw new Error("no code was mailed");
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}

// The text of a mail, far enough to find a code or a link in it.
export function readMail(eml) {
  const soft = eml.replace(/\r/g, "").replace(/=\n/g, "").replace(/=3D/g, "=");
  const base64 = [...soft.matchAll(/base64\n(?:[^\n]+\n)*\n([A-Za-z0-9+/=\n]+)/g)].map((m) => Buffer.from(m[1], "base64").toString());
  return soft.slice(soft.indexOf("\n\n")) + "\n" + base64.join("\n");
}
