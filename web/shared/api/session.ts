// Who is signed in: the session of the cookie (GET /v1/session), its permissions, and the end of it.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { call, refusal, send, setCsrf, whenSignedOut } from "./call";
import { queries } from "./queries";
import { leaveEverywhere, lock } from "../lock/lock";
import { serverSays } from "../time/now";

export interface Session {
  account: { id: string; role: string; label?: string };
  tenant?: { id: string; slug: string; name: string; regime: string[]; time_zone?: string };
  method: string;
  csrf: string;
  permissions: string[];
  practitioner_id?: string;
  patient_id?: string;
  signed_in_at: string;
  expires_at: string;
  idle_expires_at?: string;
  passkeys: number;
}

export async function post<T>(url: string, body: unknown): Promise<T> {
  const response = await send({ method: "POST", url, headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() }, body: JSON.stringify(body) });
  if (!response.ok) throw await refusal(response);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export function remember(session: Session): Session {
  setCsrf(session.csrf);
  return session;
}

// As the server knows it now; null without one.
export async function readSession(): Promise<Session | null> {
  const response = await send({ method: "GET", url: "/v1/session", headers: {} });
  if (response.status === 401) return null;
  if (!response.ok) throw await refusal(response);
  const session = remember((await response.json()) as Session);
  await call("getMe", {}).then((me) => serverSays(me.now)).catch(() => undefined);
  return session;
}

export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: readSession, staleTime: Infinity, retry: false });

// Within the app there is always one; the frame shows the way to sign in otherwise.
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error("no session");
  return data;
}
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}

// Once the server no longer knows the session, the pages that stood on it lock and keep their drafts.
whenSignedOut(() => { if (queries.getQueryData(sessionQuery.queryKey)) lock("ended"); });

export async function signOut(): Promise<void> {
  leaveEverywhere();
  await send({ method: "DELETE", url: "/v1/session", headers: {} }).catch(() => undefined);
  location.replace("/sign-in");
}
