// Over a page whose session has ended: nothing personal can be seen, nothing typed is lost. Signing
// in again in another window, then going on here, brings the page back as it was.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sessionQuery, setEnded } from "../../shared/api/session";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { Button } from "../../shared/ui/Button";

export function Ended() {
  const t = useText(common);
  const client = useQueryClient();
  const [still, setStill] = useState(false);
  const goOn = async () => {
    const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => null);
    setStill(!session);
    if (!session) return;
    setEnded(false);
    await client.invalidateQueries();
  };
  return (
    <div className="veil ended" role="alertdialog" aria-modal="true" aria-labelledby="ended-title">
      <section className="dialog stack">
        <h2 id="ended-title">{t.signedOutTitle}</h2>
        <p>{t.signedOut}</p>
        <div className="row">
          <a className="button main" href="/sign-in" target="_blank" rel="noopener">{t.signInAgain}</a>
          <Button autoFocus onPress={() => void goOn()}>{t.continueHere}</Button>
        </div>
        {still && <p className="small" role="alert">{t.signedOutTitle}.</p>}
      </section>
    </div>
  );
}
