// Passkeys of one's own and the places where one is signed in. Patients have the same page.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusal, send } from "../../shared/api/call";
import { canUsePasskeys, enrolPasskey, isCancelled, steppingUp } from "../../shared/api/passkeys";
import { useText } from "../../shared/text/text";
import { signInWords } from "../../shared/text/sign-in";
import { useFormat } from "../../shared/time/format";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Loaded } from "../../shared/ui/states";

interface Passkey { id: string; label: string; created_at: string }
interface OpenSession { id: string; current: boolean; method: string; device: string; created_at: string; last_seen_at: string }

async function get<T>(url: string): Promise<T> {
  const response = await send({ method: "GET", url, headers: {} });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}
async function remove(url: string): Promise<void> {
  const response = await send({ method: "DELETE", url, headers: {} });
  if (!response.ok) throw await refusal(response);
}

export function SecurityPage() {
  const s = useText(signInWords);
  const format = useFormat();
  const client = useQueryClient();
  const [label, setLabel] = useState(s.labelDefault);
  const passkeys = useQuery({ queryKey: ["passkeys"], queryFn: () => get<{ passkeys: Passkey[] }>("/v1/passkeys") });
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: () => get<{ sessions: OpenSession[] }>("/v1/sessions") });
  const act = (what: () => Promise<void>, said: string) => void steppingUp(what).then(() => { tell(said); return client.invalidateQueries({ queryKey: ["passkeys"] }).then(() => client.invalidateQueries({ queryKey: ["sessions"] })); }, (error: unknown) => (isCancelled(error) ? tell(s.cancelled) : tellProblem(error)));
  return (
    <>
      <h1>{s.security}</h1>
      <div className="two">
        <section className="card stack">
          <h2>{s.passkeys}</h2>
          <p className="soft small">{s.two}</p>
          <Loaded query={passkeys} rows={1}>{({ passkeys: all }) => all.length === 0 ? <p className="soft">{s.none}</p> : (
            <ul className="stack tight">{all.map((each) => <li key={each.id} className="row apart"><span><strong>{each.label}</strong> <span className="soft small">{s.since} {format.moment(each.created_at)}</span></span><Button small isDisabled={all.length === 1} onPress={() => act(() => remove(`/v1/passkeys/${each.id}`), s.removed)}>{s.remove}</Button></li>)}</ul>
          )}</Loaded>
          {canUsePasskeys() && <form className="stack" onSubmit={(event) => { event.preventDefault(); act(() => enrolPasskey(label), s.added); }}><TextInput label={s.label} value={label} onChange={setLabel} maxLength={60} /><div><Button type="submit">{s.addPasskey}</Button></div></form>}
        </section>
        <section className="card stack">
          <h2>{s.sessions}</h2>
          <Loaded query={sessions} rows={1}>{({ sessions: all }) => (
            <ul className="stack tight">{all.map((each) => <li key={each.id} className="row apart"><span>{each.device} <span className="soft small">{s.lastSeen} {format.moment(each.last_seen_at)}</span></span>{each.current ? <Badge tone="good">{s.here}</Badge> : <Button small onPress={() => act(() => remove(`/v1/sessions/${each.id}`), s.ended)}>{s.end}</Button>}</li>)}</ul>
          )}</Loaded>
        </section>
      </div>
    </>
  );
}
