// What the desk looks at: place, day, visit, practitioner. It stands in the address, so that a page
// can be opened again or given to a colleague; it names nobody.
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { DeskSearch } from "../../app/router";
import type { Directory } from "../data/directory";
import { dayOf, type Day } from "../../shared/time/local";
import { useNow } from "../../shared/time/now";

export interface Looking extends DeskSearch {
  zone: string; // of the place, or of the first one
  today: Day;
  shownDay: Day;
  change(part: Partial<DeskSearch>): void;
}

export function useLooking(directory: Directory): Looking {
  const search = useSearch({ from: "/desk" });
  const navigate = useNavigate();
  const now = useNow();
  const zone = directory.zone(search.place ?? directory.locations[0]?.id ?? "");
  const today = dayOf(now, zone);
  return {
    ...search, zone, today, shownDay: search.day ?? today,
    change: (part) => void navigate({ to: ".", search: (before: DeskSearch) => ({ ...before, ...part }), replace: true }),
  };
}
