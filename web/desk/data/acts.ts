// What the desk does to a visit. Each act says what it did and, where the API has a way back, offers
// it for thirty seconds: messages to the person wait as long, so that an undo is not seen outside.
import { call, Problem } from "../../shared/api/call";
import type { ReassignRequest, ReinstateRequest, CancelRequest } from "../../shared/api/operations.gen";
import { tell } from "../../shared/ui/said";
import { showChanged, type Visit } from "./visits";

const at = (visit: Visit) => ({ path: { id: visit.id }, version: visit.version });

// A change that was sent again after its answer was lost is refused as already done: then what
// stands is the answer, if it is the next version and as it was meant to be.
async function once(visit: Visit, act: () => Promise<Visit>, isDone: (now: Visit) => boolean): Promise<Visit> {
  try {
    return showChanged(await act());
  } catch (error) {
    if (error instanceof Problem && error.again && (error.slug === "precondition-failed" || error.slug === "state-conflict")) {
      const now = await call("getAppointment", { path: { id: visit.id } });
      if (now.version === visit.version + 1 && isDone(now)) return showChanged(now);
    }
    throw error;
  }
}

export async function checkIn(visit: Visit, said: string): Promise<void> {
  await once(visit, () => call("checkInAppointment", at(visit)), (now) => now.status === "arrived" || now.status === "checked-in");
  tell(said);
}

export async function noShow(visit: Visit, said: string): Promise<void> {
  const now = await once(visit, () => call("noShowAppointment", at(visit)), (each) => each.status === "noshow");
  tell(said, async () => showChanged(await call("reinstateAppointment", { ...at(now), body: { reason: "marked_in_error" } })));
}

export async function cancel(visit: Visit, reason: CancelRequest["reason"], said: string): Promise<void> {
  const now = await once(visit, () => call("cancelAppointment", { ...at(visit), body: { reason } }), (each) => each.status === "cancelled");
  tell(said, async () => showChanged(await call("reinstateAppointment", { ...at(now), body: { reason: "cancelled_in_error" } })));
}

export async function reinstate(visit: Visit, reason: ReinstateRequest["reason"], said: string): Promise<void> {
  await once(visit, () => call("reinstateAppointment", { ...at(visit), body: { reason } }), (now) => now.status === "booked");
  tell(said);
}

export async function reassign(visit: Visit, practitioner_id: string, reason: ReassignRequest["reason"], said: string): Promise<void> {
  const now = await once(visit, () => call("reassignAppointment", { ...at(visit), body: { practitioner_id, reason } }), (each) => each.practitioner_id === practitioner_id);
  const before = visit.practitioner_id;
  tell(said, before ? async () => showChanged(await call("reassignAppointment", { ...at(now), body: { practitioner_id: before, reason: "booked_in_error" } })) : undefined);
}

// Moves it to an offered time; the way back is the old time, offered anew.
export async function move(visit: Visit, offer: string, said: string): Promise<Visit> {
  const now = await once(visit, () => call("rescheduleAppointment", { ...at(visit), body: { offer } }), (each) => each.starts_at !== visit.starts_at || each.practitioner_id !== visit.practitioner_id);
  tell(said, async () => {
    const old = await call("checkOpening", { body: { service_id: visit.service_id, resources: visit.resource_ids, starts_at: visit.starts_at, appointment_id: visit.id } });
    showChanged(await call("rescheduleAppointment", { ...at(now), body: { offer: old.offer } }));
  });
  return now;
}

export async function resize(visit: Visit, minutes: number, before: number, said: string): Promise<void> {
  const now = showChanged(await call("amendAppointment", { ...at(visit), body: { duration_minutes: minutes } }));
  tell(said, async () => showChanged(await call("amendAppointment", { ...at(now), body: { duration_minutes: before } })));
}

// Without a sentence nothing is said, and no way back is offered.
export async function book(offer: string, patient_id: string, note: string, said: string | null, hold_id?: string): Promise<Visit> {
  const visit = await call("bookAppointment", { body: { offer, patient_id, ...(note.trim() ? { note: note.trim() } : {}), ...(hold_id ? { hold_id } : {}) } });
  showChanged(visit);
  if (said) tell(said, async () => showChanged(await call("cancelAppointment", { ...at(visit), body: { reason: "booked_in_error" } })));
  return visit;
}
