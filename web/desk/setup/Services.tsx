import { useChange } from "../../shared/api/queries";
import type { CreateServiceRequest } from "../../shared/api/operations.gen";
import { fieldSentences } from "../../shared/text/problems";
import { useText } from "../../shared/text/text";
import { Button } from "../../shared/ui/Button";
import { Check, Choice, TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Table } from "../../shared/ui/Table";
import type { Directory } from "../data/directory";
import { useDraft } from "../data/drafts";
import { setupWords } from "../text/setup";
import { desk } from "../text/desk";
import { Adding } from "./Adding";

const usual = { name: "", minutes: "30", after: "0", grid: "15", horizon: "90", audience: "patients", room: true };

export function Services({ directory }: { directory: Directory }) {
  const s = useText(setupWords);
  const d = useText(desk);
  const [typed, setTyped] = useDraft("service", usual);
  const create = useChange("createService", ["listServices"]);
  const change = useChange("changeService", ["listServices"]);
  const set = (part: Partial<typeof usual>) => setTyped({ ...typed, ...part });
  const request = (): CreateServiceRequest => ({
    name: typed.name, duration_minutes: Number(typed.minutes), buffer_after_minutes: Number(typed.after), grid_minutes: Number(typed.grid), horizon_days: Number(typed.horizon),
    audience: typed.audience as NonNullable<CreateServiceRequest["audience"]>, needs: [{ kind: "practitioner" }, ...(typed.room ? [{ kind: "room" as const, listing: "pooled" as const }] : [])],
  });
  return (
    <>
      <section className="card"><Table label={s.services} rows={directory.services} keyOf={(row) => row.id} columns={[
        { name: s.name, cell: (row) => <><strong>{row.name}</strong>{row.description && <div className="soft small">{row.description}</div>}</> },
        { name: s.minutes, cell: (row) => d.minutes(row.duration_minutes) }, { name: s.grid, cell: (row) => row.grid_minutes }, { name: s.audience, cell: (row) => s[row.audience] },
        { name: "", cell: (row) => <Button small look="quiet" onPress={() => change.mutate({ path: { id: row.id }, version: row.version, body: { active: false } }, { onSuccess: () => tell(s.saved), onError: tellProblem })}>{s.use}</Button> },
      ]} /></section>
      <Adding label={s.newOf.services} onAdd={() => create.mutateAsync({ body: request() }).then(() => setTyped(usual))}>
        {(wrong) => {
          const at = fieldSentences(wrong);
          return (
            <div className="columns">
              <TextInput label={s.name} value={typed.name} onChange={(name) => set({ name })} wrong={at["/name"]} autoFocus />
              <TextInput label={s.minutes} inputMode="numeric" value={typed.minutes} onChange={(minutes) => set({ minutes })} wrong={at["/duration_minutes"]} />
              <TextInput label={s.after} inputMode="numeric" value={typed.after} onChange={(after) => set({ after })} wrong={at["/buffer_after_minutes"]} />
              <TextInput label={s.grid} inputMode="numeric" value={typed.grid} onChange={(grid) => set({ grid })} wrong={at["/grid_minutes"]} />
              <TextInput label={s.horizon} inputMode="numeric" value={typed.horizon} onChange={(horizon) => set({ horizon })} wrong={at["/horizon_days"]} />
              <Choice label={s.audience} value={typed.audience} onChange={(audience) => set({ audience })} options={(["staff", "patients", "everyone"] as const).map((id) => ({ id, name: s[id] }))} />
              <Check value={typed.room} onChange={(room) => set({ room })}>{s.needsRoom}</Check>
            </div>
          );
        }}
      </Adding>
    </>
  );
}
