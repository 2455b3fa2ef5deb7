// What a browser is to the API: a cookie, the header that says where a request comes from, the
// anti-forgery token of the session.
export class Browser {
  constructor(demo) {
    this.demo = demo;
    this.cookies = new Map();
    this.csrf = null;
  }

  async call(method, where, body, headers = {}) {
    const send = { "Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", ...headers };
    if (this.cookies.size > 0) send.Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (this.csrf && method !== "GET") send["X-CSRF-Token"] ??= this.csrf;
    if (body !== undefined) send["Content-Type"] ??= "application/json";
    const answer = await this.demo.request(method, where, { headers: send, body: typeof body === "string" ? body : body && JSON.stringify(body) });
    for (const text of answer.headers["set-cookie"] ?? []) {
      const [, name, value] = text.match(/^([^=]+)=([^;]*)/);
      if (text.includes("Max-Age=0")) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    answer.json = /json/.test(answer.headers["content-type"] ?? "") && answer.text ? JSON.parse(answer.text) : null;
    if (answer.json?.csrf) this.csrf = answer.json.csrf;
    return answer;
  }
  get(where) {
    return this.call("GET", where);
  }
  post(where, body = {}) {
    return this.call("POST", where, body);
  }
  session() {
    return this.get("/v1/session");
  }

  // Opens a role's link of the demo, as its script does.
  async demoSignIn(role, tenant = 0) {
    const accounts = role === "super_admin" ? this.demo.ready.accounts : this.demo.ready.tenants[tenant].accounts;
    const link = new URL(accounts[role].sign_in);
    const page = await this.call("GET", link.pathname + link.search, undefined, { "Sec-Fetch-Site": "none" });
    const fields = new URLSearchParams([...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
    const answer = await this.call("POST", "/demo/sign-in", fields.toString(), { "Content-Type": "application/x-www-form-urlencoded" });
    if (answer.status !== 303) throw new Error(`the demo's link: ${answer.status} ${answer.text.slice(0, 200)}`);
    await this.session();
    return this;
  }

  async addPasskey(device, bends = {}) {
    const options = await this.post("/v1/passkeys/options");
    if (options.status !== 200) return options;
    const credential = device.create(options.json.publicKey, this.demo.url, bends);
    return this.post("/v1/passkeys", { label: "A key", credential });
  }
  async signIn(device, bends = {}) {
    const options = await this.post("/v1/session/passkey/options");
    if (options.status !== 200) return options;
    return this.post("/v1/session/passkey", { credential: device.get(options.json.publicKey, this.demo.url, bends) });
  }
  async stepUp(device, bends = {}) {
    const options = await this.post("/v1/session/step-up/options");
    if (options.status !== 200) return options;
    return this.post("/v1/session/step-up", { credential: device.get(options.json.publicKey, this.demo.url, bends) });
  }
}
