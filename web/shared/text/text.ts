// Words in two languages. A catalogue holds the same keys in both: a key that is missing in one of
// them does not compile. Dates and numbers go through the formatters of `useFormat`.
import { useMemo, useSyncExternalStore } from "react";

export type Language = "en" | "es";
type Same<T> = { [K in keyof T]: T[K] extends (...args: infer A) => string ? (...args: A) => string : T[K] extends string ? string : Same<T[K]> };

export interface Catalogue<T> {
  en: T;
  es: Same<T>;
}
export function catalogue<T>(words: Catalogue<T>): Catalogue<T> {
  return words;
}

const kept = "language";
const listeners = new Set<() => void>();

function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept) ?? navigator.language;
  return chosen.startsWith("es") ? "es" : "en";
}
let current: Language = firstLanguage();
document.documentElement.lang = current;

export function setLanguage(language: Language): void {
  current = language;
  localStorage.setItem(kept, language);
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export const language = (): Language => current;
export const useLanguage = (): Language => useSyncExternalStore(subscribe, language);

// "en-GB" for a browser that speaks it, so that dates look as the person is used to.
export function localeOf(wanted: Language): string {
  return navigator.language.startsWith(wanted) ? navigator.language : wanted === "es" ? "es-ES" : "en-US";
}

// The words of a catalogue in the language of the page; outside of components, `say`.
export function useText<T>(words: Catalogue<T>): T {
  return words[useLanguage()] as T;
}
export function say<T>(words: Catalogue<T>): T {
  return words[current] as T;
}

export function useCollator(): Intl.Collator {
  const spoken = useLanguage();
  return useMemo(() => new Intl.Collator(localeOf(spoken), { sensitivity: "base", numeric: true }), [spoken]);
}
