// One visit with everything about it and everything that may be done to it.
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useMay } from "../../shared/api/session";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { dayOf, minutesBetween } from "../../shared/time/local";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { tellProblem } from "../../shared/ui/said";
import * as acts from "../data/acts";
import type { Directory } from "../data/directory";
import type { Names } from "../data/people";
import type { Visit } from "../data/visits";
import { desk, names, wordOf } from "../text/desk";
import { CancelForm, MoveForm, NoteForm, ReassignForm, ReinstateForm } from "./forms";
import { isGone, mayCheckIn, mayMark, mayMove, mayReinstate, toneOf } from "./state";
import { SentMessages } from "./SentMessages";

export type PanelPart = "all" | "move" | "cancel" | "reassign" | "reinstate";
interface Props { visit: Visit; part: PanelPart; directory: Directory; people: Names; onReveal: () => void; onCard: () => void; onClose: () => void }

export function VisitPanel({ visit, part: first, directory, people, onReveal, onCard, onClose }: Props) {
  const d = useText(desk);
  const may = useMay();
  const [part, setPart] = useState(first);
  const top = useRef<HTMLElement>(null);
  const name = people.inWords(visit.patient_id);
  useEffect(() => top.current?.focus(), []);
  // Somebody else changed it while a form was open: say so, keep what was typed.
  const [seen] = useState(visit.version);
  const changed = visit.version !== seen && part !== "all";
  const done = () => { setPart("all"); top.current?.focus(); };
  return (
    <aside ref={top} tabIndex={-1} className="panel" aria-label={d.details} onKeyDown={(event) => { if (event.key === "Escape" && !event.defaultPrevented) (part === "all" ? onClose : done)(); }}>
      <div className="panel-head">
        <div className="stack tight"><h2 className={people.isHidden(visit.patient_id) ? "masked" : undefined}>{people.of(visit.patient_id)}</h2><Person visit={visit} people={people} onReveal={onReveal} /></div>
        <Button icon look="quiet" aria-label={d.close} onPress={onClose}>×</Button>
      </div>
      {changed && <div className="note gold" role="status">{d.changedElsewhere}</div>}
      <Facts visit={visit} directory={directory} />
      {part === "all" && <Actions visit={visit} name={name} onPart={setPart} onCard={onCard} />}
      {part === "move" && <MoveForm visit={visit} directory={directory} onDone={done} />}
      {part === "cancel" && <CancelForm visit={visit} name={name} onDone={done} />}
      {part === "reassign" && <ReassignForm visit={visit} directory={directory} onDone={done} />}
      {part === "reinstate" && <ReinstateForm visit={visit} onDone={done} />}
      {part === "all" && may("appointment.change") && !isGone(visit) && <NoteForm visit={visit} />}
      {part === "all" && may("message.view") && <SentMessages appointment={visit.id} zone={visit.time_zone} />}
    </aside>
  );
}

function Person({ visit, people, onReveal }: { visit: Visit; people: Names; onReveal: () => void }) {
  const d = useText(desk);
  const may = useMay();
  const format = useFormat();
  const person = people.person(visit.patient_id);
  if (people.isHidden(visit.patient_id)) return may("patient.search") ? <div><Button small onPress={onReveal}>{d.showName} <kbd>R</kbd></Button></div> : null;
  return (
    <p className="small soft">
      {person && [d.born(format.date(person.birth_date)), person.phone_tail && d.phoneTail(person.phone_tail)].filter(Boolean).join(" · ")}
      {may("patient.view") && <> <Link to="/desk/people/$id" params={{ id: visit.patient_id }} search={true}>{d.openPerson}</Link></>}
    </p>
  );
}

function Facts({ visit, directory }: { visit: Visit; directory: Directory }) {
  const d = useText(desk);
  const n = useText(names);
  const format = useFormat();
  const room = directory.rooms.find((each) => visit.resource_ids.includes(each.id));
  return (
    <dl className="facts">
      <dt>{d.when}</dt><dd><strong><time dateTime={visit.starts_at}>{format.time(visit.starts_at, visit.time_zone)}</time></strong> · {format.day(dayOf(visit.starts_at, visit.time_zone))} · {d.minutes(minutesBetween(visit.starts_at, visit.ends_at))}</dd>
      <dt>{d.service}</dt><dd>{directory.name(visit.service_id)}</dd>
      <dt>{d.who}</dt><dd>{directory.name(visit.practitioner_id)}</dd>
      <dt>{d.where}</dt><dd>{[directory.name(visit.location_id), room?.name].filter(Boolean).join(" · ")} <span className="soft small">({format.zone(visit.time_zone)})</span></dd>
      <dt>{d.status}</dt><dd className="row tight"><Badge tone={toneOf[visit.status]}>{wordOf(n.status, visit.status)}</Badge>{visit.status === "booked" && <span className="soft small">{wordOf(n.answer, visit.participant_status)}</span>}{visit.cancel_reason && <span className="soft small">{wordOf(n.cancel, visit.cancel_reason)}</span>}</dd>
      {visit.flags.length > 0 && <><dt>{d.flags}</dt><dd>{visit.flags.map((flag) => wordOf(n.flag, flag)).join(", ")}</dd></>}
    </dl>
  );
}

function Actions({ visit, name, onPart, onCard }: { visit: Visit; name: string; onPart: (part: PanelPart) => void; onCard: () => void }) {
  const d = useText(desk);
  const may = useMay();
  return (
    <div className="actions">
      {mayCheckIn(visit) && may("appointment.check_in") && <Button look="main" onPress={() => void acts.checkIn(visit, d.checkedIn(name)).catch(tellProblem)}>{d.checkIn}</Button>}
      {mayMove(visit) && may("appointment.reschedule") && <Button onPress={() => onPart("move")}>{d.move}</Button>}
      {mayMove(visit) && may("appointment.reschedule") && visit.practitioner_id && <Button onPress={() => onPart("reassign")}>{d.reassign}</Button>}
      {!isGone(visit) && <Button onPress={onCard}>{d.printCard}</Button>}
      {mayMark(visit) && may("appointment.no_show") && <Button onPress={() => void acts.noShow(visit, d.markedNoShow(name)).catch(tellProblem)}>{d.noShow}</Button>}
      {mayReinstate(visit) && may("appointment.reinstate") && <Button onPress={() => onPart("reinstate")}>{d.reinstate}</Button>}
      {mayMove(visit) && may("appointment.cancel") && <Button look="warn" onPress={() => onPart("cancel")}>{d.cancelVisit}</Button>}
    </div>
  );
}
