// Weekly hours of a place or a person, and closures.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useChange } from "../../shared/api/queries";
import type { ScheduleView, WeeklyHoursView } from "../../shared/api/operations.gen";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Button } from "../../shared/ui/Button";
import { Check, Choice, TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Empty, Loaded } from "../../shared/ui/states";
import type { Directory } from "../data/directory";
import { setupWords } from "../text/setup";
import { Adding } from "./Adding";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
type Weekday = (typeof weekdays)[number];

export function Hours({ directory }: { directory: Directory }) {
  const s = useText(setupWords);
  const [place, setPlace] = useState(directory.locations[0]?.id ?? "");
  const schedules = useQuery(read("listSchedules", {}));
  return (
    <>
      <div className="place-choice"><Choice label={s.place} value={place} onChange={setPlace} options={directory.locations} /></div>
      <Loaded query={schedules}>{({ schedules: all }) => {
        const here = all.filter((each) => each.active && each.location_id === place);
        return here.length === 0 ? <Empty><p>{s.noHours}</p></Empty> : <ul className="hours">{here.map((each) => <li key={each.id}><Week schedule={each} directory={directory} /></li>)}</ul>;
      }}</Loaded>
      <NewHours directory={directory} place={place} />
      <Closures directory={directory} place={place} />
    </>
  );
}

function Week({ schedule, directory }: { schedule: ScheduleView; directory: Directory }) {
  const s = useText(setupWords);
  const end = useChange("changeSchedule", ["listSchedules"]);
  return (
    <article className="card stack tight">
      <div className="row apart"><h2>{schedule.resource_id ? directory.name(schedule.resource_id) : s.everybodyHere}</h2><Button small look="quiet" onPress={() => end.mutate({ path: { id: schedule.id }, version: schedule.version, body: { active: false } }, { onSuccess: () => tell(s.saved), onError: tellProblem })}>{s.use}</Button></div>
      <dl className="facts">{weekdays.map((day) => {
        const some = schedule.weekly.filter((each) => each.weekday === day);
        return some.length > 0 && <div key={day} className="key-row"><dt>{s.days[day]}</dt><dd className="numbers">{some.map((each) => `${each.from}–${each.until}`).join(", ")}</dd></div>;
      })}</dl>
    </article>
  );
}

function NewHours({ directory, place }: { directory: Directory; place: string }) {
  const s = useText(setupWords);
  const [who, setWho] = useState("");
  const [days, setDays] = useState<Weekday[]>(["monday", "tuesday", "wednesday", "thursday", "friday"]);
  const [from, setFrom] = useState("09:00");
  const [until, setUntil] = useState("17:00");
  const create = useChange("createSchedule", ["listSchedules"]);
  const weekly: WeeklyHoursView[] = days.map((weekday) => ({ weekday, from, until }));
  return (
    <Adding label={s.addHours} onAdd={() => create.mutateAsync({ body: { location_id: place, weekly, ...(who ? { resource_id: who } : {}) } })}>
      {() => (
        <>
          <div className="columns">
            <Choice label={s.whose} value={who} onChange={setWho} empty={s.everybodyHere} options={[...directory.practitioners, ...directory.rooms.filter((room) => room.location_id === place)]} />
            <TextInput label={s.from} type="time" value={from} onChange={setFrom} /><TextInput label={s.until} type="time" value={until} onChange={setUntil} />
          </div>
          <div className="row">{weekdays.map((day) => <Check key={day} value={days.includes(day)} onChange={(on) => setDays(on ? [...days, day] : days.filter((each) => each !== day))}>{s.days[day]}</Check>)}</div>
        </>
      )}
    </Adding>
  );
}

function Closures({ directory, place }: { directory: Directory; place: string }) {
  const s = useText(setupWords);
  const format = useFormat();
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [reason, setReason] = useState("");
  const closures = useQuery(read("listClosures", {}));
  const create = useChange("createClosure", ["listClosures"]);
  const end = useChange("removeClosure", ["listClosures"]);
  return (
    <section className="stack">
      <h2>{s.close}</h2>
      <Loaded query={closures} rows={1}>{({ closures: all }) => all.length === 0 ? <p className="soft">{s.noClosures}</p> : (
        <ul className="stack tight">{all.map((each) => <li key={each.id} className="card row apart"><span>{[directory.name(each.location_id), directory.name(each.resource_id), each.reason].filter(Boolean).join(" · ")} <span className="soft small">{format.moment(each.starts_at)} – {format.moment(each.ends_at)}</span></span><Button small onPress={() => end.mutate({ path: { id: each.id } }, { onError: tellProblem })}>{s.endClosure}</Button></li>)}</ul>
      )}</Loaded>
      <Adding label={s.addClosure} onAdd={() => create.mutateAsync({ body: { location_id: place, starts_at: new Date(from).toISOString(), ends_at: new Date(until).toISOString(), ...(reason ? { reason } : {}) } })}>
        {() => <div className="columns"><TextInput label={s.closeFrom} type="datetime-local" value={from} onChange={setFrom} autoFocus /><TextInput label={s.closeUntil} type="datetime-local" value={until} onChange={setUntil} /><TextInput label={s.reason} optional value={reason} onChange={setReason} /></div>}
      </Adding>
    </section>
  );
}
