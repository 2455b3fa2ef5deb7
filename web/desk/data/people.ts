// Who stands behind the ids of a list: name, birth date, last digits. In memory only, asked for
// twenty at a time, as one journal entry each.
import { useEffect, useMemo, useState } from "react";
import { call } from "../../shared/api/call";
import type { FoundPatientView, PatientName } from "../../shared/api/operations.gen";
import { useMay } from "../../shared/api/session";

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
export function forget(id: string): void {
  asked.delete(id);
}

async function ask(ids: string[]): Promise<void> {
  for (const id of ids) asked.add(id);
  for (let i = 0; i < ids.length; i += at_once) {
    const some = ids.slice(i, i + at_once);
    try {
      learn((await call("searchPatients", { body: { ids: some } })).patients);
    } catch {
      for (const id of some) asked.delete(id);
    }
  }
}

export interface Names {
  of(id: string): string;
  person(id: string): FoundPatientView | undefined;
}
export function useNames(ids: string[]): Names {
  const may = useMay();
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
  return useMemo(() => ({
    of: (id: string) => { const person = known.get(id); return person ? fullName(person.name) : "…"; },
    person: (id: string) => known.get(id),
  }), []);
}
