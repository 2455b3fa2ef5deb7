import { useMay } from "../../shared/api/session";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { minutesBetween } from "../../shared/time/local";
import { useNow } from "../../shared/time/now";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import type { Directory } from "../data/directory";
import type { Names } from "../data/people";
import type { Visit } from "../data/visits";
import { desk, names, wordOf } from "../text/desk";
import { isGone, lateBy, mayCheckIn, toneOf } from "./state";

interface Props { visit: Visit; directory: Directory; people: Names; isOpen: boolean; showPlace: boolean; zone: string; ref: string; onOpen: () => void; onCheckIn: () => void }

export function VisitRow({ visit, directory, people, isOpen, showPlace, zone, ref: id, onOpen, onCheckIn }: Props) {
  const d = useText(desk);
  const n = useText(names);
  const format = useFormat();
  const may = useMay();
  const late = lateBy(visit, useNow());
  const person = people.person(visit.patient_id);
  const room = directory.rooms.find((each) => visit.resource_ids.includes(each.id));
  const where = [directory.name(visit.practitioner_id), room?.name, showPlace && directory.name(visit.location_id), visit.time_zone !== zone && format.zone(visit.time_zone)].filter(Boolean).join(" · ");
  return (
    <article className={`visit${isOpen ? " open" : ""}${isGone(visit) ? " gone" : ""}`} aria-label={people.of(visit.patient_id)}>
      <div className="visit-when"><time dateTime={visit.starts_at}>{format.time(visit.starts_at, visit.time_zone)}</time><span className="soft">{d.minutes(minutesBetween(visit.starts_at, visit.ends_at))}</span></div>
      <div className="visit-who">
        <button type="button" id={id} className={people.isHidden(visit.patient_id) ? "visit-open masked" : "visit-open"} aria-expanded={isOpen} aria-keyshortcuts="c n m x r a" onClick={onOpen}>{people.of(visit.patient_id)}</button>
        <span className="soft small">{person && [format.date(person.birth_date), person.phone_tail && `…${person.phone_tail}`].filter(Boolean).join(" · ")}</span>
      </div>
      <div className="visit-what"><span>{directory.name(visit.service_id)}</span><span className="soft small">{where}</span>
        {visit.flags.length > 0 && <span className="small flags">{visit.flags.map((flag) => wordOf(n.flag, flag)).join(", ")}</span>}</div>
      <div className="visit-state">{late > 0 ? <Badge tone="warn">{d.late(late)}</Badge> : <Badge tone={toneOf[visit.status]}>{wordOf(n.status, visit.status)}</Badge>}</div>
      {mayCheckIn(visit) && may("appointment.check_in") && <div className="visit-act"><Button small onPress={onCheckIn} aria-label={`${d.checkIn}: ${people.of(visit.patient_id)}`}>{d.checkIn}</Button></div>}
    </article>
  );
}
