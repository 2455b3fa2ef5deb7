// A link that works once opens a session that can do one thing: make a passkey.
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { canUsePasskeys, enrolPasskey, isCancelled } from "../shared/api/passkeys";
import { Problem } from "../shared/api/call";
import { post, remember, type Session } from "../shared/api/session";
import { common } from "../shared/text/common";
import { sentenceOf } from "../shared/text/problems";
import { signInWords } from "../shared/text/sign-in";
import { useText } from "../shared/text/text";
import { Button } from "../shared/ui/Button";
import { TextInput } from "../shared/ui/Field";
import { Waiting } from "../shared/ui/states";
import "./plain.css";

export function Enrol() {
  const { token } = useParams({ from: "/e/$token" });
  const s = useText(signInWords);
  const t = useText(common);
  const [session, setSession] = useState<Session | null>(null);
  const [label, setLabel] = useState(s.labelDefault);
  const [said, say] = useState("");
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    post<Session>("/v1/session/enrolment", { token }).then((opened) => setSession(remember(opened)), (error: unknown) => say(error instanceof Problem ? s.expired : sentenceOf(error)));
  }, [token, s]);
  const make = async () => {
    setBusy(true);
    say("");
    await enrolPasskey(label).then(() => setDone(true), (error: unknown) => say(isCancelled(error) ? s.cancelled : sentenceOf(error)));
    setBusy(false);
  };
  return (
    <main className="plain-page stack">
      <p className="mark">{session?.tenant?.name ?? t.app}</p>
      <h1>{done ? s.enrolled : s.enrolTitle}</h1>
      {!session && !said && <Waiting rows={2} />}
      {session && !done && (canUsePasskeys() ? (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); void make(); }}>
          <p>{s.enrolHint}</p>
          <TextInput label={s.label} value={label} onChange={setLabel} maxLength={60} />
          <Button type="submit" look="main" isPending={busy}>{s.make}</Button>
        </form>
      ) : <p className="note warn">{s.noPasskeys}</p>)}
      {done && <a className="button main" href="/sign-in">{s.goOn}</a>}
      <div role="alert">{said && <p className="note warn">{said}</p>}</div>
    </main>
  );
}
