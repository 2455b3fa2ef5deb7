// What was sent about a visit or to a person, and when.
import { useQuery } from "@tanstack/react-query";
import { read } from "../../shared/api/queries";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { desk, names, wordOf } from "../text/desk";

export function SentMessages({ appointment, patient, zone }: { appointment?: string; patient?: string; zone?: string }) {
  const d = useText(desk);
  const n = useText(names);
  const format = useFormat();
  const messages = useQuery(read("listMessages", { query: { appointment_id: appointment, patient_id: patient, limit: 20 } }, 30_000));
  if (!messages.data || messages.data.messages.length === 0) return null;
  return (
    <section className="stack tight">
      <h3>{d.sent}</h3>
      <ul className="small stack tight">{messages.data.messages.map((message) => (
        <li key={message.id} className="row apart"><span>{wordOf(n.purpose, message.purpose)} · {wordOf(n.channel, message.channel)}</span><span className="soft">{wordOf(n.messageState, message.state)} · {format.moment(message.handed_over_at ?? message.changed_at, zone)}</span></li>
      ))}</ul>
    </section>
  );
}
