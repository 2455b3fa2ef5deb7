import { useState } from "react";
import { call } from "../../shared/api/call";
import type { CreatePatientRequest, FoundPatientView } from "../../shared/api/operations.gen";
import { common } from "../../shared/text/common";
import { fieldSentences } from "../../shared/text/problems";
import { useText } from "../../shared/text/text";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { tell } from "../../shared/ui/said";
import { Wrong } from "../../shared/ui/states";
import { dropDraft, useDraft } from "../data/drafts";
import { fullName } from "../data/people";
import { bookWords } from "../text/book";

interface Typed { given: string; family: string; second: string; birth: string; email: string; phone: string; language: string; needs: string }
const nothing: Typed = { given: "", family: "", second: "", birth: "", email: "", phone: "", language: "", needs: "" };

function requestOf(typed: Typed): CreatePatientRequest {
  return {
    name: { given: typed.given.trim().split(/\s+/).filter(Boolean), family: typed.family.trim(), ...(typed.second.trim() ? { second_family: typed.second.trim() } : {}) },
    birth_date: typed.birth,
    contacts: [...(typed.email.trim() ? [{ kind: "email" as const, value: typed.email.trim() }] : []), ...(typed.phone.trim() ? [{ kind: "phone" as const, value: typed.phone.trim() }] : [])],
    ...(typed.language ? { language: typed.language } : {}), ...(typed.needs.trim() ? { needs: typed.needs.trim() } : {}),
  };
}

export function NewPerson({ draft, start, onDone, onBack }: { draft: string; start: string; onDone: (person: FoundPatientView) => void; onBack: () => void }) {
  const b = useText(bookWords);
  const t = useText(common);
  const [stored, setTyped] = useDraft<Typed | null>(`person ${draft}`, null);
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const words = start.trim().split(/\s+/).filter((word) => !/\d/.test(word));
  const typed = stored ?? { ...nothing, given: words.length > 1 ? words.slice(0, -1).join(" ") : "", family: words.at(-1) ?? "" };
  const set = (part: keyof Typed) => (value: string) => setTyped({ ...typed, [part]: value });
  const at = fieldSentences(wrong);
  const phoneAt = typed.email.trim() ? 1 : 0;
  const known = ["/name/given", "/name/given/0", "/name/family", "/birth_date", "/contacts/0/value", "/contacts/1/value"];
  const save = async () => {
    setBusy(true);
    setWrong(null);
    try {
      const request = requestOf(typed);
      const made = await call("createPatient", { body: request });
      dropDraft(`person ${draft}`);
      tell(b.registered(fullName(request.name)));
      onDone({ id: made.id, name: made.name, birth_date: made.birth_date });
    } catch (error) {
      setWrong(error);
      setBusy(false);
    }
  };
  return (
    <form className="stack" aria-label={b.newPerson} onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <div className="columns">
        <TextInput label={b.given} value={typed.given} onChange={set("given")} wrong={at["/name/given"] ?? at["/name/given/0"]} autoFocus autoComplete="off" />
        <TextInput label={b.family} value={typed.family} onChange={set("family")} wrong={at["/name/family"]} autoComplete="off" />
        <TextInput label={b.secondFamily} optional value={typed.second} onChange={set("second")} autoComplete="off" />
        <TextInput label={b.birth} type="date" value={typed.birth} onChange={set("birth")} wrong={at["/birth_date"]} />
        <TextInput label={b.phone} optional type="tel" hint={b.phoneHint} value={typed.phone} onChange={set("phone")} wrong={at[`/contacts/${phoneAt}/value`]} autoComplete="off" />
        <TextInput label={b.email} optional type="email" value={typed.email} onChange={set("email")} wrong={phoneAt === 1 ? at["/contacts/0/value"] : undefined} autoComplete="off" />
        <Choice label={b.language} value={typed.language} onChange={set("language")} empty="—" options={[{ id: "en", name: b.english }, { id: "es", name: b.spanish }]} />
        <TextInput label={b.needs} optional hint={b.needsHint} value={typed.needs} onChange={set("needs")} />
      </div>
      {!known.some((pointer) => at[pointer]) && <Wrong error={wrong} />}
      <div className="row"><Button type="submit" look="main" isPending={busy}>{b.register}</Button><Button onPress={onBack}>{t.cancel}</Button></div>
    </form>
  );
}
