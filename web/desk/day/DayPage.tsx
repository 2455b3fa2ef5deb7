// The visits of a day, in order, each with everything that may be done to it. The list is used by
// keyboard: arrows move between visits, a letter acts on the one that has the focus.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useMay } from "../../shared/api/session";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { addDays, dayOf, instantAt, minuteOf } from "../../shared/time/local";
import { serverNow, useNow } from "../../shared/time/now";
import { call, Problem } from "../../shared/api/call";
import { Button } from "../../shared/ui/Button";
import { Check, Choice } from "../../shared/ui/Field";
import { useKeys } from "../../shared/ui/keys";
import { tellProblem } from "../../shared/ui/said";
import { Empty, Loaded } from "../../shared/ui/states";
import * as acts from "../data/acts";
import { useDirectory, type Directory } from "../data/directory";
import { emptyBooking, park, useBooking } from "../data/booking";
import { useSeen, useSite } from "../data/seen";
import { useVisits, type Visit } from "../data/visits";
import { usePageActs } from "../frame/acts";
import { useLooking, type Looking } from "../frame/place";
import { desk } from "../text/desk";
import { usePrinting } from "../print/Printing";
import { DayBar } from "./DayBar";
import { isGone, lateBy, mayCheckIn, mayMark, mayMove } from "./state";
import { VisitPanel, type PanelPart } from "./VisitPanel";
import { VisitRow } from "./VisitRow";
import "./day.css";

export function DayPage() {
  const directory = useDirectory();
  const looking = useLooking(directory);
  return <Day key={looking.zone} directory={directory} looking={looking} />;
}

function Day({ directory, looking }: { directory: Directory; looking: Looking }) {
  const t = useText({ en: { ...common.en, ...desk.en }, es: { ...common.es, ...desk.es } });
  const format = useFormat();
  const may = useMay();
  const [cancelled, setCancelled] = useState(false);
  const [part, setPart] = useState<PanelPart>("all");
  const { zone, shownDay: day } = looking;
  const visits = useVisits(instantAt(day, 0, zone), instantAt(addDays(day, 1), 0, zone));
  const shown = useMemo(() => (visits.data ?? []).filter((visit) => (!looking.place || visit.location_id === looking.place)
    && (!looking.who || visit.resource_ids.includes(looking.who)) && (cancelled || !isGone(visit))), [visits.data, looking.place, looking.who, cancelled]);
  const { of, hidden, reveal } = useSeen(shown);
  const print = usePrinting(directory);
  const [, setBooking] = useBooking();
  const navigate = useNavigate();
  const [site] = useSite();
  const open = visits.data?.find((visit) => visit.id === looking.visit);
  const select = (visit: Visit | undefined, which: PanelPart = "all") => { setPart(which); looking.change({ visit: visit?.id }); };
  const act = (visit: Visit, key: string) => {
    const name = of(visit).inWords(visit.patient_id);
    if (key === "c" && may("appointment.check_in") && mayCheckIn(visit)) void acts.checkIn(visit, t.checkedIn(name)).catch(tellProblem);
    else if (key === "n" && may("appointment.no_show") && mayMark(visit)) void acts.noShow(visit, t.markedNoShow(name)).catch(tellProblem);
    else if (key === "m" && may("appointment.reschedule") && mayMove(visit)) select(visit, "move");
    else if (key === "x" && may("appointment.cancel") && mayMove(visit)) select(visit, "cancel");
    else if (key === "r" && hidden.includes(visit)) reveal([visit]);
    else if (key === "a" && !isGone(visit)) print.card(visit);
    else return false;
    return true;
  };
  useFarVisit(looking, visits.data);
  const walkIn = () => {
    park(serverNow());
    setBooking({ ...emptyBooking, walkIn: true, day: looking.today, practitioner: looking.who });
    void navigate({ to: "/desk/book", search: { place: looking.place ?? (site || undefined), day: looking.today } });
  };
  const sheet = () => print.day(day, zone, shown.filter((visit) => !isGone(visit)), of);
  const onVisit = (["c", "n", "m", "x", "r", "a"] as const).map((key) => ({ id: `visit-${key}`, name: { c: t.checkIn, n: t.noShow, m: t.move, x: t.cancelVisit, r: t.showName, a: t.printCard }[key], hint: key.toUpperCase(), act: () => { if (open) act(open, key); } }));
  usePageActs([{ id: "print", name: t.kPrint, hint: "P", act: sheet }, ...(hidden.length > 0 ? [{ id: "reveal", name: t.showNames(hidden.length), hint: "Shift R", act: () => reveal(hidden) }] : []), ...(open ? onVisit : [])]);
  useKeys({ p: sheet, "shift+r": () => reveal(hidden), ...(may("appointment.create") ? { w: walkIn } : {}), ...(open ? { r: () => act(open, "r"), a: () => act(open, "a") } : {}) });
  return (
    <>
      <DayBar day={day} today={looking.today} onChange={(next) => looking.change({ day: next, visit: undefined })} title={format.day(day)}>
        {visits.data && <Tally visits={shown} />}
      </DayBar>
      <div className="row filters">
        <div className="filter"><Choice label={t.clinician} value={looking.who ?? ""} onChange={(who) => looking.change({ who: who || undefined })} options={directory.practitioners} empty={t.everybody} /></div>
        <Check value={cancelled} onChange={setCancelled}>{t.showCancelled}</Check>
        <div className="row tight">{may("appointment.create") && <Button small onPress={walkIn} aria-keyshortcuts="w">{t.walkIn} <kbd>W</kbd></Button>}<Button small onPress={sheet} isDisabled={shown.length === 0} aria-keyshortcuts="p">{t.printDay} <kbd>P</kbd></Button></div>
      </div>
      {hidden.length > 0 && <p className="hidden-names"><span>{t.namesHidden}</span><Button small onPress={() => reveal(hidden)} aria-keyshortcuts="Shift+R">{t.showNames(hidden.length)} <kbd>Shift R</kbd></Button></p>}
      <div className={open ? "day with-panel" : "day"}>
        <Loaded query={visits} rows={6}>
          {(all) => shown.length === 0 ? <Empty><p>{all.length === 0 ? t.noVisits : t.noVisitsMatch}</p><Book looking={looking} /></Empty> : (
            <VisitList visits={shown} zone={zone} today={day === looking.today} onKey={act}>
              {(visit, ref) => <VisitRow key={visit.id} ref={ref} visit={visit} directory={directory} people={of(visit)} isOpen={visit.id === looking.visit} onOpen={() => select(visit)} onCheckIn={() => act(visit, "c")} showPlace={!looking.place} zone={zone} />}
            </VisitList>
          )}
        </Loaded>
        {open && <VisitPanel key={open.id + part} visit={open} part={part} directory={directory} people={of(open)} onReveal={() => reveal([open])} onCard={() => print.card(open)} onClose={() => { select(undefined); document.getElementById(`open-${open.id}`)?.focus(); }} />}
      </div>
    </>
  );
}

// An address that names a visit of another day leads to that day.
function useFarVisit(looking: Looking, here: Visit[] | undefined) {
  const { visit: id, change } = looking;
  const isFar = id !== undefined && here !== undefined && !here.some((visit) => visit.id === id);
  useEffect(() => {
    if (!isFar) return;
    void call("getAppointment", { path: { id } }).then((visit) => change({ day: dayOf(visit.starts_at, visit.time_zone) }), (error: unknown) => error instanceof Problem && change({ visit: undefined }));
  }, [isFar, id]);
}

function Tally({ visits }: { visits: Visit[] }) {
  const d = useText(desk);
  const here = visits.filter((visit) => visit.status === "arrived" || visit.status === "checked-in").length;
  const coming = visits.filter((visit) => visit.status === "booked" || visit.status === "pending").length;
  const now = useNow();
  const late = visits.filter((visit) => lateBy(visit, now) > 0).length;
  return <p className="soft small numbers">{[d.visits(visits.filter((visit) => !isGone(visit)).length), d.here(here), d.expected(coming), late > 0 && d.lateTally(late)].filter(Boolean).join(" · ")}</p>;
}

function Book({ looking }: { looking: Looking }) {
  const d = useText(desk);
  const may = useMay();
  const navigate = useNavigate();
  if (!may("appointment.create")) return null;
  return <Button onPress={() => void navigate({ to: "/desk/book", search: { place: looking.place, day: looking.day } })}>{d.book}</Button>;
}

interface ListProps {
  visits: Visit[];
  zone: string;
  today: boolean;
  onKey: (visit: Visit, key: string) => boolean;
  children: (visit: Visit, ref: string) => React.ReactNode;
}

function VisitList({ visits, zone, today, onKey, children }: ListProps) {
  const d = useText(desk);
  const now = useNow();
  const press = (event: React.KeyboardEvent<HTMLOListElement>) => {
    const row = (event.target as HTMLElement).closest("li");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const index = visits.findIndex((visit) => visit.id === row.dataset["visit"]);
    const visit = visits[index];
    if (!visit) return;
    if (step) document.getElementById(`open-${visits[index + step]?.id}`)?.focus();
    if (step || onKey(visit, event.key.toLowerCase())) event.preventDefault();
  };
  const minute = minuteOf(now, zone);
  const next = today ? visits.findIndex((visit) => minuteOf(visit.starts_at, zone) > minute) : -1;
  return (
    <ol className="visits" onKeyDown={press} aria-label={d.dayOf}>
      {visits.map((visit, i) => (
        <li key={visit.id} data-visit={visit.id} className={i === next && i > 0 ? "after-now" : undefined}>
          {i === next && i > 0 && <span className="now-line small" aria-hidden="true">{d.now}</span>}
          {children(visit, `open-${visit.id}`)}
        </li>
      ))}
    </ol>
  );
}
