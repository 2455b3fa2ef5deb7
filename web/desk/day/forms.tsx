// The small forms of a visit: cancel, give to somebody else, bring back, note, move.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../../shared/api/call";
import { read } from "../../shared/api/queries";
import type { CancelRequest, ReassignRequest, ReinstateRequest } from "../../shared/api/operations.gen";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { dayOf } from "../../shared/time/local";
import { Button } from "../../shared/ui/Button";
import { Choice, Radios, TextInput } from "../../shared/ui/Field";
import { Wrong } from "../../shared/ui/states";
import { tell } from "../../shared/ui/said";
import { TimeChooser } from "../book/TimeChooser";
import * as acts from "../data/acts";
import { useDraft } from "../data/drafts";
import type { Directory } from "../data/directory";
import type { Visit } from "../data/visits";
import { desk, names, optionsOf } from "../text/desk";

interface FormProps { title: string; act: string; look?: "main" | "warn"; children: ReactNode; onAct: () => Promise<unknown>; onDone: () => void }

function SmallForm({ title, act, look = "main", children, onAct, onDone }: FormProps) {
  const t = useText(common);
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await onAct();
      onDone();
    } catch (error) {
      setWrong(error);
      setBusy(false);
    }
  };
  return (
    <form className="stack" aria-label={title} onSubmit={(event) => { event.preventDefault(); void run(); }}>
      {children}
      <Wrong error={wrong} />
      <div className="row"><Button type="submit" look={look} isPending={busy}>{act}</Button><Button onPress={onDone}>{t.cancel}</Button></div>
    </form>
  );
}

export function CancelForm({ visit, name, onDone }: { visit: Visit; name: string; onDone: () => void }) {
  const d = useText(desk);
  const n = useText(names);
  const [reason, setReason] = useDraft<CancelRequest["reason"]>(`cancel ${visit.id}`, "patient_request");
  return (
    <SmallForm title={d.cancelVisit} act={d.cancelNow} look="warn" onDone={onDone} onAct={() => acts.cancel(visit, reason, d.cancelled(name))}>
      <Radios label={d.whyCancel} value={reason} onChange={(next) => setReason(next as typeof reason)} options={optionsOf(n.cancel)} />
    </SmallForm>
  );
}

export function ReassignForm({ visit, directory, onDone }: { visit: Visit; directory: Directory; onDone: () => void }) {
  const d = useText(desk);
  const n = useText(names);
  const others = directory.practitioners.filter((each) => each.id !== visit.practitioner_id);
  const [to, setTo] = useState(others[0]?.id ?? "");
  const [reason, setReason] = useDraft<ReassignRequest["reason"]>(`reassign ${visit.id}`, "practitioner_unavailable");
  return (
    <SmallForm title={d.reassign} act={d.giveNow} onDone={onDone} onAct={() => acts.reassign(visit, to, reason, d.reassigned(directory.name(to)))}>
      <Choice label={d.giveTo} value={to} onChange={setTo} options={others} />
      <Radios label={d.whyReassign} value={reason} onChange={(next) => setReason(next as typeof reason)} options={optionsOf(n.reassign)} />
    </SmallForm>
  );
}

export function ReinstateForm({ visit, onDone }: { visit: Visit; onDone: () => void }) {
  const d = useText(desk);
  const n = useText(names);
  const [reason, setReason] = useState<ReinstateRequest["reason"]>(visit.status === "noshow" ? "patient_came_after_all" : "cancelled_in_error");
  return (
    <SmallForm title={d.reinstate} act={d.reinstate} onDone={onDone} onAct={() => acts.reinstate(visit, reason, d.reinstated)}>
      <Radios label={d.whyReinstate} value={reason} onChange={(next) => setReason(next as typeof reason)} options={optionsOf(n.reinstate)} />
    </SmallForm>
  );
}

export function MoveForm({ visit, directory, onDone }: { visit: Visit; directory: Directory; onDone: () => void }) {
  const d = useText(desk);
  const t = useText(common);
  const format = useFormat();
  return (
    <section className="stack" aria-label={d.move}>
      <TimeChooser directory={directory} serviceId={visit.service_id} place={visit.location_id} practitioner={visit.practitioner_id} day={dayOf(visit.starts_at, visit.time_zone)} moving={visit.id} act={d.move}
        onChoose={async (opening) => { await acts.move(visit, opening.offer, d.moved(`${format.day(dayOf(opening.starts_at, opening.time_zone))}, ${format.time(opening.starts_at, opening.time_zone)}`)); onDone(); }} />
      <div><Button onPress={onDone}>{t.cancel}</Button></div>
    </section>
  );
}

// The note is read when the details are opened; what is typed is kept until it is saved.
export function NoteForm({ visit }: { visit: Visit }) {
  const d = useText(desk);
  const client = useQueryClient();
  const whole = useQuery(read("getAppointment", { path: { id: visit.id } }, 60_000));
  const [typed, setTyped] = useDraft(`note ${visit.id}`, null as string | null);
  const [wrong, setWrong] = useState<unknown>(null);
  if (!whole.data) return null;
  const saved = whole.data.note ?? "";
  const save = async () => {
    try {
      await call("amendAppointment", { path: { id: visit.id }, version: whole.data.version, body: { note: typed ?? "" } });
      await client.invalidateQueries({ queryKey: ["getAppointment"] });
      await client.invalidateQueries({ queryKey: ["visits"] });
      setTyped(null);
      setWrong(null);
      tell(d.noteKept);
    } catch (error) {
      setWrong(error);
      void client.invalidateQueries({ queryKey: ["getAppointment"] });
    }
  };
  return (
    <div className="stack tight">
      <TextInput label={d.note} many value={typed ?? saved} onChange={setTyped} maxLength={4000} />
      <Wrong error={wrong} />
      {typed !== null && typed !== saved && <div><Button small onPress={() => void save()}>{d.saveNote}</Button></div>}
    </div>
  );
}
