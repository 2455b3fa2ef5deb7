// What somebody has typed and not yet sent. It outlives the page that it was typed on, a lost
// network and an ended session, but never this window's memory: drafts hold names and notes, and
// those have no place in the browser's storage.
import { useCallback, useSyncExternalStore } from "react";

const drafts = new Map<string, unknown>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDraft<T>(name: string, empty: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribe, () => (drafts.has(name) ? (drafts.get(name) as T) : empty));
  const set = useCallback((next: T) => {
    if (next === null) drafts.delete(name);
    else drafts.set(name, next);
    for (const listener of listeners) listener();
  }, [name]);
  return [value, set];
}

export function dropDraft(name: string): void {
  drafts.delete(name);
  for (const listener of listeners) listener();
}
