// What may be done to a visit in its state; the server has the last word.
import { serverNow } from "../../shared/time/now";
import type { Visit } from "../data/visits";
import type { Tone } from "../../shared/ui/Badge";

export const isGone = (visit: Visit) => visit.status === "cancelled" || visit.status === "entered-in-error";
export const mayCheckIn = (visit: Visit) => visit.status === "booked";
// Nobody has failed to come before the time has come.
export const mayMark = (visit: Visit) => visit.status === "booked" && Date.parse(visit.starts_at) <= serverNow().getTime();
export const mayMove = (visit: Visit) => visit.status === "booked" || visit.status === "pending" || visit.status === "proposed";
export const mayReinstate = (visit: Visit) => visit.status === "cancelled" || visit.status === "noshow";

// Minutes that a person who is awaited is late; a few are nobody's lateness, and after an hour and
// a half it has another name.
export function lateBy(visit: Visit, now: Date): number {
  const minutes = Math.floor((now.getTime() - Date.parse(visit.starts_at)) / 60_000);
  return visit.status === "booked" && minutes >= 3 && minutes <= 90 ? minutes : 0;
}

export const toneOf: Record<Visit["status"], Tone> = {
  proposed: "gold", pending: "gold", booked: "blue", arrived: "good", "checked-in": "good", fulfilled: "plain", cancelled: "plain", noshow: "warn", "entered-in-error": "plain", waitlist: "gold",
};
