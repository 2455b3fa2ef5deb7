// The board itself: hours down the side, columns across, one stop for the Tab key. The cursor is a
// column and a time; a visit that lies there has the focus, else the free place does.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { useMay } from "../../shared/api/session";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { dayOf, minuteOf } from "../../shared/time/local";
import { useNow } from "../../shared/time/now";
import { useBooking } from "../data/booking";
import type { Directory } from "../data/directory";
import type { Names } from "../data/people";
import type { Visit } from "../data/visits";
import { mayMove } from "../day/state";
import type { Looking } from "../frame/place";
import { gridWords } from "../text/grid";
import { ColumnView } from "./ColumnView";
import { range, type Column, type Placed } from "./columns";
import { slot, useLift } from "./useLift";
import { usePointer } from "./usePointer";

interface Props { columns: Column[]; zone: string; kind: "people" | "rooms"; of: (visit: Visit) => Names; directory: Directory; looking: Looking; onReveal: (visit: Visit) => void }

const clockText = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

export function Board({ columns, zone, kind, of, directory, looking, onReveal }: Props) {
  const g = useText(gridWords);
  const format = useFormat();
  const may = useMay();
  const navigate = useNavigate();
  const hint = useId();
  const board = useRef<HTMLDivElement>(null);
  const [begin, end] = range(columns);
  const now = useNow();
  const [cursor, setCursor] = useState({ column: 0, minute: Math.max(begin, Math.min(end - slot, Math.floor(minuteOf(now, zone) / slot) * slot)) });
  const [booking, setBooking] = useBooking();
  const lift = useLift(zone, kind);
  const at = Math.min(cursor.column, columns.length - 1);
  const here = columns[at];
  const under = here?.placed.find((each) => each.from <= cursor.minute && cursor.minute < each.until);

  const focusCursor = useRef(false);
  useEffect(() => {
    if (!focusCursor.current) return;
    focusCursor.current = false;
    board.current?.querySelector<HTMLElement>("[data-cursor]")?.focus();
  });
  const go = (column: number, minute: number) => {
    focusCursor.current = true;
    setCursor({ column: Math.max(0, Math.min(columns.length - 1, column)), minute: Math.max(begin, Math.min(end - slot, minute)) });
  };
  const book = (column: Column, minute: number) => {
    if (!may("appointment.create")) return;
    setBooking({ ...booking, day: column.day, time: clockText(minute), practitioner: kind === "people" ? column.resource : undefined });
    void navigate({ to: "/desk/book", search: { place: looking.place, day: column.day } });
  };
  const take = (placed: Placed, column: Column) => {
    if (may("appointment.reschedule") && mayMove(placed.visit)) lift.lift(placed.visit, column, placed.from, of(placed.visit).inWords(placed.visit.patient_id));
    else looking.change({ visit: placed.visit.id });
  };
  // A visit is carried in the steps in which its service may start.
  const stepOf = (visit: Visit) => directory.service(visit.service_id)?.grid_minutes ?? slot;
  const pointer = usePointer({ board, columns, begin, end, lift, stepOf, take, book, mark: (column, minute) => go(column, minute) });

  const carried = (event: React.KeyboardEvent) => {
    const { lifted } = lift;
    if (!lifted) return false;
    const index = columns.findIndex((column) => column.id === lifted.column.id);
    const to = (step: number) => columns[Math.max(0, Math.min(columns.length - 1, index + step))] ?? lifted.column;
    const within = (minute: number) => Math.max(begin, Math.min(end - slot, minute));
    const acts: Record<string, () => void> = {
      ArrowUp: () => lift.carry(lifted.column, within(lifted.minute - stepOf(lifted.visit))), ArrowDown: () => lift.carry(lifted.column, within(lifted.minute + stepOf(lifted.visit))),
      ArrowLeft: () => lift.carry(to(-1), lifted.minute), ArrowRight: () => lift.carry(to(1), lifted.minute),
      "+": () => lift.stretch(lifted.length + slot), "-": () => lift.stretch(lifted.length - slot), Escape: lift.leave,
      Enter: () => void lift.drop().then((done) => done && go(columns.findIndex((column) => column.id === lifted.column.id), lifted.minute)),
    };
    const act = acts[event.key];
    act?.();
    return act !== undefined;
  };
  // A key means one thing while a visit is carried and another while none is.
  const press = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !here) return;
    // The visit that has the focus, wherever it was put in the meantime.
    const id = (event.target as HTMLElement).closest<HTMLElement>("[data-visit]")?.dataset["visit"];
    const focused = id ? here.placed.find((each) => each.visit.id === id) : under;
    const acts: Record<string, () => void> = {
      ArrowUp: () => go(at, (focused ? focused.from : cursor.minute) - slot), ArrowDown: () => go(at, focused ? focused.until : cursor.minute + slot),
      ArrowLeft: () => go(at - 1, cursor.minute), ArrowRight: () => go(at + 1, cursor.minute), Home: () => go(at, begin), End: () => go(at, end - slot),
      Enter: () => (focused ? take(focused, here) : book(here, cursor.minute)), o: () => focused && looking.change({ visit: focused.visit.id }), r: () => focused && onReveal(focused.visit),
    };
    const act = lift.lifted ? undefined : acts[event.key];
    if (carried(event) || act) event.preventDefault();
    act?.();
  };
  const hours = Array.from({ length: (end - begin) / 60 }, (_, i) => begin + i * 60);
  const today = dayOf(now, zone);
  return (
    <div className="board-frame">
      <p className="small soft board-hint" id={hint}>{g.hint}</p>
      <div className="hidden" aria-live="assertive">{lift.said}</div>
      <div ref={board} className={lift.lifted ? "board carrying" : "board"} role="group" aria-label={g.title} aria-describedby={hint} onKeyDown={press} {...pointer}>
        <div className="board-hours" aria-hidden="true">{hours.map((minute) => <span key={minute}>{format.clock(minute)}</span>)}</div>
        {columns.map((column, i) => (
          <ColumnView key={column.id} column={column} begin={begin} end={end} of={of} directory={directory} openVisit={looking.visit}
            cursor={i === at ? cursor.minute : null} ghost={lift.lifted?.column.id === column.id ? lift.lifted : null} carried={lift.lifted?.visit.id} verdict={lift.verdict}
            now={column.day === today ? minuteOf(now, zone) : null} onBook={(minute) => book(column, minute)} onOpen={(id) => looking.change({ visit: id })} onReach={(minute) => setCursor({ column: i, minute })} />
        ))}
      </div>
    </div>
  );
}
