// Who is signed in: the session of the cookie (GET /v1/session), its permissions, and the end of it.
import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { call, refusal, send, setCsrf, whenSignedOut } from "./call";
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

async function readSession(): Promise<Session | null> {
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

let ended = false;
const listeners = new Set<() => void>();
// True once the server no longer knows the session: the page asks to sign in and keeps its drafts.
export function useEnded(): boolean {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => ended);
}
export function setEnded(value: boolean): void {
  ended = value;
  for (const listener of listeners) listener();
}
whenSignedOut(() => setEnded(true));

export async function signOut(queries: QueryClient): Promise<void> {
  await send({ method: "DELETE", url: "/v1/session", headers: {} }).catch(() => undefined);
  queries.clear();
  sessionStorage.clear();
  location.replace("/sign-in");
}
