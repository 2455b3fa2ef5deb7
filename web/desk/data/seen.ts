// Whose names a list of visits shows: those of today at this desk's site, and of a practitioner's own
// calendar. Elsewhere they are hidden until somebody asks for them, which the journal keeps.
import { useState, useSyncExternalStore } from "react";
import { useMay, useSession } from "../../shared/api/session";
import { dayOf } from "../../shared/time/local";
import { useNow } from "../../shared/time/now";
import { useNames, type Names } from "./people";
import type { Visit } from "./visits";

const key = "site";
const none: string[] = [];
const listeners = new Set<() => void>();

// The site of this computer; until one is chosen, every site is.
export function useSite(): [string, (id: string) => void] {
  const site = useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => localStorage.getItem(key) ?? "");
  const choose = (id: string) => {
    if (id) localStorage.setItem(key, id);
    else localStorage.removeItem(key);
    for (const listener of listeners) listener();
  };
  return [site, choose];
}

export interface Seen {
  of(visit: Visit): Names; // as this visit may show them: one person may have another elsewhere
  hidden: Visit[];
  reveal(visits: Visit[]): void;
}
export function useSeen(visits: Visit[]): Seen {
  const { practitioner_id } = useSession();
  const may = useMay();
  const now = useNow();
  const [site] = useSite();
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const isShown = (visit: Visit) => revealed.has(visit.id) || (practitioner_id !== undefined && visit.practitioner_id === practitioner_id)
    || ((site === "" || visit.location_id === site) && dayOf(visit.starts_at, visit.time_zone) === dayOf(now, visit.time_zone));
  const people = useNames([...new Set(visits.filter(isShown).map((visit) => visit.patient_id))]);
  const nobody = useNames(none);
  return {
    of: (visit) => (isShown(visit) ? people : nobody),
    hidden: may("patient.search") ? visits.filter((visit) => !isShown(visit)) : [],
    reveal: (some) => setRevealed(new Set([...revealed, ...some.map((visit) => visit.id)])),
  };
}
