import { useQuery } from "@tanstack/react-query";
import { read } from "../shared/api/queries";
import { useSession } from "../shared/api/session";
import { useText } from "../shared/text/text";
import { useFormat } from "../shared/time/format";
import { Badge } from "../shared/ui/Badge";
import { Empty, Loaded } from "../shared/ui/states";
import { names, wordOf } from "../desk/text/desk";
import { myWords } from "./text/my";

export function MessagesPage() {
  const m = useText(myWords);
  const n = useText(names);
  const format = useFormat();
  const { patient_id } = useSession();
  const messages = useQuery(read("listMessages", { query: { patient_id, limit: 100 } }));
  return (
    <section className="stack"><h1>{m.sentTo}</h1>
      <Loaded query={messages}>{({ messages: all }) => all.length === 0 ? <Empty><p>{m.noMessages}</p></Empty> : (
        <ul className="stack tight">{all.map((message) => <li key={message.id} className="card row apart"><span>{wordOf(n.purpose, message.purpose)} <span className="soft small">{wordOf(n.channel, message.channel)} · {format.moment(message.handed_over_at ?? message.changed_at)}</span></span><Badge tone={message.state === "handed_over" ? "good" : message.state === "bounced" || message.state === "failed" ? "warn" : "plain"}>{wordOf(n.messageState, message.state)}</Badge></li>)}</ul>
      )}</Loaded>
    </section>
  );
}
