// A time that nobody offered: checked first, with the reasons for and against it in words. Who may
// set rules aside says why; everybody else sees why not.
import { useState } from "react";
import { call, Problem } from "../../shared/api/call";
import type { CheckedTime, CheckTimeRequest, OpeningView, PractitionerView } from "../../shared/api/operations.gen";
import { useMay } from "../../shared/api/session";
import { useText } from "../../shared/text/text";
import { instantAt } from "../../shared/time/local";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { Wrong } from "../../shared/ui/states";
import { bookWords } from "../text/book";
import { names, optionsOf, wordOf } from "../text/desk";

interface Props {
  serviceId: string;
  time?: string;
  moving?: string;
  act: string;
  zone: string;
  people: PractitionerView[];
  first: { day: string; who: string };
  onChoose: (opening: OpeningView) => void;
}

export function OwnTime({ serviceId, time: marked, moving, act, zone, people, first, onChoose }: Props) {
  const b = useText(bookWords);
  const n = useText(names);
  const may = useMay();
  const [day, setDay] = useState(first.day);
  const [time, setTime] = useState(marked ?? "09:00");
  const [who, setWho] = useState(first.who);
  const [why, setWhy] = useState("");
  const [wrong, setWrong] = useState<unknown>(null);
  const [checked, setChecked] = useState<CheckedTime | null>(null);
  if (!may("openings.check") || !serviceId) return null;
  const again = <T,>(set: (value: T) => void) => (value: T) => { set(value); setChecked(null); setWrong(null); };
  const check = async () => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    setWrong(null);
    try {
      setChecked(await call("checkOpening", { body: {
        service_id: serviceId, resources: [who], starts_at: instantAt(day, hour * 60 + minute, zone),
        ...(why ? { override_reason: why as NonNullable<CheckTimeRequest["override_reason"]> } : {}), ...(moving ? { appointment_id: moving } : {}),
      } }));
    } catch (error) {
      setChecked(null);
      setWrong(error);
    }
  };
  const refused = wrong instanceof Problem;
  return (
    <details className="own" open={marked !== undefined}>
      <summary>{b.own}</summary>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); void check(); }}>
        <p className="small soft">{b.ownHint}</p>
        <div className="columns">
          <TextInput label={b.ownDay} type="date" value={day} onChange={again(setDay)} />
          <TextInput label={b.ownTime} type="time" value={time} onChange={again(setTime)} />
          <Choice label={b.ownWho} value={who} onChange={again(setWho)} options={people} />
        </div>
        {refused && may("appointment.override") && <Choice label={b.overrideWhy} value={why} onChange={setWhy} options={optionsOf(n.override)} empty="—" />}
        {!checked && <div><Button type="submit">{b.check}</Button></div>}
        <Wrong error={wrong} />
        {checked && (
          <div className={checked.flags.length > 0 ? "note gold stack tight" : "note stack tight"} role="status">
            <p>{checked.flags.length === 0 ? b.fits : `${b.fitsBut} ${checked.flags.map((flag) => wordOf(n.flag, flag)).join(", ")}.`}</p>
            <div><Button look="main" onPress={() => onChoose(checked)}>{act}</Button></div>
          </div>
        )}
      </form>
    </details>
  );
}
