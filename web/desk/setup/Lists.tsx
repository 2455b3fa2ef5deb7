import { useState } from "react";
import { useChange } from "../../shared/api/queries";
import { fieldSentences } from "../../shared/text/problems";
import { useText } from "../../shared/text/text";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Table } from "../../shared/ui/Table";
import { useDraft } from "../data/drafts";
import type { Directory } from "../data/directory";
import { setupWords } from "../text/setup";
import { Adding } from "./Adding";

const zones = Intl.supportedValuesOf("timeZone").map((id) => ({ id, name: id }));

export function Places({ directory }: { directory: Directory }) {
  const s = useText(setupWords);
  const [name, setName] = useDraft("place name", "");
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const create = useChange("createLocation", ["listLocations"]);
  const change = useChange("changeLocation", ["listLocations"]);
  return (
    <>
      <section className="card"><Table label={s.places} rows={directory.locations} keyOf={(row) => row.id} columns={[
        { name: s.name, cell: (row) => row.name }, { name: s.zone, cell: (row) => row.time_zone },
        { name: "", cell: (row) => <Button small look="quiet" onPress={() => change.mutate({ path: { id: row.id }, version: row.version, body: { active: false } }, { onSuccess: () => tell(s.saved), onError: tellProblem })}>{s.use}</Button> },
      ]} /></section>
      <Adding label={s.newOf.places} onAdd={() => create.mutateAsync({ body: { name, time_zone: zone } }).then(() => setName(""))}>
        {(wrong) => <div className="columns"><TextInput label={s.name} value={name} onChange={setName} wrong={fieldSentences(wrong)["/name"]} autoFocus /><Choice label={s.zone} value={zone} onChange={setZone} options={zones} /></div>}
      </Adding>
    </>
  );
}

export function Practitioners({ directory }: { directory: Directory }) {
  const s = useText(setupWords);
  const [name, setName] = useDraft("practitioner name", "");
  const create = useChange("createPractitioner", ["listPractitioners"]);
  const change = useChange("changePractitioner", ["listPractitioners"]);
  return (
    <>
      <section className="card"><Table label={s.practitioners} rows={directory.practitioners} keyOf={(row) => row.id} columns={[
        { name: s.name, cell: (row) => row.name }, { name: s.lanes, cell: (row) => row.lanes },
        { name: "", cell: (row) => <Button small look="quiet" onPress={() => change.mutate({ path: { id: row.id }, version: row.version, body: { active: false } }, { onSuccess: () => tell(s.saved), onError: tellProblem })}>{s.use}</Button> },
      ]} /></section>
      <Adding label={s.newOf.practitioners} onAdd={() => create.mutateAsync({ body: { name } }).then(() => setName(""))}>
        {(wrong) => <TextInput label={s.name} value={name} onChange={setName} wrong={fieldSentences(wrong)["/name"]} autoFocus />}
      </Adding>
    </>
  );
}

export function Rooms({ directory }: { directory: Directory }) {
  const s = useText(setupWords);
  const [name, setName] = useDraft("room name", "");
  const [place, setPlace] = useState(directory.locations[0]?.id ?? "");
  const create = useChange("createRoom", ["listRooms"]);
  const change = useChange("changeRoom", ["listRooms"]);
  return (
    <>
      <section className="card"><Table label={s.rooms} rows={directory.rooms} keyOf={(row) => row.id} columns={[
        { name: s.name, cell: (row) => row.name }, { name: s.place, cell: (row) => directory.name(row.location_id) }, { name: s.lanes, cell: (row) => row.lanes },
        { name: "", cell: (row) => <Button small look="quiet" onPress={() => change.mutate({ path: { id: row.id }, version: row.version, body: { active: false } }, { onSuccess: () => tell(s.saved), onError: tellProblem })}>{s.use}</Button> },
      ]} /></section>
      <Adding label={s.newOf.rooms} onAdd={() => create.mutateAsync({ body: { name, location_id: place } }).then(() => setName(""))}>
        {(wrong) => <div className="columns"><TextInput label={s.name} value={name} onChange={setName} wrong={fieldSentences(wrong)["/name"]} autoFocus /><Choice label={s.place} value={place} onChange={setPlace} options={directory.locations} /></div>}
      </Adding>
    </>
  );
}
