// Every ceremony is judged twice: by the server, and by @simplewebauthn/server, another implementation.
import { createRequire } from "node:module";
import { check, run } from "../pages/cases.mjs";
import { assertions, registrations } from "./bends.mjs";
import { Browser } from "./browser.mjs";
import { SoftAuthenticator } from "./soft.mjs";

const require = createRequire(import.meta.url);
const other = require("@simplewebauthn/server");

async function othersWord(verify, terms) {
  try {
    return (await verify(terms)).verified;
  } catch {
    return false;
  }
}
const common = (demo, publicKey, response) => ({
  response, expectedChallenge: publicKey.challenge, expectedOrigin: demo.url, expectedRPID: "localhost", requireUserVerification: true,
});

async function judgeRegistration(browser, device, bends) {
  const options = (await browser.post("/v1/passkeys/options")).json.publicKey;
  const credential = device.create(options, browser.demo.url, bends);
  const theirs = await othersWord(other.verifyRegistrationResponse,
    { ...common(browser.demo, options, credential), supportedAlgorithmIDs: options.pubKeyCredParams.map((p) => p.alg) });
  const answer = await browser.post("/v1/passkeys", { label: "A key", credential });
  return { answer, ours: answer.status === 201, theirs, credential };
}

async function judgeAssertion(demo, device, bends) {
  const browser = new Browser(demo);
  const options = (await browser.post("/v1/session/passkey/options")).json.publicKey;
  const credential = device.get(options, demo.url, bends);
  const authenticator = { credentialID: Uint8Array.from(device.id), credentialPublicKey: Uint8Array.from(device.coseKey()), counter: device.counter };
  const theirs = await othersWord(other.verifyAuthenticationResponse, { ...common(demo, options, credential), authenticator });
  const answer = await browser.post("/v1/session/passkey", { credential });
  return { answer, ours: answer.status === 200, theirs, browser, credential, known: credential.id === Buffer.from(device.id).toString("base64url") };
}

export async function verdicts(demo) {
  const browser = await new Browser(demo).demoSignIn("scheduler");
  const devices = {};
  for (const kind of ["ES256", "EdDSA", "RS256"])
    for (const format of ["none", "packed"])
      await run(`registered/${kind}/${format}`, async () => {
        const device = new SoftAuthenticator(kind, { backupEligible: format === "none" });
        const { answer, ours, theirs } = await judgeRegistration(browser, device, { format });
        check(ours && theirs, `server ${answer.status} ${answer.text.slice(0, 200)}, the other ${theirs}`);
        devices[kind] = device;
      });
  for (const [kind, device] of Object.entries(devices))
    await run(`signed_in/${kind}`, async () => {
      const { answer, ours, theirs, browser } = await judgeAssertion(demo, device, {});
      check(ours && theirs, `server ${answer.status} ${answer.text.slice(0, 200)}, the other ${theirs}`);
      const session = (await browser.session()).json;
      check(session.method === "passkey" && session.account.role === "scheduler" && session.passkeys >= 3, JSON.stringify(session));
    });
  let same = 0, stricter = 0;
  for (const [name, { stricter: more, device, ...bends }] of Object.entries(registrations))
    await run(`registration_refused/${name}`, async () => {
      const { answer, ours, theirs } = await judgeRegistration(browser, device ? device() : new SoftAuthenticator("ES256"), bends);
      check(!ours && answer.status === 422, `the server said ${answer.status} ${answer.text.slice(0, 200)}`);
      check(more || !theirs, "the other implementation accepts it");
      theirs ? stricter++ : same++;
    });
  for (const [name, { stricter: more, ...bends }] of Object.entries(assertions))
    await run(`assertion_refused/${name}`, async () => {
      const { answer, ours, theirs, known } = await judgeAssertion(demo, devices.ES256, bends);
      check(!ours && [401, 422].includes(answer.status), `the server said ${answer.status} ${answer.text.slice(0, 200)}`);
      check(more || !theirs || !known, "the other implementation accepts it");
      theirs ? stricter++ : same++;
    });
  await run("mutated_ceremonies_counted", async () => check(same >= 25, `${same} refused by both, ${stricter} by the server alone`));
  console.log(`# ${same} mutated ceremonies refused by both, ${stricter} by the server alone`);
  return devices;
}

// What a store has to know: a challenge counts once, a credential belongs to one account, counters rise.
export async function memory(demo) {
  const browser = await new Browser(demo).demoSignIn("front_desk");
  await run("challenge_answered_twice", async () => {
    const device = new SoftAuthenticator();
    check((await browser.addPasskey(device)).status === 201, "not registered");
    const options = (await browser.post("/v1/session/passkey/options")).json.publicKey;
    const credential = device.get(options, demo.url);
    const first = await new Browser(demo).post("/v1/session/passkey", { credential });
    const second = await new Browser(demo).post("/v1/session/passkey", { credential });
    check(first.status === 200 && second.status === 401, `${first.status}, then ${second.status}`);
  });
  await run("registration_challenge_answered_twice", async () => {
    const options = (await browser.post("/v1/passkeys/options")).json.publicKey;
    const tries = [];
    for (const device of [new SoftAuthenticator(), new SoftAuthenticator()])
      tries.push((await browser.post("/v1/passkeys", { label: "Twice", credential: device.create(options, demo.url) })).status);
    check(tries[0] === 201 && tries[1] === 422, tries.join());
  });
  await run("challenge_of_another_session", async () => {
    const stranger = await new Browser(demo).demoSignIn("billing");
    const options = (await stranger.post("/v1/passkeys/options")).json.publicKey;
    const answer = await browser.post("/v1/passkeys", { label: "Foreign", credential: new SoftAuthenticator().create(options, demo.url) });
    check(answer.status === 422, answer.status);
  });
  await run("credential_registered_twice", async () => {
    const device = new SoftAuthenticator();
    check((await browser.addPasskey(device)).status === 201, "not registered");
    const stranger = await new Browser(demo).demoSignIn("billing");
    const again = [(await browser.addPasskey(device)).status, (await stranger.addPasskey(device)).status];
    check(again.join() === "409,409", again.join());
  });
  await run("copied_authenticator_is_blocked", async () => {
    const device = new SoftAuthenticator();
    device.counter = 10;
    check((await browser.addPasskey(device)).status === 201, "not registered");
    const tried = [];
    for (const counter of [11, 12, 12, 13]) tried.push((await new Browser(demo).signIn(device, { counter })).status);
    check(tried.join() === "200,200,401,401", tried.join());
    const listed = (await browser.get("/v1/passkeys")).json.passkeys;
    check(listed.at(-1).blocked === true, JSON.stringify(listed.at(-1)));
    const journal = await demo.api("auditor", "GET", "/v1/audit/entries?limit=50");
    for (let i = 0; i < 40 && !JSON.stringify((await demo.api("auditor", "GET", "/v1/audit/entries?limit=50")).json).includes("passkey.blocked"); i++)
      await new Promise((done) => setTimeout(done, 500));
    check(JSON.stringify((await demo.api("auditor", "GET", "/v1/audit/entries?limit=50")).json).includes("passkey.blocked"), journal.text.slice(0, 200));
  });
  await run("last_one_stays", async () => {
    const account = await new Browser(demo).demoSignIn("billing");
    const one = new SoftAuthenticator(), two = new SoftAuthenticator();
    for (const device of [one, two]) check((await account.addPasskey(device)).status === 201, "not registered");
    const ids = (await account.get("/v1/passkeys")).json.passkeys.map((p) => p.id);
    const gone = [(await account.call("DELETE", `/v1/passkeys/${ids[0]}`)).status, (await account.call("DELETE", `/v1/passkeys/${ids[1]}`)).status];
    check(gone.join() === "204,409", gone.join());
    check((await new Browser(demo).signIn(one)).status === 401 && (await new Browser(demo).signIn(two)).status === 200, "what was removed still signs in");
    const foreign = await new Browser(demo).demoSignIn("auditor");
    check((await foreign.call("DELETE", `/v1/passkeys/${ids[1]}`)).status === 404, "another account's passkey");
  });
}
