// Bring people in from a file: choose it, see line by line what would happen, then do it.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../shared/api/call";
import { queries, read } from "../../shared/api/queries";
import type { ImportView } from "../../shared/api/operations.gen";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { Empty, Loaded, Waiting, Wrong } from "../../shared/ui/states";
import { Table } from "../../shared/ui/Table";
import { wordOf } from "../text/desk";
import { workWords } from "../text/work";
import { Mapping } from "./Mapping";

type Order = "infer" | "day_first" | "month_first";
const none = { event: "", mapping: "", order: "infer" as Order, calling: "" };

export function ImportsPage() {
  const w = useText(workWords);
  const format = useFormat();
  const [file, setFile] = useState<File | null>(null);
  const [chosen, setChosen] = useState(none);
  const [tried, setTried] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const events = useQuery(read("listEvents", {}));
  const mappings = useQuery(read("listImportMappings", {}));
  const before = useQuery(read("listImports", {}));
  const set = (part: Partial<typeof none>) => { setChosen({ ...chosen, ...part }); setTried(null); };
  const start = async (dry_run: boolean) => {
    if (!file) return;
    setBusy(true);
    setWrong(null);
    try {
      const { id } = await call("startImport", { query: { dry_run, kind: "people", event_id: chosen.event || undefined, mapping_id: chosen.mapping || undefined, date_order: chosen.order, calling_code: chosen.calling || undefined }, body: await file.text() });
      (dry_run ? setTried : setDone)(id);
      await queries.invalidateQueries({ queryKey: ["listImports"] });
    } catch (error) {
      setWrong(error);
    }
    setBusy(false);
  };
  return (
    <>
      <h1>{w.imports}</h1>
      <section className="card stack">
        <p className="soft">{w.importHint}</p>
        <div className="columns">
          <div className="field"><label htmlFor="file">{w.file}</label><input id="file" className="input" type="file" accept=".csv,text/csv" onChange={(event) => { setFile(event.target.files?.[0] ?? null); setTried(null); setDone(null); }} /></div>
          <Choice label={w.intoEvent} value={chosen.event} onChange={(event) => set({ event })} empty={w.noEvent} options={events.data?.events.filter((event) => event.state === "open") ?? []} />
          <Choice label={w.mapping} value={chosen.mapping} onChange={(mapping) => set({ mapping })} empty={w.usual} options={mappings.data?.mappings ?? []} />
          <Choice label={w.dateOrder} value={chosen.order} onChange={(order) => set({ order: order as Order })} options={(["infer", "day_first", "month_first"] as const).map((id) => ({ id, name: w[id] }))} />
          <TextInput label={w.callingCode} inputMode="numeric" value={chosen.calling} onChange={(calling) => set({ calling: calling.replace(/\D/g, "") })} maxLength={3} />
        </div>
        <Wrong error={wrong} />
        <div className="row"><Button look="main" isDisabled={!file} isPending={busy} onPress={() => void start(true)}>{w.tryRun}</Button></div>
        {file && <Mapping file={file} onSaved={(mapping) => set({ mapping })} />}
      </section>
      {tried && !done && <Outcome id={tried} act={<Button look="main" isPending={busy} onPress={() => void start(false)}>{w.bringIn}</Button>} />}
      {done && <Outcome id={done} />}
      <section className="card stack">
        <h2>{w.before}</h2>
        <Loaded query={before}>{({ imports }) => imports.length === 0 ? <Empty><p>{w.noImports}</p></Empty> : (
          <Table label={w.before} rows={imports} keyOf={(row) => row.id} columns={[
            { name: w.from, cell: (row) => format.moment(row.created_at) },
            { name: w.imports, cell: (row) => <Badge tone={row.state === "failed" ? "warn" : row.state === "done" ? "good" : "blue"}>{wordOf(w.importState, row.state)}{row.dry_run && ` · ${w.dry}`}</Badge> },
            { name: w.rows, cell: (row) => format.number(row.rows) }, { name: w.made, cell: (row) => format.number(row.dry_run ? row.would_create : row.created) },
            { name: w.doubles, cell: (row) => format.number(row.duplicates) }, { name: w.errors, cell: (row) => format.number(row.error_count) },
          ]} />
        )}</Loaded>
      </section>
    </>
  );
}

function Outcome({ id, act }: { id: string; act?: React.ReactNode }) {
  const w = useText(workWords);
  const format = useFormat();
  const found = useQuery({ ...read("getImport", { path: { id } }), refetchInterval: (query) => (query.state.data?.state === "running" ? 700 : false) });
  if (!found.data) return found.isError ? <Wrong error={found.error} /> : <Waiting rows={2} />;
  const now: ImportView = found.data;
  return (
    <section className="card stack" role="status" aria-label={w.imports}>
      {now.state === "running" ? <p>{w.running} {format.number(now.progress)} / {format.number(now.rows)}</p> : now.state === "failed" ? <p className="note warn">{w.failed}</p> : !now.dry_run && <p className="note">{w.finished}</p>}
      <dl className="counts">{([[w.rows, now.rows], [now.dry_run ? w.would : w.made, now.dry_run ? now.would_create : now.created], [w.doubles, now.duplicates], [w.errors, now.error_count]] as const).map(([name, count]) => <div key={name} className="card"><dd>{format.number(count)}</dd><dt>{name}</dt></div>)}</dl>
      {now.state !== "running" && now.errors.length === 0 && <p className="soft">{w.noErrors}</p>}
      {now.errors.length > 0 && <Table label={w.errors} rows={now.errors} keyOf={(row) => `${row.line} ${row.column} ${row.rule}`} columns={[{ name: w.line, cell: (row) => row.line }, { name: w.column, cell: (row) => row.column }, { name: w.reason, cell: (row) => row.detail }]} />}
      {now.state === "done" && now.dry_run && act}
    </section>
  );
}
