// Who stands behind the ids of a list: name, birth date, last digits. In memory only, asked for
// twenty at a time, as one journal entry each.
import { useEffect, useMemo, useState } from "react";
import { call } from "../../shared/api/call";
import type { FoundPatientView, PatientName } from "../../shared/api/operations.gen";
import { onForget } from "../../shared/lock/lock";
import { useMay } from "../../shared/api/session";
import { useText } from "../../shared/text/text";
import { desk } from "../text/desk";

const at_once = 20;
const known = new Map<string, FoundPatientView>();
const asked = new Set<string>();
const listeners = new Set<() => void>();

export function fullName(name: PatientName): string {
  const given = name.preferred ? `${name.preferred} (${name.given.join(" ")})` : name.given.join(" ");
  return [given, name.family, name.second_family].filter(Boolean).join(" ");
}

export function learn(people: FoundPatientView[]): void {
  for (const person of people) known.set(person.id, person);
  for (const listener of listeners) listener();
}

// The lock of the screen forgets everybody; an answer that comes after it is dropped.
let since = 0;
onForget(() => {
  since += 1;
  known.clear();
  asked.clear();
});

async function ask(ids: string[]): Promise<void> {
  const then = since;
  for (const id of ids) asked.add(id);
  for (let i = 0; i < ids.length && then === since; i += at_once) {
    const some = ids.slice(i, i + at_once);
    try {
      const { patients } = await call("searchPatients", { body: { ids: some } });
      if (then === since) learn(patients);
    } catch {
      for (const id of some) asked.delete(id);
    }
  }
}

export interface Names {
  of(id: string): string; // "…" until it is known; whoever was not asked for is hidden
  inWords(id: string): string; // within a sentence
  person(id: string): FoundPatientView | undefined;
  isHidden(id: string): boolean;
}
export function useNames(ids: string[]): Names {
  const may = useMay();
  const d = useText(desk);
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((n) => n + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  const key = ids.join();
  const allowed = may("patient.search");
  useEffect(() => {
    const missing = [...new Set(key ? key.split(",") : [])].filter((id) => !known.has(id) && !asked.has(id));
    if (allowed && missing.length > 0) void ask(missing);
  }, [key, allowed]);
  return useMemo(() => {
    const shown = new Set(key.split(","));
    const person = (id: string) => (shown.has(id) ? known.get(id) : undefined);
    const name = (id: string) => { const found = person(id); return found && fullName(found.name); };
    return { person, isHidden: (id) => !shown.has(id), of: (id) => name(id) ?? (shown.has(id) ? "…" : d.hiddenName), inWords: (id) => name(id) ?? d.thePerson };
  }, [key, d]);
}
