import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import type { Directory } from "../data/directory";
import type { Names } from "../data/people";
import type { Visit } from "../data/visits";
import { desk, names, wordOf } from "../text/desk";
import { toneOf } from "../day/state";
import { gridWords } from "../text/grid";
import type { Column, Placed } from "./columns";
import { slot, type Lifted, type Verdict } from "./useLift";

interface Props {
  column: Column;
  begin: number;
  end: number;
  of: (visit: Visit) => Names;
  directory: Directory;
  openVisit?: string;
  cursor: number | null;
  ghost: Lifted | null;
  carried?: string;
  verdict: Verdict;
  now: number | null;
  onBook: (minute: number) => void;
  onOpen: (id: string) => void;
  onReach: (minute: number) => void;
}

const box = (begin: number, from: number, until: number) => ({ "--from": from - begin, "--long": until - from }) as React.CSSProperties;

export function ColumnView(props: Props) {
  const { column, begin, end, of, directory, cursor, ghost, now } = props;
  const g = useText(gridWords);
  const format = useFormat();
  const under = cursor === null ? undefined : column.placed.find((each) => each.from <= cursor && cursor < each.until);
  return (
    <section className="column" aria-label={column.title} style={box(begin, begin, end)}>
      <h2>{column.title}</h2>
      <div className="track" data-column={column.id}>
        {column.hours.map(([from, until]) => <i key={from} className="open-hours" style={box(begin, from, until)} />)}
        {now !== null && now > begin && now < end && <i className="now" style={box(begin, now, now)} />}
        {column.placed.map((placed) => <Block key={placed.visit.id} {...props} placed={placed} isCursor={placed === under} />)}
        {cursor !== null && !under && <button type="button" data-cursor className="cursor" style={box(begin, cursor, cursor + slot)} onClick={() => props.onBook(cursor)}>{g.bookAt(format.clock(cursor))}<span className="hidden">, {column.title}</span></button>}
        {ghost && <div className={`ghost ${props.verdict.kind}`} style={box(begin, ghost.minute, ghost.minute + ghost.length)}><strong>{format.clock(ghost.minute)} {of(ghost.visit).isHidden(ghost.visit.patient_id) ? "" : of(ghost.visit).of(ghost.visit.patient_id)}</strong><span>{props.verdict.text || directory.name(ghost.visit.service_id)}</span></div>}
      </div>
    </section>
  );
}

function Block({ placed, isCursor, begin, of, directory, openVisit, carried, onOpen, onReach }: Props & { placed: Placed; isCursor: boolean }) {
  const { visit, from, until, lane, lanes } = placed;
  const n = useText(names);
  const d = useText(desk);
  const format = useFormat();
  const people = of(visit);
  const name = people.of(visit.patient_id);
  const style = { ...box(begin, from, until), "--lane": lane, "--lanes": lanes } as React.CSSProperties;
  return (
    <button type="button" data-visit={visit.id} data-cursor={isCursor ? "" : undefined} tabIndex={isCursor ? 0 : -1} aria-pressed={openVisit === visit.id} style={style}
      className={`block ${toneOf[visit.status]}${carried === visit.id ? " carried" : ""}${until - from <= 20 ? " short" : ""}`} onFocus={() => onReach(from)}
      onClick={(event) => { if (event.detail > 0) onOpen(visit.id); }}>
      <strong className={people.isHidden(visit.patient_id) ? "masked" : undefined}>{name}</strong>
      <span>{format.clock(from)} · {directory.name(visit.service_id)}</span>
      <span className="hidden">{format.clock(until)}, {wordOf(n.status, visit.status)}</span>
      <i className="stretch" data-stretch={visit.id} aria-hidden="true" title={d.kLonger} />
    </button>
  );
}
