// One event: how far its people have come, who has not answered, and writing to them.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../../shared/api/call";
import { queries, read, useChange } from "../../shared/api/queries";
import type { EventView } from "../../shared/api/operations.gen";
import { useMay } from "../../shared/api/session";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Dialog } from "../../shared/ui/Dialog";
import { Tabs } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Empty, Loaded, Waiting, Wrong } from "../../shared/ui/states";
import { Table } from "../../shared/ui/Table";
import { PersonSearch } from "../book/PersonChooser";
import { useNames } from "../data/people";
import { desk, wordOf } from "../text/desk";
import { workWords } from "../text/work";

export function EventPage() {
  const { id } = useParams({ from: "/desk/events/$id" });
  const event = useQuery({ ...read("getEvent", { path: { id } }), refetchInterval: 5_000 });
  return <Loaded query={event}>{(one) => <Event event={one} />}</Loaded>;
}

function Event({ event }: { event: EventView }) {
  const w = useText(workWords);
  const t = useText(common);
  const may = useMay();
  const format = useFormat();
  const [asking, setAsking] = useState<"add" | "close" | null>(null);
  const [invitation, setInvitation] = useState<string | null>(null);
  const invite = useChange("createInvitation", ["getEvent", "listParticipants"]);
  const remind = useChange("remindInvitation", ["getEvent", "listParticipants"]);
  const close = useChange("closeEvent", ["getEvent", "listEvents"]);
  const counts = event.people;
  const add = (patient: string) => call("addParticipants", { path: { id: event.id }, body: { patient_ids: [patient] } })
    .then(async () => { setAsking(null); tell(w.added); await queries.invalidateQueries({ queryKey: ["participants", event.id] }); await queries.invalidateQueries({ queryKey: ["getEvent"] }); }).catch(tellProblem);
  return (
    <>
      <div><Link to="/desk/events" search={true}>‹ {w.events}</Link></div>
      <div className="page-head">
        <div><h1>{event.name}</h1><p className="soft small">{format.moment(event.from)} – {format.moment(event.until)} <Badge tone={event.state === "open" ? "good" : "plain"}>{event.state === "open" ? w.open : w.closed}</Badge></p></div>
        {event.state === "open" && <div className="row">
          {may("invitation.send") && <Button look="main" isPending={invite.isPending} onPress={() => invite.mutate({ body: { event_id: event.id, to: "all" } }, { onSuccess: (made) => { setInvitation(made.id); tell(w.invited2(made.total)); }, onError: tellProblem })}>{w.inviteAll}</Button>}
          {invitation && <Button onPress={() => remind.mutate({ path: { id: invitation } }, { onSuccess: () => tell(w.reminded), onError: tellProblem })}>{w.remind}</Button>}
          <Button onPress={() => setAsking("add")}>{w.addPerson}</Button>
          <Button look="warn" onPress={() => setAsking("close")}>{w.closeEvent}</Button>
        </div>}
      </div>
      {counts && <dl className="counts">{(["total", "invited", "opened", "booked", "declined", "silent"] as const).map((key) => <div key={key} className="card"><dd>{format.number(counts[key])}</dd><dt>{w[key]}</dt></div>)}</dl>}
      <People id={event.id} />
      <Dialog title={w.addPerson} isOpen={asking === "add"} onClose={() => setAsking(null)} wide><PersonSearch draft="event" autoFocus onChoose={(person) => void add(person.id)} /><div><Button onPress={() => setAsking(null)}>{t.close}</Button></div></Dialog>
      <Dialog title={w.closeEvent} isOpen={asking === "close"} onClose={() => setAsking(null)} alert>
        <p>{w.closeSure}</p>
        <div className="row"><Button look="warn" onPress={() => close.mutate({ path: { id: event.id } }, { onSuccess: () => { setAsking(null); tell(w.closedSaid2); }, onError: tellProblem })}>{w.closeEvent}</Button><Button autoFocus onPress={() => setAsking(null)}>{t.cancel}</Button></div>
      </Dialog>
    </>
  );
}

function People({ id }: { id: string }) {
  const w = useText(workWords);
  const d = useText(desk);
  const t = useText(common);
  const [which, setWhich] = useState<"all" | "silent">("all");
  const list = useInfiniteQuery({
    queryKey: ["participants", id], initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => call("listParticipants", { path: { id }, query: { cursor: pageParam, limit: 100 }, signal }),
    getNextPageParam: (last) => last.next,
  });
  const all = list.data?.pages.flatMap((page) => page.participants) ?? [];
  const shown = which === "silent" ? all.filter((each) => each.silent) : all;
  const people = useNames(shown.map((each) => each.patient_id));
  return (
    <section className="card stack">
      <div className="row apart"><h2>{w.people}</h2><Tabs<"all" | "silent"> label={w.people} value={which} onChange={setWhich} options={[{ id: "all", name: w.everybody }, { id: "silent", name: w.whoSilent }]} /></div>
      <Wrong error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting rows={3} /> : shown.length === 0 ? <Empty><p>{w.none}</p></Empty> : (
        <Table label={w.people} rows={shown} keyOf={(row) => row.patient_id} columns={[
          { name: t.name, cell: (row) => <Link to="/desk/people/$id" params={{ id: row.patient_id }} search={true}>{row.name ?? people.of(row.patient_id)}</Link> },
          { name: d.status, cell: (row) => <Badge tone={row.state === "booked" ? "good" : row.state === "declined" ? "warn" : "plain"}>{wordOf(w.state, row.state)}</Badge> },
          { name: w.visitsN(2).replace("2 ", ""), cell: (row) => row.visits },
          { name: w.silent, cell: (row) => (row.silent ? t.yes : "") },
        ]} />
      )}
      {list.hasNextPage && <div><Button onPress={() => void list.fetchNextPage()}>{t.more}</Button></div>}
    </section>
  );
}
