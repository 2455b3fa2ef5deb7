// Whether the server can be reached, as the last calls showed. Pages say it in a banner.
import { useSyncExternalStore } from "react";

export type Reach = "well" | "slow" | "lost";

const slow_after_ms = 3000;
const listeners = new Set<() => void>();
const waiting = new Set<number>();
let lost = !navigator.onLine;
let shown: Reach = lost ? "lost" : "well";

function judge(): void {
  const now = Date.now();
  const next: Reach = lost ? "lost" : [...waiting].some((since) => now - since > slow_after_ms) ? "slow" : "well";
  if (next === shown) return;
  shown = next;
  for (const listener of listeners) listener();
}

addEventListener("offline", () => { lost = true; judge(); });
addEventListener("online", () => { lost = false; judge(); });

// Watches one call from its start to its end.
export async function watched<T>(call: () => Promise<T>): Promise<T> {
  let since = Date.now();
  while (waiting.has(since)) since += 0.001;
  waiting.add(since);
  const timer = setTimeout(judge, slow_after_ms + 10);
  try {
    const answer = await call();
    lost = false;
    return answer;
  } catch (error) {
    if (error instanceof TypeError) lost = true;
    throw error;
  } finally {
    clearTimeout(timer);
    waiting.delete(since);
    judge();
  }
}

export function useReach(): Reach {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => shown);
}
