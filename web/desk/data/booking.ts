// The booking in hand and those put aside. What was typed is in memory only; ids and held times also
// stand in this window's storage, so that a reload or a crash loses no held time. Names never do.
import { call } from "../../shared/api/call";
import { queries } from "../../shared/api/queries";
import { sessionQuery } from "../../shared/api/session";
import type { OpeningView } from "../../shared/api/operations.gen";
import { readDraft, useDraft, writeDraft } from "./drafts";

export interface Held { opening: OpeningView; hold_id: string; expires_at: string }
export interface Booking {
  person: string | null; // the id
  service: string;
  practitioner?: string;
  day?: string;
  time?: string;
  note: string;
  lostNote?: boolean; // there was one before the page was loaded again
  walkIn?: boolean; // who is booked is here
  held?: Held;
}
export interface Parked extends Booking { parked_at: string }

export const emptyBooking: Booking = { person: null, service: "", note: "" };
export const held_minutes = 15; // as long as the server keeps a time
const none: Parked[] = [];
const key = "bookings";

export const isEmpty = (booking: Booking): boolean => !booking.person && !booking.service && !booking.note.trim() && !booking.held;
export const isHeld = (booking: Booking, now: Date): boolean => booking.held !== undefined && Date.parse(booking.held.expires_at) > now.getTime();

const account = () => queries.getQueryData(sessionQuery.queryKey)?.account.id;
const withoutText = <T extends Booking>(booking: T): T => ({ ...booking, note: "", lostNote: booking.lostNote || booking.note.trim() !== "" });

function keep(): void {
  const current = readDraft("booking", emptyBooking), parked = readDraft("parked", none);
  if (isEmpty(current) && parked.length === 0) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify({ account: account(), current: withoutText(current), parked: parked.map(withoutText) }));
}

let restored = false;
function restore(): void {
  if (restored) return;
  restored = true;
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? "null") as { account: string; current: Booking; parked: Parked[] } | null;
    if (!found || found.account !== account()) return;
    queueMicrotask(() => { writeDraft("booking", found.current); writeDraft("parked", found.parked); });
  } catch {
    sessionStorage.removeItem(key);
  }
}

export function useBooking(): [Booking, (next: Booking) => void] {
  restore();
  const [booking, set] = useDraft<Booking>("booking", emptyBooking);
  return [booking, (next) => { set(next); keep(); }];
}
export function useParked(): Parked[] {
  restore();
  return useDraft<Parked[]>("parked", none)[0];
}

export function doneBooking(): void {
  writeDraft("booking", null);
  writeDraft("search booking", null);
  keep();
}
export function park(now: Date): void {
  const current = readDraft("booking", emptyBooking);
  if (isEmpty(current)) return;
  writeDraft("parked", [{ ...current, parked_at: now.toISOString() }, ...readDraft("parked", none)]);
  doneBooking();
}
// What was in hand before is put aside in its turn.
export function takeUp(parked: Parked, now: Date): void {
  park(now);
  const { parked_at: _, ...booking } = parked;
  writeDraft("parked", readDraft("parked", none).filter((each) => each !== parked));
  writeDraft("booking", booking);
  keep();
}
export function discard(parked: Parked): void {
  writeDraft("parked", readDraft("parked", none).filter((each) => each !== parked));
  keep();
  if (parked.held) void release(parked.held);
}

export async function hold(opening: OpeningView): Promise<Held> {
  const placed = await call("placeHold", { body: { offer: opening.offer, minutes: held_minutes } });
  return { opening, hold_id: placed.id, expires_at: placed.expires_at };
}
// One that is gone already is no error; one that cannot be let go runs out by itself.
export async function release(held: Held): Promise<void> {
  await call("releaseHold", { path: { id: held.hold_id } }).catch(() => undefined);
}
