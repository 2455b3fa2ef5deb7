// Free times of a service over seven days, and a time of one's own choosing with what speaks
// against it. A time that was lost to somebody else gives way to the nearest ones that are free.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "../../shared/api/call";
import { read } from "../../shared/api/queries";
import type { OpeningView } from "../../shared/api/operations.gen";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { addDays, dayOf, instantAt, type Day } from "../../shared/time/local";
import { serverNow } from "../../shared/time/now";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { Empty, Loaded, Wrong } from "../../shared/ui/states";
import type { Directory } from "../data/directory";
import { bookWords } from "../text/book";
import { OwnTime } from "./OwnTime";
import "./book.css";

export interface TimeProps {
  directory: Directory;
  serviceId: string;
  place?: string;
  practitioner?: string;
  day: Day;
  time?: string; // marked in the grid: straight to a time of one's own
  moving?: string;
  offeredOnly?: boolean; // patients choose among what is offered
  act: string;
  refused?: unknown; // why a time that was chosen before could not be had
  onChoose: (opening: OpeningView) => Promise<void>;
}

export function TimeChooser(props: TimeProps) {
  const { directory, serviceId, moving } = props;
  const b = useText(bookWords);
  const [day, setDay] = useState(props.day);
  const pool = directory.service(serviceId)?.needs.find((need) => need.kind === "practitioner")?.pool ?? [];
  const people = directory.practitioners.filter((each) => pool.length === 0 || pool.includes(each.id));
  const [who, setWho] = useState(people.some((each) => each.id === props.practitioner) ? (props.practitioner ?? "") : "");
  const [place, setPlace] = useState(props.place ?? "");
  const [wrong, setWrong] = useState<unknown>(props.refused ?? null);
  const [busy, setBusy] = useState(false);
  const zone = directory.zone(place || (directory.locations[0]?.id ?? ""));
  const start = instantAt(day, 0, zone);
  const now = serverNow().toISOString().slice(0, 16) + ":00Z";
  const openings = useQuery({ ...read("searchOpenings", { body: { service_id: serviceId, from: start > now ? start : now, to: instantAt(addDays(day, 7), 0, zone), limit: 200, ...(place ? { location_id: place } : {}), ...(who ? { practitioner_ids: [who] } : {}) } }, 20_000), enabled: serviceId !== "" });
  const choose = async (opening: OpeningView) => {
    setBusy(true);
    setWrong(null);
    try {
      await props.onChoose(opening);
    } catch (error) {
      setWrong(error);
      void openings.refetch();
    } finally {
      setBusy(false);
    }
  };
  const next = wrong instanceof Problem ? (wrong.body.alternatives ?? []) : [];
  return (
    <div className="stack">
      <div className="columns">
        <TextInput label={b.fromDay} type="date" value={day} onChange={(value) => value && setDay(value)} />
        <Choice label={b.practitioner} value={who} onChange={setWho} options={people} empty={b.anyone} />
        {!moving && <Choice label={b.place} value={place} onChange={setPlace} options={directory.locations} empty={b.anywhere} />}
      </div>
      {next.length > 0 ? <div className="note gold stack tight" role="alert"><p>{b.taken}</p><Times openings={next} directory={directory} zone={zone} isBusy={busy} onChoose={choose} withDay /></div> : <Wrong error={wrong} />}
      {serviceId && (
        <Loaded query={openings} rows={3}>
          {(found) => found.openings.length === 0 ? <Empty><p>{b.noFree}</p></Empty> : <Times openings={found.openings} directory={directory} zone={zone} isBusy={busy} onChoose={choose} />}
        </Loaded>
      )}
      <div className="row"><Button small look="quiet" onPress={() => setDay(addDays(day, -7))}>‹ {b.earlier}</Button><Button small look="quiet" onPress={() => setDay(addDays(day, 7))}>{b.later} ›</Button></div>
      {!props.offeredOnly && <OwnTime {...props} people={people} zone={zone} first={{ day, who: who || (people[0]?.id ?? "") }} onChoose={choose} />}
    </div>
  );
}

interface TimesProps { openings: OpeningView[]; directory: Directory; zone: string; isBusy: boolean; withDay?: boolean; onChoose: (opening: OpeningView) => void }

function Times({ openings, directory, zone, isBusy, withDay, onChoose }: TimesProps) {
  const format = useFormat();
  const b = useText(bookWords);
  const days = new Map<Day, OpeningView[]>();
  for (const opening of openings) {
    const day = dayOf(opening.starts_at, opening.time_zone);
    days.set(day, [...(days.get(day) ?? []), opening]);
  }
  return (
    <div className="stack free">
      {[...days].map(([day, some]) => (
        <div key={day} role="group" className="stack tight" aria-label={format.day(day)}>
          <h3>{format.day(day)} {!withDay && <span className="soft small">{b.free(some.length)}</span>}</h3>
          <ul className="times">{some.map((opening) => (
            <li key={opening.offer}>
              <Button isDisabled={isBusy} onPress={() => onChoose(opening)}><span className="time"><time dateTime={opening.starts_at}>{format.time(opening.starts_at, opening.time_zone)}</time><span className="soft">{directory.name(opening.practitioner_id) || directory.name(opening.location_id)}{opening.time_zone !== zone && <><br />{format.zone(opening.time_zone)}</>}</span></span></Button>
            </li>
          ))}</ul>
        </div>
      ))}
    </div>
  );
}
