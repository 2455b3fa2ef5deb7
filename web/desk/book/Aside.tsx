// The bookings put aside, each with the time that the server still holds for it.
import { useEffect, useState } from "react";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { dayOf } from "../../shared/time/local";
import { serverNow } from "../../shared/time/now";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { discard, isHeld, takeUp, useParked, type Held } from "../data/booking";
import type { Directory } from "../data/directory";
import { useNames } from "../data/people";
import { bookWords } from "../text/book";

// Seconds that it is still held; 0 when it has run out.
export function useLeft(held: Held | undefined): number {
  const seconds = () => (held ? Math.max(0, Math.ceil((Date.parse(held.expires_at) - serverNow().getTime()) / 1000)) : 0);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds());
    const timer = setInterval(() => setLeft(seconds()), 1000);
    return () => clearInterval(timer);
  }, [held]);
  return left;
}
export const clockOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

export function HeldTime({ held }: { held: Held | undefined }) {
  const b = useText(bookWords);
  const left = useLeft(held);
  if (!held) return <Badge>{b.notHeld}</Badge>;
  return left > 0 ? <span role="timer" className="numbers"><Badge tone="gold">{b.left(clockOf(left))}</Badge></span> : <Badge tone="warn">{b.notHeld}</Badge>;
}

export function Aside({ directory }: { directory: Directory }) {
  const b = useText(bookWords);
  const format = useFormat();
  const parked = useParked();
  const people = useNames(parked.flatMap((each) => each.person ?? []));
  if (parked.length === 0) return null;
  return (
    <section className="card stack tight aside" aria-labelledby="aside">
      <h2 id="aside">{b.asideTitle}</h2>
      <ul className="stack tight">{parked.map((each) => {
        const name = each.person ? people.of(each.person) : b.nobodyYet;
        const opening = each.held?.opening;
        return (
          <li key={each.parked_at} className="row apart">
            <span><strong>{name}</strong> <span className="soft small">{[directory.name(each.service), opening && `${format.shortDay(dayOf(opening.starts_at, opening.time_zone))}, ${format.time(opening.starts_at, opening.time_zone)}`].filter(Boolean).join(" · ")}</span></span>
            <span className="row tight"><HeldTime held={isHeld(each, serverNow()) ? each.held : undefined} />
              <Button small onPress={() => takeUp(each, serverNow())} aria-label={`${b.takeUp}: ${name}`}>{b.takeUp}</Button><Button small look="quiet" onPress={() => discard(each)} aria-label={`${b.discard}: ${name}`}>{b.discard}</Button></span>
          </li>
        );
      })}</ul>
    </section>
  );
}
