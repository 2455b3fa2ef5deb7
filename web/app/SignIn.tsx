// The way in: a passkey, and for patients a code. Which of them is not known before it is tried.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { canUsePasskeys, isCancelled, signInWithPasskey } from "../shared/api/passkeys";
import { post, remember, sessionQuery, type Session } from "../shared/api/session";
import { Problem } from "../shared/api/call";
import { open } from "../shared/lock/lock";
import { common } from "../shared/text/common";
import { sentenceOf } from "../shared/text/problems";
import { signInWords } from "../shared/text/sign-in";
import { setLanguage, useLanguage, useText } from "../shared/text/text";
import { Button } from "../shared/ui/Button";
import { TextInput } from "../shared/ui/Field";
import { ReachBanner } from "../shared/ui/states";
import "./plain.css";

export function SignIn() {
  const s = useText(signInWords);
  const t = useText(common);
  const language = useLanguage();
  const client = useQueryClient();
  const [said, say] = useState("");
  const [busy, setBusy] = useState(false);
  const arrive = (session: Session) => {
    client.setQueryData(sessionQuery.queryKey, session);
    open();
    location.replace(session.account.role === "patient" ? "/my" : "/desk/");
  };
  const run = async (act: () => Promise<Session>) => {
    setBusy(true);
    say("");
    await act().then(arrive, (error: unknown) => say(isCancelled(error) ? s.cancelled : error instanceof Problem && (error.slug === "unauthenticated" || error.slug === "invalid") ? s.notFound : sentenceOf(error)));
    setBusy(false);
  };
  return (
    <main className="plain-page stack">
      <ReachBanner />
      <p className="mark">{t.app}</p>
      <h1>{s.title}</h1>
      {canUsePasskeys() ? <><Button look="main" isPending={busy} onPress={() => void run(signInWithPasskey)}>{s.passkey}</Button><p className="soft small">{s.passkeyHint} {s.staff}</p></> : <p className="note warn">{s.noPasskeys}</p>}
      <div role="alert">{said && <p className="note warn">{said}</p>}</div>
      <Code busy={busy} run={run} />
      <div><Button look="quiet" onPress={() => setLanguage(language === "en" ? "es" : "en")}><span lang={language === "en" ? "es" : "en"}>{language === "en" ? "Español" : "English"}</span></Button></div>
    </main>
  );
}

function Code({ busy, run }: { busy: boolean; run: (act: () => Promise<Session>) => Promise<void> }) {
  const s = useText(signInWords);
  const [tenant, setTenant] = useState(() => new URLSearchParams(location.search).get("at") ?? "");
  const [contact, setContact] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [wrong, setWrong] = useState("");
  const send = () => post("/v1/session/code", { tenant, contact }).then(() => { setCode(""); setWrong(""); }, (error: unknown) => setWrong(sentenceOf(error)));
  const enter = () => void run(async () => remember(await post<Session>("/v1/session/code/verify", { tenant, contact, code: (code ?? "").replace(/\D/g, "") })));
  return (
    <details className="card">
      <summary><strong>{s.patient}</strong></summary>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); if (code === null) void send(); else enter(); }}>
        <TextInput label={s.organisation} value={tenant} onChange={setTenant} autoComplete="organization" />
        <TextInput label={s.contact} value={contact} onChange={setContact} autoComplete="email" wrong={wrong} />
        {code !== null && <p className="note" role="status">{s.codeSent}</p>}
        {code !== null && <TextInput label={s.code} value={code} onChange={setCode} inputMode="numeric" autoComplete="one-time-code" autoFocus />}
        <Button type="submit" isPending={busy}>{code === null ? s.sendCode : s.enter}</Button>
      </form>
    </details>
  );
}
