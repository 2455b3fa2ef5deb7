// The chosen time while the person is still being looked for: held by the server, with what is left
// of it in view. Once the person is known, one key books it.
import { useEffect, useRef } from "react";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { dayOf } from "../../shared/time/local";
import { Button } from "../../shared/ui/Button";
import type { Held } from "../data/booking";
import type { Directory } from "../data/directory";
import { bookWords } from "../text/book";
import { clockOf, useLeft } from "./Aside";

interface Props { held: Held; directory: Directory; isReady: boolean; isBusy: boolean; onBook: () => void; onLetGo: () => void }

export function HeldCard({ held, directory, isReady, isBusy, onBook, onLetGo }: Props) {
  const b = useText(bookWords);
  const format = useFormat();
  const left = useLeft(held);
  const top = useRef<HTMLDivElement>(null);
  const { opening } = held;
  useEffect(() => { if (isReady) top.current?.querySelector<HTMLElement>(".button.main")?.focus(); }, [isReady]);
  return (
    <div ref={top} className={left > 0 ? "note gold stack tight held" : "note warn stack tight held"}>
      <p className="held-when"><strong>{format.day(dayOf(opening.starts_at, opening.time_zone))}, {format.time(opening.starts_at, opening.time_zone)}</strong></p>
      <p className="small">{[directory.name(opening.practitioner_id), directory.name(opening.location_id), format.zone(opening.time_zone)].filter(Boolean).join(" · ")}</p>
      {left > 0 ? <p role="timer" className="small numbers">{b.held(format.time(held.expires_at, opening.time_zone))} · {b.left(clockOf(left))}</p> : <p className="small">{b.ranOut}</p>}
      {!isReady && <p className="small">{b.nowWho}</p>}
      <div className="row"><Button look="main" isDisabled={!isReady} isPending={isBusy} onPress={onBook}>{b.bookHeld}</Button><Button onPress={onLetGo}>{b.letGo}</Button></div>
    </div>
  );
}
