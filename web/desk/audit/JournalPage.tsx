// Who did what and when, the newest first; each entry can be proven to be in the log, here.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, type Input } from "../../shared/api/call";
import { read } from "../../shared/api/queries";
import type { JournalEntryView } from "../../shared/api/operations.gen";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Dialog } from "../../shared/ui/Dialog";
import { TextInput } from "../../shared/ui/Field";
import { Empty, Loaded, Waiting, Wrong } from "../../shared/ui/states";
import { Table } from "../../shared/ui/Table";
import { auditWords } from "../text/audit";
import { names, wordOf } from "../text/desk";
import { prove } from "./proof";

type Query = NonNullable<Input<"listJournalEntries">["query"]>;
const nothing = { from: "", until: "", action: "", resource: "", actor: "" };
const instant = (local: string) => (local ? new Date(local).toISOString() : undefined);

export function JournalPage() {
  const a = useText(auditWords);
  const n = useText(names);
  const format = useFormat();
  const [typed, setTyped] = useState(nothing);
  const [proving, setProving] = useState<JournalEntryView | null>(null);
  const set = (part: keyof typeof nothing) => (value: string) => setTyped({ ...typed, [part]: value.trim() });
  const query: Query = { from: instant(typed.from), to: instant(typed.until), action: (typed.action || undefined) as Query["action"], resource: typed.resource || undefined, actor: typed.actor || undefined, limit: 50 };
  const list = useInfiniteQuery({
    queryKey: ["journal", query], initialPageParam: undefined as string | undefined, staleTime: 5_000,
    queryFn: ({ pageParam, signal }) => call("listJournalEntries", { query: { ...query, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.next,
  });
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const actor = (entry: JournalEntryView) => entry.actor.account_id ?? a[entry.actor.kind];
  return (
    <>
      <h1>{a.journal}</h1>
      <section className="card" aria-label={a.filters}><div className="columns">
        <TextInput label={a.from} type="datetime-local" value={typed.from} onChange={set("from")} />
        <TextInput label={a.until} type="datetime-local" value={typed.until} onChange={set("until")} />
        <TextInput label={a.action} value={typed.action} onChange={set("action")} hint="appointment.booked" />
        <TextInput label={a.resource} hint={a.resourceHint} value={typed.resource} onChange={set("resource")} />
        <TextInput label={a.actor} hint={a.actorHint} value={typed.actor} onChange={set("actor")} />
      </div></section>
      <Wrong error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting rows={8} /> : entries.length === 0 ? <Empty><p>{a.noEntries}</p></Empty> : (
        <section className="card"><Table label={a.journal} rows={entries} keyOf={(entry) => entry.id} columns={[
          { name: a.when, cell: (entry) => <span className="numbers">{format.moment(entry.at)}</span> },
          { name: a.what, cell: (entry) => <Badge tone="blue">{entry.action}</Badge> },
          { name: a.role, cell: (entry) => (entry.role ? wordOf(n.role, entry.role) : "") },
          { name: a.who, cell: (entry) => <span className="mono">{actor(entry)}</span> },
          { name: a.about, cell: (entry) => <span className="mono">{entry.resource?.id ?? ""}</span> },
          { name: a.verify, cell: (entry) => <Button small onPress={() => setProving(entry)} aria-label={`${a.verify}: ${entry.action} ${entry.index}`}>{a.verify}</Button> },
        ]} /></section>
      )}
      {list.hasNextPage && <div><Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>{a.more}</Button></div>}
      <Dialog title={a.proofTitle} isOpen={proving !== null} onClose={() => setProving(null)} wide>{proving && <Proof entry={proving} onClose={() => setProving(null)} />}</Dialog>
    </>
  );
}

function Proof({ entry, onClose }: { entry: JournalEntryView; onClose: () => void }) {
  const a = useText(auditWords);
  const t = useText(common);
  const proof = useQuery(read("proveJournalEntry", { query: { entry: entry.id, index: entry.index } }, 60_000));
  return (
    <>
      <p className="soft">{a.proofHow}</p>
      <Loaded query={proof} rows={2}>{(given) => <Verdict proof={given} />}</Loaded>
      <div><Button autoFocus onPress={onClose}>{t.close}</Button></div>
    </>
  );
}

function Verdict({ proof }: { proof: Awaited<ReturnType<typeof call<"proveJournalEntry">>> }) {
  const a = useText(auditWords);
  const proven = useQuery({ queryKey: ["proof", proof.entry_id, proof.size], queryFn: () => prove(proof), staleTime: Infinity });
  if (!proven.data) return <p>{a.computing}</p>;
  return (
    <>
      <p className={proven.data.holds ? "note" : "note warn"} role="status"><strong>{proven.data.holds ? a.proves : a.failsProof}</strong></p>
      <dl className="facts">
        <dt>{a.index}</dt><dd>{proof.index}</dd><dt>{a.size}</dt><dd>{proof.size}</dd><dt>{a.steps}</dt><dd>{proof.hashes.length}</dd>
        <dt>{a.leaf}</dt><dd className="mono">{proven.data.leaf}</dd><dt>{a.root}</dt><dd className="mono">{proven.data.root}</dd><dt>{a.checkpointRoot}</dt><dd className="mono">{proven.data.checkpointRoot}</dd>
      </dl>
    </>
  );
}
