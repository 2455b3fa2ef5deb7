// Reception's search: name fragments, birth date and last digits in any order; with the keyboard
// from the field down into what was found. Whoever is not there yet is registered here as well.
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { read } from "../../shared/api/queries";
import type { FoundPatientView } from "../../shared/api/operations.gen";
import { useMay } from "../../shared/api/session";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Button } from "../../shared/ui/Button";
import { TextInput } from "../../shared/ui/Field";
import { Wrong } from "../../shared/ui/states";
import { useDraft } from "../data/drafts";
import { fullName, learn } from "../data/people";
import { bookWords } from "../text/book";
import { desk } from "../text/desk";
import { useSettled } from "../../shared/ui/useSettled";
import { NewPerson } from "./NewPerson";
import "./book.css";

const shortest = 2;

export function PersonSearch({ draft, onChoose, autoFocus }: { draft: string; onChoose: (person: FoundPatientView) => void; autoFocus?: boolean }) {
  const b = useText(bookWords);
  const d = useText(desk);
  const format = useFormat();
  const may = useMay();
  const [typed, setTyped] = useDraft(`search ${draft}`, "");
  const [isNew, setNew] = useDraft(`new ${draft}`, false);
  const wanted = useSettled(useDeferredValue(typed.trim()), 180);
  const found = useQuery({ ...read("searchPatients", { body: { text: wanted } }, 10_000), enabled: wanted.length >= shortest, placeholderData: (before) => before });
  const choose = (person: FoundPatientView) => { learn([person]); onChoose(person); };
  if (isNew) return <NewPerson draft={draft} start={typed} onDone={(person) => { setNew(false); choose(person); }} onBack={() => setNew(false)} />;
  const people = wanted.length >= shortest ? found.data?.patients : undefined;
  const walk = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input, .found button")];
    stops[Math.max(0, stops.indexOf(document.activeElement as HTMLElement) + step)]?.focus();
    event.preventDefault();
  };
  return (
    <div className="stack" onKeyDown={walk}>
      <TextInput label={b.findPerson} hint={b.findHint} value={typed} onChange={setTyped} type="text" autoComplete="off" autoFocus={autoFocus} />
      <Wrong error={found.error} again={() => void found.refetch()} />
      <p className="small soft" role="status">{people ? (people.length === 0 ? b.nobody : b.several(people.length)) : typed ? b.typeMore : ""}</p>
      {people && people.length > 0 && (
        <ul className="found">{people.map((person) => (
          <li key={person.id}><Button onPress={() => choose(person)}><span>{fullName(person.name)}</span><span className="soft">{[format.date(person.birth_date), person.phone_tail && d.phoneTail(person.phone_tail)].filter(Boolean).join(" · ")}</span></Button></li>
        ))}</ul>
      )}
      {may("patient.create") && <div><Button look="quiet" onPress={() => setNew(true)}>+ {b.newPerson}</Button></div>}
    </div>
  );
}
