// Stands in the place of the whole page while the screen is locked. A passkey session is unlocked by
// the passkey; every other by a fresh look at the session.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { canUsePasskeys, isCancelled, stepUp } from "../api/passkeys";
import { readSession, sessionQuery, signOut, useSession, type Session } from "../api/session";
import { sentenceOf } from "../text/problems";
import { useText } from "../text/text";
import { Button } from "../ui/Button";
import { useKeys } from "../ui/keys";
import { leave, lock, open, useLock, watchIdle, type Why } from "./lock";
import { lockWords } from "./text";
import "./lock.css";

interface Props { idle_ms: number; children: ReactNode }

// The page, or the lock in its place.
export function Lockable({ idle_ms, children }: Props) {
  const { why, soon } = useLock();
  const l = useText(lockWords);
  const session = useSession();
  const client = useQueryClient();
  const look = async (sure: boolean): Promise<boolean> => {
    const found = await readSession();
    if (!found) return false;
    const now = !sure && asksPasskey(found) ? await stepUp() : found;
    // Drafts belong to whoever typed them.
    if (now.account.id !== session.account.id) leave();
    client.setQueryData(sessionQuery.queryKey, now);
    open();
    return true;
  };
  useEffect(() => watchIdle(idle_ms, () => void look(true).catch(() => undefined)), [idle_ms, session.account.id]);
  useKeys({ f9: () => lock("blank") }, why === null, true);
  if (why !== null) return <Locked why={why} session={session} look={look} />;
  return <>{children}<div role="status">{soon && <div className="banner soon">{l.soon}</div>}</div></>;
}

const asksPasskey = (session: Session) => session.method === "passkey" && canUsePasskeys();

function Locked({ why, session, look }: { why: Why; session: Session; look: (sure: boolean) => Promise<boolean> }) {
  const l = useText(lockWords);
  const [said, say] = useState("");
  const [busy, setBusy] = useState(false);
  const goOn = async () => {
    setBusy(true);
    say("");
    await look(why === "ended").then((done) => { if (done) return; if (why === "ended") say(l.still); else lock("ended"); }, (error: unknown) => say(isCancelled(error) ? l.cancelled : sentenceOf(error)));
    setBusy(false);
  };
  return (
    <main className="locked">
      <section className="stack" aria-labelledby="locked-title">
        <p className="mark" aria-hidden="true">{why === "blank" ? "" : session.tenant?.name}</p>
        <h1 id="locked-title" className={why === "blank" ? "hidden" : undefined}>{l[`${why}Title`]}</h1>
        {why !== "blank" && <p className="soft">{l[why]}</p>}
        <div className="row">
          {why === "ended" && <a className="button main" href="/sign-in" target="_blank" rel="noopener">{l.signIn}</a>}
          <Button look={why === "ended" || why === "blank" ? "plain" : "main"} autoFocus isPending={busy} onPress={() => void goOn()}>{why === "ended" ? l.continueHere : asksPasskey(session) ? l.unlock : l.goOn}</Button>
        </div>
        <div role="alert">{said && <p className="note warn small">{said}</p>}</div>
        {(why === "idle" || why === "asked") && <p className="small soft">{l.other} <Button small look="quiet" onPress={() => void signOut()}>{l.signOut}</Button></p>}
      </section>
    </main>
  );
}
