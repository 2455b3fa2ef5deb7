// One call of the API, typed by its operation. Whatever changes something carries an idempotency
// key, so that it can be sent again when the network fails on the way: it happens once.
import { operations, type OpeningView, type Operations, type Problem as ProblemBody } from "./operations.gen";
import { watched } from "./network";

export type Name = keyof Operations;
type Given<N extends Name, Part extends "path" | "query" | "body"> = undefined extends Operations[N][Part] ? { [P in Part]?: undefined } : {} extends Operations[N][Part] ? { [P in Part]?: Operations[N][P] } : { [P in Part]: Operations[N][Part] };
export type Input<N extends Name> = Given<N, "path"> & Given<N, "query"> & Given<N, "body"> & { version?: number; signal?: AbortSignal };
export type Answer<N extends Name> = Operations[N]["answer"];

export class Problem extends Error {
  readonly slug: string;
  // It was sent more than once: the first time may have been done, its answer lost on the way.
  again = false;
  constructor(readonly body: ProblemBody & { alternatives?: OpeningView[] }) {
    super(body.title);
    this.slug = body.type.slice(body.type.lastIndexOf("/") + 1);
  }
  get fields(): NonNullable<ProblemBody["errors"]> {
    return this.body.errors ?? [];
  }
}

export class Unreachable extends Error {}

let csrf = "";
let onSignedOut = (): void => {};
export function setCsrf(token: string): void { csrf = token; }
export function whenSignedOut(act: () => void): void { onSignedOut = act; }

const tries = 4;
const first_wait_ms = 400;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

function addressOf(template: string, path: Record<string, unknown>, query: Record<string, unknown>): string {
  const where = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const text = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString();
  return text ? `${where}?${text}` : where;
}

export interface Sent { method: string; url: string; headers: Record<string, string>; body?: string; signal?: AbortSignal }

// Sends, and sends again what may be sent again. Answers whatever the server says at last.
export async function send(sent: Sent): Promise<Response> {
  return (await sendCounted(sent)).response;
}

async function sendCounted({ method, url, headers, body, signal }: Sent): Promise<{ response: Response; again: boolean }> {
  const all: Record<string, string> = { Accept: "application/json", ...headers };
  if (method !== "GET" && csrf) all["X-CSRF-Token"] = csrf;
  for (let left = tries - 1; ; left--) {
    try {
      const response = await watched(() => fetch(url, { method, headers: all, body, signal, credentials: "same-origin", cache: "no-store" }));
      const done = { response, again: left < tries - 1 };
      if ((response.status !== 503 && response.status !== 429) || left === 0) return done;
      const wait = Number(response.headers.get("Retry-After") ?? "1");
      if (wait > 5) return done;
      await pause(wait * 1000);
    } catch (error) {
      if (signal?.aborted) throw error;
      if (left === 0) throw new Unreachable();
      await pause(first_wait_ms * 2 ** (tries - 1 - left));
    }
  }
}

export async function refusal(response: Response): Promise<Error> {
  if (response.status === 401) {
    const body = (await response.json().catch(() => null)) as ProblemBody | null;
    if (body && !body.type.endsWith("step-up-required")) onSignedOut();
    return body ? new Problem(body) : new Unreachable();
  }
  const body = (await response.json().catch(() => null)) as ProblemBody | null;
  return body && typeof body.type === "string" ? new Problem(body) : new Unreachable();
}

export async function call<N extends Name>(name: N, input: Input<N>): Promise<Answer<N>> {
  const [method, template] = operations[name];
  const headers: Record<string, string> = {};
  const text = typeof input.body === "string";
  if (input.body !== undefined) headers["Content-Type"] = text ? "text/csv" : "application/json";
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID();
  if (input.version !== undefined) headers["If-Match"] = `"v${input.version}"`;
  const { response, again } = await sendCounted({
    method, headers, signal: input.signal,
    url: addressOf(template, input.path ?? {}, input.query ?? {}),
    body: input.body === undefined ? undefined : text ? (input.body as string) : JSON.stringify(input.body),
  });
  if (!response.ok) {
    const refused = await refusal(response);
    if (refused instanceof Problem) refused.again = again;
    throw refused;
  }
  if (response.status === 204) return undefined as Answer<N>;
  const json = response.headers.get("Content-Type")?.includes("json") ?? false;
  return (json ? await response.json() : await response.text()) as Answer<N>;
}
