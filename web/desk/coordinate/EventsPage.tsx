import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { read, useChange } from "../../shared/api/queries";
import { common } from "../../shared/text/common";
import { fieldSentences } from "../../shared/text/problems";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { addDays, dayOf, instantAt } from "../../shared/time/local";
import { serverNow } from "../../shared/time/now";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Check, TextInput } from "../../shared/ui/Field";
import { tell } from "../../shared/ui/said";
import { Empty, Loaded, Wrong } from "../../shared/ui/states";
import { useDirectory } from "../data/directory";
import { dropDraft, useDraft } from "../data/drafts";
import { workWords } from "../text/work";

export function EventsPage() {
  const w = useText(workWords);
  const format = useFormat();
  const [isNew, setNew] = useDraft("new event", false);
  const events = useQuery(read("listEvents", {}));
  return (
    <>
      <div className="page-head"><h1>{w.events}</h1>{!isNew && <Button look="main" onPress={() => setNew(true)}>{w.newEvent}</Button>}</div>
      {isNew && <NewEvent onDone={() => setNew(false)} />}
      <Loaded query={events}>
        {({ events: all }) => all.length === 0 ? <Empty><p>{w.noEvents}</p></Empty> : (
          <ul className="stack">{all.map((event) => (
            <li key={event.id} className="card stack tight">
              <div className="row apart"><h2><Link to="/desk/events/$id" params={{ id: event.id }} search={true}>{event.name}</Link></h2><Badge tone={event.state === "open" ? "good" : "plain"}>{event.state === "open" ? w.open : w.closed}</Badge></div>
              <p className="soft small">{format.moment(event.from)} – {format.moment(event.until)}</p>
              {event.description && <p>{event.description}</p>}
            </li>
          ))}</ul>
        )}
      </Loaded>
    </>
  );
}

interface Typed { name: string; description: string; services: string[]; from: string; until: string; visits: string }

function NewEvent({ onDone }: { onDone: () => void }) {
  const w = useText(workWords);
  const t = useText(common);
  const directory = useDirectory();
  const zone = directory.zone(directory.locations[0]?.id ?? "");
  const today = dayOf(serverNow(), zone);
  const [stored, setTyped] = useDraft("event", null as Typed | null);
  const typed = stored ?? { name: "", description: "", services: [], from: addDays(today, 1), until: addDays(today, 30), visits: "1" };
  const set = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  const create = useChange("createEvent", ["listEvents"]);
  const at = fieldSentences(create.error);
  const save = () => create.mutate({ body: { name: typed.name, ...(typed.description ? { description: typed.description } : {}), service_ids: typed.services, from: instantAt(typed.from, 0, zone), until: instantAt(addDays(typed.until, 1), 0, zone), visits_per_person: Number(typed.visits) || 1 } },
    { onSuccess: () => { dropDraft("event"); tell(w.created); onDone(); } });
  return (
    <form className="card stack" aria-label={w.newEvent} onSubmit={(event) => { event.preventDefault(); save(); }}>
      <div className="columns">
        <TextInput label={w.eventName} value={typed.name} onChange={(name) => set({ name })} wrong={at["/name"]} autoFocus />
        <TextInput label={w.from} type="date" value={typed.from} onChange={(from) => set({ from })} wrong={at["/from"]} />
        <TextInput label={w.until} type="date" value={typed.until} onChange={(until) => set({ until })} wrong={at["/until"]} />
        <TextInput label={w.visitsEach} inputMode="numeric" value={typed.visits} onChange={(visits) => set({ visits })} wrong={at["/visits_per_person"]} />
      </div>
      <TextInput label={w.description} optional many value={typed.description} onChange={(description) => set({ description })} wrong={at["/description"]} />
      <fieldset className="plain"><legend className="label">{w.services}</legend><div className="row">{directory.services.map((service) => <Check key={service.id} value={typed.services.includes(service.id)} onChange={(on) => set({ services: on ? [...typed.services, service.id] : typed.services.filter((id) => id !== service.id) })}>{service.name}</Check>)}</div></fieldset>
      <Wrong error={create.error} />
      <div className="row"><Button type="submit" look="main" isPending={create.isPending}>{w.create}</Button><Button onPress={onDone}>{t.cancel}</Button></div>
    </form>
  );
}
