// Practitioners or rooms side by side over a day, or one of them over three days or a week. Visits
// are carried with the pointer or the keyboard; what speaks against a place is said before the drop.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { read } from "../../shared/api/queries";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { addDays, daysFrom, instantAt, mondayOf } from "../../shared/time/local";
import { Button } from "../../shared/ui/Button";
import { useKeys } from "../../shared/ui/keys";
import { Choice, Tabs } from "../../shared/ui/Field";
import { Empty, Waiting, Wrong } from "../../shared/ui/states";
import { DayBar } from "../day/DayBar";
import { isGone } from "../day/state";
import { VisitPanel } from "../day/VisitPanel";
import { useDirectory, type Directory } from "../data/directory";
import { useSeen } from "../data/seen";
import { useVisits } from "../data/visits";
import { usePageActs } from "../frame/acts";
import { useLooking, type Looking } from "../frame/place";
import { usePrinting } from "../print/Printing";
import { desk } from "../text/desk";
import { gridWords } from "../text/grid";
import { Board } from "./Board";
import { hoursOf, hoursOfRoom, placedIn, type Column } from "./columns";
import "../day/day.css";
import "./grid.css";

type Span = "1" | "3" | "7";

export function GridPage() {
  const directory = useDirectory();
  const looking = useLooking(directory);
  if (directory.error) return <Wrong error={directory.error} />;
  if (!directory.ready) return <Waiting />;
  return <Grid directory={directory} looking={looking} />;
}

function Grid({ directory, looking }: { directory: Directory; looking: Looking }) {
  const g = useText(gridWords);
  const d = useText(desk);
  const format = useFormat();
  const [span, setSpan] = useState<Span>("1");
  const [kind, setKind] = useState<"people" | "rooms">("people");
  const { zone } = looking;
  const place = looking.place ?? directory.locations[0]?.id;
  const first = span === "7" ? mondayOf(looking.shownDay) : looking.shownDay;
  const days = daysFrom(first, Number(span));
  const last = days.at(-1) ?? first;
  const visits = useVisits(instantAt(first, 0, zone), instantAt(addDays(last, 1), 0, zone));
  const schedules = useQuery(read("listSchedules", {}, 300_000));
  const here = kind === "people" ? directory.practitioners : directory.rooms.filter((room) => room.location_id === place);
  const standing = useMemo(() => (visits.data ?? []).filter((visit) => !isGone(visit) && (!place || visit.location_id === place)), [visits.data, place]);
  const columns = useMemo((): Column[] => {
    const column = (resource: string, day: string, title: string): Column => ({
      id: `${resource} ${day}`, resource, day, title, hours: (kind === "rooms" ? hoursOfRoom : hoursOf)(schedules.data?.schedules ?? [], resource, place, day), placed: placedIn(standing, resource, day, zone),
    });
    if (span !== "1") {
      const one = here.find((each) => each.id === looking.who) ?? here.find((each) => column(each.id, first, "").hours.length > 0) ?? here[0];
      return one ? days.map((day) => column(one.id, day, format.shortDay(day))) : [];
    }
    const all = here.map((each) => column(each.id, first, each.name)).filter((each) => each.hours.length > 0 || each.placed.length > 0);
    return looking.who ? all.filter((each) => each.resource === looking.who) : all;
  }, [standing, schedules.data, here, kind, span, first, place, zone, looking.who, format, days.join()]);
  const { of, hidden, reveal } = useSeen(standing);
  const print = usePrinting(directory);
  usePageActs(hidden.length > 0 ? [{ id: "reveal", name: d.showNames(hidden.length), hint: "Shift R", act: () => reveal(hidden) }] : []);
  useKeys({ "shift+r": () => reveal(hidden) });
  const open = visits.data?.find((visit) => visit.id === looking.visit);
  const title = span === "1" ? format.day(first) : `${format.date(first)} – ${format.date(last)}`;
  const who = span === "1" ? (here.some((each) => each.id === looking.who) ? looking.who : "") : (here.some((each) => each.id === looking.who) ? looking.who : columns[0]?.resource);
  return (
    <>
      <DayBar day={looking.shownDay} today={looking.today} step={Number(span)} arrows={false} title={title} onChange={(day) => looking.change({ day, visit: undefined })} />
      <div className="row filters">
        <Tabs<Span> label={g.view} value={span} onChange={setSpan} options={[{ id: "1", name: g.one }, { id: "3", name: g.three }, { id: "7", name: g.seven }]} />
        <Tabs<"people" | "rooms"> label={g.kind} value={kind} onChange={(next) => { setKind(next); looking.change({ who: undefined }); }} options={[{ id: "people", name: g.practitioners }, { id: "rooms", name: g.rooms }]} />
        <div className="filter"><Choice label={kind === "people" ? d.clinician : g.rooms} value={who ?? ""} onChange={(id) => looking.change({ who: id || undefined })} options={here} empty={span === "1" ? d.everybody : undefined} /></div>
      </div>
      {hidden.length > 0 && <p className="hidden-names"><span>{d.namesHidden}</span><Button small onPress={() => reveal(hidden)} aria-keyshortcuts="Shift+R">{d.showNames(hidden.length)} <kbd>Shift R</kbd></Button></p>}
      {visits.isError && <Wrong error={visits.error} again={() => void visits.refetch()} />}
      <div className={open ? "day with-panel" : "day"}>
        {visits.data === undefined ? <Waiting rows={8} /> : columns.length === 0 ? <Empty><p>{g.noColumns}</p></Empty>
          : <Board columns={columns} zone={zone} kind={kind} of={of} directory={directory} looking={looking} onReveal={(visit) => reveal([visit])} />}
        {open && <VisitPanel key={open.id} visit={open} part="all" directory={directory} people={of(open)} onReveal={() => reveal([open])} onCard={() => print.card(open)} onClose={() => looking.change({ visit: undefined })} />}
      </div>
    </>
  );
}
