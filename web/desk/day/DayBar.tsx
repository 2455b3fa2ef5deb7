// Which day is shown: a day back, today, a day on, or any day. The arrow keys and T work unless
// somebody types.
import type { ReactNode } from "react";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { addDays, isDay, type Day } from "../../shared/time/local";
import { Button } from "../../shared/ui/Button";
import { useKeys } from "../../shared/ui/keys";
import { desk } from "../text/desk";

export function DayBar({ day, today, step = 1, title, onChange, children, arrows = true }: { day: Day; today: Day; step?: number; title: string; onChange: (day: Day) => void; children?: ReactNode; arrows?: boolean }) {
  const t = useText(common);
  const d = useText(desk);
  useKeys({ t: () => onChange(today), ...(arrows ? { arrowleft: () => onChange(addDays(day, -step)), arrowright: () => onChange(addDays(day, step)) } : {}) });
  return (
    <div className="page-head">
      <div><h1>{title}</h1>{children}</div>
      <div className="row tight">
        <Button icon aria-label={t.previous} onPress={() => onChange(addDays(day, -step))}>‹</Button>
        <Button isDisabled={day === today} onPress={() => onChange(today)}>{t.today}</Button>
        <Button icon aria-label={t.next} onPress={() => onChange(addDays(day, step))}>›</Button>
        <input type="date" className="input date" aria-label={d.dayOf} value={day} onChange={(event) => isDay(event.target.value) && onChange(event.target.value)} />
      </div>
    </div>
  );
}
