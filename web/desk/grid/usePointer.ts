// Carrying with the pointer: a visit after a few pixels, its lower edge to make it longer, and a
// stroke over free time to book there. A plain click opens, or marks the free time.
import { useRef, type RefObject } from "react";
import type { Visit } from "../data/visits";
import type { Column, Placed } from "./columns";
import { slot, type useLift } from "./useLift";

interface Wanted {
  board: RefObject<HTMLDivElement | null>;
  columns: Column[];
  begin: number;
  end: number;
  lift: ReturnType<typeof useLift>;
  stepOf: (visit: Visit) => number;
  take: (placed: Placed, column: Column) => void;
  book: (column: Column, minute: number) => void;
  mark: (column: number, minute: number) => void;
}
interface Down { x: number; y: number; column: Column; minute: number; placed?: Placed; stretch: boolean; grip: number; carrying: boolean }

const threshold_px = 5;

export function usePointer({ board, columns, begin, end, lift, stepOf, take, book, mark }: Wanted) {
  const down = useRef<Down | null>(null);
  const placeAt = (event: React.PointerEvent): { column: Column; minute: number } | null => {
    const tracks = [...(board.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
    const track = tracks.find((each) => { const { left, right } = each.getBoundingClientRect(); return left <= event.clientX && event.clientX <= right; });
    const column = columns.find((each) => each.id === track?.dataset["column"]);
    if (!track || !column) return null;
    const { top, height } = track.getBoundingClientRect();
    return { column, minute: begin + ((event.clientY - top) / height) * (end - begin) };
  };
  const snap = (minute: number) => Math.max(begin, Math.min(end - slot, Math.round(minute / slot) * slot));
  const carried = ({ visit, from }: Placed, minute: number) => {
    const step = stepOf(visit);
    return Math.max(begin, Math.min(end - slot, from + Math.round((minute - from) / step) * step));
  };
  return {
    onPointerDown: (event: React.PointerEvent) => {
      const at = placeAt(event);
      const target = event.target as HTMLElement;
      if (!at || event.button !== 0 || target.closest(".cursor") || !target.closest(".track")) return;
      const id = target.closest<HTMLElement>("[data-visit]")?.dataset["visit"];
      const placed = at.column.placed.find((each) => each.visit.id === id);
      down.current = { x: event.clientX, y: event.clientY, ...at, placed, stretch: target.dataset["stretch"] !== undefined, grip: placed ? at.minute - placed.from : 0, carrying: false };
    },
    onPointerMove: (event: React.PointerEvent) => {
      const start = down.current;
      const at = start && placeAt(event);
      if (!start || !at || event.pointerType === "touch") return;
      if (!start.carrying) {
        if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < threshold_px) return;
        start.carrying = true;
        board.current?.setPointerCapture(event.pointerId);
        if (start.placed) take(start.placed, start.column);
        return;
      }
      if (!start.placed) return;
      if (start.stretch) lift.stretch(snap(at.minute) - start.placed.from);
      else lift.carry(at.column, carried(start.placed, at.minute - start.grip));
    },
    onPointerUp: (event: React.PointerEvent) => {
      const start = down.current;
      down.current = null;
      if (!start) return;
      if (start.placed) {
        if (!start.carrying) return;
        const { lifted } = lift;
        void lift.drop().then((done) => { if (!done) lift.leave(); else if (lifted) mark(columns.indexOf(lifted.column), lifted.minute); });
        return;
      }
      const minute = Math.floor(start.minute / slot) * slot;
      if (start.carrying && event.pointerType !== "touch") book(start.column, minute);
      else mark(columns.indexOf(start.column), minute);
    },
    onPointerCancel: () => { down.current = null; lift.leave(); },
  };
}
