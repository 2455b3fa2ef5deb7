// The state of every control with its evidence and the evidence's age, as the first source says it.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read } from "../../shared/api/queries";
import type { ControlView } from "../../shared/api/operations.gen";
import { useSession } from "../../shared/api/session";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Badge, type Tone } from "../../shared/ui/Badge";
import { Tabs, TextInput } from "../../shared/ui/Field";
import { Empty, Loaded } from "../../shared/ui/states";
import { auditWords } from "../text/audit";

const tones: Record<ControlView["state"], Tone> = { enforced: "good", partial: "gold", attested: "blue", absent: "warn" };
type State = ControlView["state"] | "all";

export function ControlsPage() {
  const a = useText(auditWords);
  const { tenant } = useSession();
  const [state, setState] = useState<State>("all");
  const [typed, setTyped] = useState("");
  const controls = useQuery(read("listControls", {}, 60_000));
  return (
    <>
      <div><h1>{a.controls}</h1>{tenant && <p className="soft">{a.regime}: {tenant.regime.join(", ")}</p>}</div>
      <Loaded query={controls}>{({ controls: all }) => {
        const shown = all.filter((each) => (state === "all" || each.state === state) && `${each.id} ${each.title} ${each.source}`.toLowerCase().includes(typed.toLowerCase()));
        const count = (which: ControlView["state"]) => all.filter((each) => each.state === which).length;
        return (
          <>
            <div className="row">
              <Tabs<State> label={a.controls} value={state} onChange={setState} options={[{ id: "all", name: `${a.all} ${all.length}` }, ...(["enforced", "partial", "attested", "absent"] as const).map((id) => ({ id, name: `${a.state[id]} ${count(id)}` }))]} />
              <div className="grow"><TextInput label={a.search} value={typed} onChange={setTyped} /></div>
            </div>
            {shown.length === 0 ? <Empty><p>{a.noControls}</p></Empty> : <ul className="stack tight">{shown.map((control) => <li key={control.id}><Control control={control} /></li>)}</ul>}
          </>
        );
      }}</Loaded>
    </>
  );
}

function Control({ control }: { control: ControlView }) {
  const a = useText(auditWords);
  const format = useFormat();
  const newest = control.evidence.map((each) => each.at ?? "").sort().at(-1);
  return (
    <details className="card control">
      <summary><span className="mono">{control.id}</span><span className="grow">{control.title}</span><Badge tone={tones[control.state]}>{a.state[control.state]}</Badge></summary>
      <dl className="facts">
        <dt>{a.source}</dt><dd>{control.source}</dd>
        <dt>{a.verifyBy}</dt><dd>{control.verify}</dd>
        {control.missing.length > 0 && <><dt>{a.missing}</dt><dd>{control.missing.join(" · ")}</dd></>}
        <dt>{a.evidence}</dt><dd>{a.evidenceN(control.evidence.length)}{newest && `, ${a.age(format.moment(newest))}`}
          <ul className="small soft">{control.evidence.slice(0, 12).map((each) => <li key={each.kind + each.id}>{each.kind} <span className="mono">{each.id}</span> · {each.result}</li>)}</ul></dd>
      </dl>
    </details>
  );
}
