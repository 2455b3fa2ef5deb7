// What somebody has typed and not yet sent. It outlives the page that it was typed on, a lost
// network and an ended session, but never this window's memory: drafts hold names and notes, and
// those have no place in the browser's storage.
import { useCallback, useSyncExternalStore } from "react";
import { onLeave } from "../../shared/lock/lock";

const drafts = new Map<string, unknown>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

onLeave(() => {
  drafts.clear();
  for (const listener of listeners) listener();
});

export function readDraft<T>(name: string, empty: T): T {
  return drafts.has(name) ? (drafts.get(name) as T) : empty;
}
export function writeDraft(name: string, value: unknown): void {
  if (value === null) drafts.delete(name);
  else drafts.set(name, value);
  for (const listener of listeners) listener();
}

export function useDraft<T>(name: string, empty: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribe, () => readDraft(name, empty));
  const set = useCallback((next: T) => writeDraft(name, next), [name]);
  return [value, set];
}

export function dropDraft(name: string): void {
  writeDraft(name, null);
}
