import { useChange } from "../../shared/api/queries";
import type { ContactInput, ContactView, PatientView } from "../../shared/api/operations.gen";
import { useMay } from "../../shared/api/session";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Wrong } from "../../shared/ui/states";
import { useDraft } from "../data/drafts";
import { peopleWords } from "../text/people";

const inputOf = ({ kind, value, whose, label, safe, voicemail_allowed }: ContactView): ContactInput => ({ kind, value, ...(whose ? { whose } : {}), ...(label ? { label } : {}), safe, voicemail_allowed });

export function Contacts({ person }: { person: PatientView }) {
  const p = useText(peopleWords);
  const t = useText(common);
  const may = useMay();
  const change = useChange("changePatient", ["getPatient"]);
  const [adding, setAdding] = useDraft<ContactInput | null>(`contact ${person.id}`, null);
  const save = (contacts: ContactInput[], said: string) => change.mutate({ path: { id: person.id }, version: person.version, body: { contacts } }, { onSuccess: () => { setAdding(null); tell(said); } });
  return (
    <section className="card stack">
      <h2>{p.contacts}</h2>
      {person.contacts.length === 0 && <p className="soft">{p.noContacts}</p>}
      <ul className="stack">{person.contacts.map((contact, i) => (
        <li key={contact.kind + contact.value} className="stack tight">
          <div className="row apart"><span><strong>{contact.value}</strong> <span className="soft small">{p[contact.kind]}{contact.whose && ` · ${contact.whose}`}</span></span>
            <span className="row tight">{!contact.safe && <Badge tone="warn">{p.unsafe}</Badge>}<Badge tone={contact.verified ? "good" : "plain"}>{contact.verified ? p.verified : p.unverified}</Badge></span></div>
          {may("patient.change") && <Acts person={person.id} contact={contact} onRemove={() => save(person.contacts.filter((_, j) => j !== i).map(inputOf), p.removed)} />}
        </li>
      ))}</ul>
      {may("patient.change") && !adding && <div><Button onPress={() => setAdding({ kind: "phone", value: "" })}>{p.addContact}</Button></div>}
      {adding && (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); save([...person.contacts.map(inputOf), adding], p.saved); }}>
          <div className="columns">
            <Choice label={p.kind} value={adding.kind} onChange={(kind) => setAdding({ ...adding, kind: kind as ContactInput["kind"] })} options={(["phone", "email", "address"] as const).map((id) => ({ id, name: p[id] }))} />
            <TextInput label={p.value} value={adding.value} onChange={(value) => setAdding({ ...adding, value })} autoFocus />
          </div>
          <Wrong error={change.error} />
          <div className="row"><Button type="submit" look="main" isPending={change.isPending}>{t.save}</Button><Button onPress={() => setAdding(null)}>{t.cancel}</Button></div>
        </form>
      )}
    </section>
  );
}

function Acts({ person, contact, onRemove }: { person: string; contact: ContactView; onRemove: () => void }) {
  const p = useText(peopleWords);
  const t = useText(common);
  const stop = useChange("optOut", ["getPatient"]);
  const allow = useChange("optIn", ["getPatient"]);
  return (
    <div className="row tight">
      {contact.kind !== "address" && <Button small look="quiet" onPress={() => stop.mutate({ path: { id: person }, body: { contact: contact.value, reason: "staff" } }, { onSuccess: () => tell(p.stopped), onError: tellProblem })}>{p.stop}</Button>}
      {contact.kind !== "address" && <Button small look="quiet" onPress={() => allow.mutate({ path: { id: person }, body: { contact: contact.value } }, { onSuccess: () => tell(p.allowed), onError: tellProblem })}>{p.allow}</Button>}
      <Button small look="quiet" onPress={onRemove}>{t.remove}</Button>
    </div>
  );
}
