// What goes on paper: the day sheet and the appointment card, each with no more than it needs, under
// a mark that says who printed it and when. The page itself prints as a notice.
import { useSyncExternalStore, type ReactNode } from "react";
import { createPortal, flushSync } from "react-dom";
import { queries, read } from "../../shared/api/queries";
import { useSession } from "../../shared/api/session";
import { onForget } from "../../shared/lock/lock";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { dayOf, type Day } from "../../shared/time/local";
import { serverNow } from "../../shared/time/now";
import { tell } from "../../shared/ui/said";
import type { Directory } from "../data/directory";
import type { Names } from "../data/people";
import type { Visit } from "../data/visits";
import { names, wordOf } from "../text/desk";
import { printWords } from "../text/print";
import "./print.css";

let shown: ReactNode = null;
const listeners = new Set<() => void>();
function show(next: ReactNode): void {
  shown = next;
  for (const listener of listeners) listener();
}
onForget(() => show(null));
addEventListener("afterprint", () => show(null));

const key = "prints";
// How many sheets left this computer today, this one included: no more than a day and a number.
function count(day: Day): number {
  const [last, before] = (localStorage.getItem(key) ?? "").split(" ");
  const copy = last === day ? Number(before) + 1 : 1;
  localStorage.setItem(key, `${day} ${copy}`);
  return copy;
}

export function PrintRegion() {
  const p = useText(printWords);
  const sheet = useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => shown);
  return createPortal(<div className="paper">{sheet ?? <p className="notice">{p.noSheet}</p>}</div>, document.body);
}

export function usePrinting(directory: Directory) {
  const p = useText(printWords);
  const n = useText(names);
  const format = useFormat();
  const { account, tenant } = useSession();
  const put = (sheet: (mark: string) => ReactNode) => {
    const now = serverNow().toISOString();
    const zone = directory.zone(directory.locations[0]?.id ?? "");
    const copy = count(dayOf(now, zone));
    const mark = p.mark(`${account.label ?? wordOf(n.role, account.role)} (${account.id.slice(-6)})`, format.moment(now, zone), copy);
    flushSync(() => show(sheet(mark)));
    print();
    tell(p.counted(copy));
  };
  const day = (which: Day, zone: string, visits: Visit[], of: (visit: Visit) => Names) => {
    if (visits.length === 0) return;
    put((mark) => (
      <Sheet mark={mark}>
        <h1>{p.daySheet}: {format.day(which)}</h1>
        <table>
          <thead><tr><th scope="col">{p.time}</th><th scope="col">{p.who}</th><th scope="col">{p.withWhom}</th><th scope="col">{p.room}</th><th scope="col">{p.came}</th></tr></thead>
          <tbody>{visits.map((visit) => (
            <tr key={visit.id}>
              <td>{format.time(visit.starts_at, visit.time_zone)}{visit.time_zone !== zone && ` (${format.zone(visit.time_zone)})`}</td><td>{shortName(of(visit), visit)}</td><td>{directory.name(visit.practitioner_id)}</td>
              <td>{directory.rooms.find((room) => visit.resource_ids.includes(room.id))?.name}</td><td className="tick">☐</td>
            </tr>
          ))}</tbody>
        </table>
        <p>{p.shred}</p>
      </Sheet>
    ));
  };
  // Neither name nor service: it is read by whoever finds it.
  const card = async (visit: Visit) => {
    const phone = await queries.fetchQuery(read("getTenant", {}, 600_000)).then((each) => each.phone, () => undefined);
    put((mark) => (
      <Sheet mark={mark}>
        <section className="slip">
          <p>{tenant?.name}</p>
          <h1>{p.card}</h1>
          <p className="big">{format.day(dayOf(visit.starts_at, visit.time_zone))}<br />{format.time(visit.starts_at, visit.time_zone)}</p>
          <p>{[directory.name(visit.location_id), format.zone(visit.time_zone)].filter(Boolean).join(" · ")}</p>
          {phone && <p>{p.cannot} {phone}</p>}
        </section>
      </Sheet>
    ));
  };
  return { day, card: (visit: Visit) => void card(visit) };
}

// As a receptionist calls people: the family name and an initial; whoever is hidden stays hidden.
function shortName(people: Names, visit: Visit): string {
  const person = people.person(visit.patient_id);
  return person ? `${person.name.family} ${person.name.given[0]?.[0] ?? ""}.` : "—";
}

function Sheet({ mark, children }: { mark: string; children: ReactNode }) {
  return (
    <>
      <div className="watermark" aria-hidden="true">{Array.from({ length: 12 }, (_, i) => <span key={i}>{mark}</span>)}</div>
      {children}
      <p className="mark-line">{mark}</p>
    </>
  );
}
