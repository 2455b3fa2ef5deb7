// One person's record: who it is, how to reach them, how much messages may say, what was sent.
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { read, useChange } from "../../shared/api/queries";
import type { PatientView } from "../../shared/api/operations.gen";
import { useMay } from "../../shared/api/session";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Loaded, Wrong } from "../../shared/ui/states";
import { useBooking } from "../data/booking";
import { useDraft } from "../data/drafts";
import { fullName, learn } from "../data/people";
import { SentMessages } from "../day/SentMessages";
import { desk } from "../text/desk";
import { bookWords } from "../text/book";
import { peopleWords } from "../text/people";
import { Contacts } from "./Contacts";

export function PersonPage() {
  const { id } = useParams({ from: "/desk/people/$id" });
  const person = useQuery(read("getPatient", { path: { id } }, 30_000));
  const p = useText(peopleWords);
  return (
    <>
      <div><Link to="/desk/people" search={true}>‹ {p.back}</Link></div>
      <Loaded query={person}>{(record) => <Record person={record} />}</Loaded>
    </>
  );
}

function Record({ person }: { person: PatientView }) {
  const p = useText(peopleWords);
  const d = useText(desk);
  const format = useFormat();
  const may = useMay();
  const navigate = useNavigate();
  const [booking, setBooking] = useBooking();
  const [editing, setEditing] = useDraft(`editing ${person.id}`, false);
  const book = () => {
    learn([{ id: person.id, name: person.name, birth_date: person.birth_date }]);
    setBooking({ ...booking, person: person.id });
    void navigate({ to: "/desk/book", search: true });
  };
  return (
    <>
      <div className="page-head">
        <div><h1>{fullName(person.name)}</h1><p className="soft">{d.born(format.date(person.birth_date))}</p></div>
        {may("appointment.create") && <Button look="main" onPress={book}>{p.book}</Button>}
      </div>
      <div className="two">
        <Contacts person={person} />
        <div className="stack">
          <section className="card stack">
            <h2>{p.record}</h2>
            {editing ? <RecordForm person={person} onDone={() => setEditing(false)} /> : (
              <>
                <dl className="facts">
                  {person.identifiers.map((number) => <Fact key={number.issuer} name={number.issuer} value={number.value} />)}
                  <Fact name={p.language} value={person.language ?? "—"} />
                  <Fact name={p.needs} value={person.needs ?? "—"} />
                  {person.note !== undefined && <Fact name={p.note} value={person.note} />}
                </dl>
                {may("patient.change") && <div><Button onPress={() => setEditing(true)}>{p.change}</Button></div>}
              </>
            )}
          </section>
          {may("patient.change") && <Detail id={person.id} />}
          {may("message.view") && <div className="card empty-hides"><SentMessages patient={person.id} /></div>}
        </div>
      </div>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return <><dt>{name}</dt><dd>{value}</dd></>;
}

function RecordForm({ person, onDone }: { person: PatientView; onDone: () => void }) {
  const p = useText(peopleWords);
  const b = useText(bookWords);
  const t = useText(common);
  const change = useChange("changePatient", ["getPatient", "searchPatients"]);
  const [typed, setTyped] = useDraft(`record ${person.id}`, null as null | { language: string; needs: string; note: string });
  const now = typed ?? { language: person.language ?? "", needs: person.needs ?? "", note: person.note ?? "" };
  const save = () => change.mutate({ path: { id: person.id }, version: person.version, body: { ...(now.language ? { language: now.language } : {}), needs: now.needs, note: now.note } },
    { onSuccess: () => { setTyped(null); tell(p.saved); onDone(); } });
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Choice label={p.language} value={now.language} onChange={(language) => setTyped({ ...now, language })} empty="—" options={[{ id: "en", name: b.english }, { id: "es", name: b.spanish }]} />
      <TextInput label={p.needs} value={now.needs} onChange={(needs) => setTyped({ ...now, needs })} />
      <TextInput label={p.note} many value={now.note} onChange={(note) => setTyped({ ...now, note })} />
      <Wrong error={change.error} />
      <div className="row"><Button type="submit" look="main" isPending={change.isPending}>{t.save}</Button><Button onPress={onDone}>{t.cancel}</Button></div>
    </form>
  );
}

function Detail({ id }: { id: string }) {
  const p = useText(peopleWords);
  const choose = useChange("chooseMessageDetail", ["getPatient"]);
  const pick = (detail: "neutral" | "time") => choose.mutate({ path: { id }, body: { detail } }, { onSuccess: () => tell(p.detailSaved), onError: tellProblem });
  return (
    <section className="card stack tight">
      <h2>{p.detail}</h2>
      <div className="row"><Button small onPress={() => pick("neutral")}>{p.neutral}</Button><Button small onPress={() => pick("time")}>{p.time}</Button></div>
    </section>
  );
}
