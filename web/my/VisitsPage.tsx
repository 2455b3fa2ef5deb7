// What is coming up, with everything that the person may do about it, and what was before.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { call } from "../shared/api/call";
import { queries, read } from "../shared/api/queries";
import type { AppointmentView } from "../shared/api/operations.gen";
import { useText } from "../shared/text/text";
import { useFormat } from "../shared/time/format";
import { addDays, dayOf, minutesBetween } from "../shared/time/local";
import { serverNow } from "../shared/time/now";
import { Badge } from "../shared/ui/Badge";
import { Button } from "../shared/ui/Button";
import { Dialog } from "../shared/ui/Dialog";
import { tell, tellProblem } from "../shared/ui/said";
import { Empty, Loaded } from "../shared/ui/states";
import { TimeChooser } from "../desk/book/TimeChooser";
import { useDirectory, type Directory } from "../desk/data/directory";
import { desk } from "../desk/text/desk";
import { saveCalendar } from "./calendar";
import { myWords } from "./text/my";

export function VisitsPage() {
  const m = useText(myWords);
  const directory = useDirectory();
  const [from, to] = useMemo(() => { const today = dayOf(serverNow(), "UTC"); return [`${addDays(today, -365)}T00:00:00Z`, `${addDays(today, 400)}T00:00:00Z`]; }, []);
  const visits = useQuery({ ...read("listAppointments", { query: { from, to, limit: 200 } }), refetchInterval: 20_000 });
  const now = serverNow().toISOString();
  return (
    <Loaded query={visits}>{({ appointments }) => {
      const coming = appointments.filter((visit) => visit.ends_at > now && visit.status !== "cancelled");
      const before = appointments.filter((visit) => visit.ends_at <= now || visit.status === "cancelled").reverse();
      return (
        <>
          <section className="stack"><h1>{m.coming}</h1>
            {coming.length === 0 ? <Empty><p>{m.none}</p><Link className="button main" to="/my/book">{m.book}</Link></Empty> : coming.map((visit) => <Visit key={visit.id} visit={visit} directory={directory} />)}
          </section>
          <section className="stack tight"><h2>{m.before}</h2>{before.length === 0 ? <p className="soft">{m.noneBefore}</p> : <ul className="stack tight">{before.slice(0, 20).map((visit) => <Past key={visit.id} visit={visit} directory={directory} />)}</ul>}</section>
        </>
      );
    }}</Loaded>
  );
}

function Past({ visit, directory }: { visit: AppointmentView; directory: Directory }) {
  const m = useText(myWords);
  const format = useFormat();
  return <li className="card row apart"><span>{directory.name(visit.service_id)} <span className="soft small">{format.date(dayOf(visit.starts_at, visit.time_zone))}</span></span>{visit.status === "cancelled" ? <Badge>{m.gone}</Badge> : visit.status === "noshow" && <Badge tone="warn">{m.missed}</Badge>}</li>;
}

function Visit({ visit, directory }: { visit: AppointmentView; directory: Directory }) {
  const m = useText(myWords);
  const d = useText(desk);
  const format = useFormat();
  const [open, setOpen] = useState<"move" | "cancel" | null>(null);
  const at = { path: { id: visit.id }, version: visit.version };
  const done = async (said: string) => { setOpen(null); tell(said); await queries.invalidateQueries({ queryKey: ["listAppointments"] }); };
  const when = (instant: string, zone: string) => `${format.day(dayOf(instant, zone))}, ${format.time(instant, zone)}`;
  return (
    <article className="card my-visit" aria-label={directory.name(visit.service_id)}>
      <div><h2 className="my-when"><time dateTime={visit.starts_at}>{format.day(dayOf(visit.starts_at, visit.time_zone))}<br />{format.time(visit.starts_at, visit.time_zone)}</time></h2>
        <p>{directory.name(visit.service_id)} · {d.minutes(minutesBetween(visit.starts_at, visit.ends_at))}</p>
        <p className="soft small">{[directory.name(visit.practitioner_id) && `${m.with} ${directory.name(visit.practitioner_id)}`, directory.name(visit.location_id), format.zone(visit.time_zone)].filter(Boolean).join(" · ")}</p>
        {visit.participant_status === "accepted" && <p><Badge tone="good">{m.isComing}</Badge></p>}</div>
      {visit.status === "booked" && open !== "move" && <div className="my-acts">
        {visit.participant_status !== "accepted" && <Button look="main" onPress={() => void call("confirmAppointment", at).then(() => done(m.confirmed), tellProblem)}>{m.confirm}</Button>}
        <Button onPress={() => setOpen("move")}>{m.move}</Button><Button onPress={() => saveCalendar(visit, m.visit, directory.name(visit.location_id))}>{m.calendar}</Button><Button look="warn" onPress={() => setOpen("cancel")}>{m.cancel}</Button>
      </div>}
      {open === "move" && <section className="stack" aria-label={m.move}>
        <TimeChooser directory={directory} serviceId={visit.service_id} place={visit.location_id} day={dayOf(visit.starts_at, visit.time_zone)} moving={visit.id} act={m.move} offeredOnly
          onChoose={async (opening) => { await call("rescheduleAppointment", { ...at, body: { offer: opening.offer } }); await done(m.moved(when(opening.starts_at, opening.time_zone))); }} />
        <div><Button onPress={() => setOpen(null)}>{m.keep}</Button></div>
      </section>}
      <Dialog title={m.sure} isOpen={open === "cancel"} onClose={() => setOpen(null)} alert>
        <p>{when(visit.starts_at, visit.time_zone)}. {m.sureText}</p>
        <div className="row"><Button look="warn" onPress={() => void call("cancelAppointment", { ...at, body: { reason: "patient_request" } }).then(() => done(m.cancelled), tellProblem)}>{m.cancelYes}</Button><Button autoFocus onPress={() => setOpen(null)}>{m.keep}</Button></div>
      </Dialog>
    </article>
  );
}
