// The lock of the screen: after a while without anybody, at one key, or when the session has ended.
// While it holds, the page is not in the document and what was read about people is forgotten; what
// was typed stays in memory. Idle and asked locks hold in every window and over a reload.
import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { queries } from "../api/queries";

export type Why = "idle" | "asked" | "blank" | "ended";
export interface LockState { why: Why | null; soon: boolean }

const key = "locked", touched = "touched", left = "left";
const warn_ms = 30_000;
const look_every_ms = 1000;
// Read about the organisation, not about anybody who comes to it.
const kept = new Set(["session", "listLocations", "listPractitioners", "listRooms", "listServices", "listSchedules", "getTenant"]);

const stored = localStorage.getItem(key);
let state: LockState = { why: stored === "idle" || stored === "asked" || stored === "blank" ? stored : null, soon: false };
const listeners = new Set<() => void>();
const forgetting = new Set<() => void>(), leaving = new Set<() => void>();

function show(next: LockState): void {
  state = next;
  for (const listener of listeners) listener();
}
export function useLock(): LockState {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => state);
}
export const isLocked = (): boolean => state.why !== null;

// What must be forgotten when the screen locks, and what only when the person leaves.
export function onForget(act: () => void): void { forgetting.add(act); }
export function onLeave(act: () => void): void { leaving.add(act); }

function forget(): void {
  void queries.cancelQueries();
  queries.removeQueries({ predicate: (query) => !kept.has(String(query.queryKey[0])) });
  queries.getMutationCache().clear();
  for (const act of forgetting) act();
}
export function leave(): void {
  forget();
  for (const act of leaving) act();
  sessionStorage.clear();
  for (const each of [key, touched]) localStorage.removeItem(each);
}
export function leaveEverywhere(): void {
  flushSync(() => show({ why: "blank", soon: false }));
  leave();
  localStorage.setItem(left, String(Date.now()));
}

export function lock(why: Why): void {
  if (state.why === null || why === "ended") flushSync(() => show({ why, soon: false }));
  if (why !== "ended") localStorage.setItem(key, why);
  forget();
}
// After the session was looked at afresh.
export function open(): void {
  localStorage.removeItem(key);
  localStorage.setItem(touched, String(Date.now()));
  show({ why: null, soon: false });
}

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

// Locks after `limit_ms` in which no window of this browser was touched. `onOpened`: another window
// was unlocked, or somebody signed in there.
export function watchIdle(limit_ms: number, onOpened: () => void): () => void {
  let last = Date.now();
  const look = () => {
    if (state.why !== null) return;
    const idle = Date.now() - Math.max(last, Number(localStorage.getItem(touched)));
    if (idle >= limit_ms) lock("idle");
    else if (state.soon !== idle >= limit_ms - warn_ms) show({ why: null, soon: !state.soon });
  };
  const touch = () => {
    const now = Date.now();
    if (state.why !== null || now - last < look_every_ms) return;
    look(); // who comes back to a sleeping computer finds it locked
    last = now;
    localStorage.setItem(touched, String(now));
    if (isLocked()) return;
    look();
  };
  const hear = (event: StorageEvent) => {
    if (event.key === left) { leave(); location.replace("/sign-in"); }
    else if (event.key === key && event.newValue !== null) lock(event.newValue as Why);
    else if (event.key === key || (event.key === touched && state.why === "ended")) onOpened();
  };
  const timer = setInterval(look, look_every_ms);
  for (const sign of signs) addEventListener(sign, touch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
  addEventListener("storage", hear);
  return () => {
    clearInterval(timer);
    for (const sign of signs) removeEventListener(sign, touch, { capture: true });
    document.removeEventListener("visibilitychange", look);
    removeEventListener("storage", hear);
  };
}
