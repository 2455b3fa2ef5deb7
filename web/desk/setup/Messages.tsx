import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useChange } from "../../shared/api/queries";
import type { MessageSettingsView } from "../../shared/api/operations.gen";
import { common } from "../../shared/text/common";
import { fieldSentences } from "../../shared/text/problems";
import { useText } from "../../shared/text/text";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { tell } from "../../shared/ui/said";
import { Loaded, Wrong } from "../../shared/ui/states";
import { setupWords } from "../text/setup";

export function Messages() {
  const s = useText(setupWords);
  const settings = useQuery(read("getMessageSettings", {}));
  const reminders = useQuery(read("getReminders", {}));
  return (
    <div className="two">
      <Loaded query={settings}>{(now) => <Settings key={now.version} now={now} />}</Loaded>
      <section className="card stack"><h2>{s.reminders}</h2><Loaded query={reminders} rows={1}>{({ rules }) => rules.length === 0 ? <p className="soft">{s.noReminders}</p> : <ul>{rules.map((rule) => <li key={`${rule.days} ${rule.minutes}`}>{s.reminderRule(rule.days ?? 0, rule.minutes ?? 0)}</li>)}</ul>}</Loaded></section>
    </div>
  );
}

function Settings({ now }: { now: MessageSettingsView }) {
  const s = useText(setupWords);
  const t = useText(common);
  const [typed, setTyped] = useState(now);
  const change = useChange("changeMessageSettings", ["getMessageSettings"]);
  const at = fieldSentences(change.error);
  const set = (part: Partial<MessageSettingsView>) => setTyped({ ...typed, ...part });
  const save = () => change.mutate({ version: now.version, body: { detail: typed.detail, quiet_from: typed.quiet_from, quiet_until: typed.quiet_until, ...(typed.from_address ? { from_address: typed.from_address } : {}), ...(typed.reply_to ? { reply_to: typed.reply_to } : {}) } }, { onSuccess: () => tell(s.saved) });
  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <h2>{s.messages}</h2>
      <Choice label={s.detail} value={typed.detail} onChange={(detail) => set({ detail: detail as "neutral" | "time" })} options={[{ id: "neutral", name: s.neutral }, { id: "time", name: s.time }]} />
      <div className="columns">
        <TextInput label={s.quietFrom} type="time" value={typed.quiet_from} onChange={(quiet_from) => set({ quiet_from })} wrong={at["/quiet_from"]} />
        <TextInput label={s.quietUntil} type="time" value={typed.quiet_until} onChange={(quiet_until) => set({ quiet_until })} wrong={at["/quiet_until"]} />
        <TextInput label={s.sender} type="email" value={typed.from_address} onChange={(from_address) => set({ from_address })} wrong={at["/from_address"]} />
        <TextInput label={s.replyTo} type="email" value={typed.reply_to} onChange={(reply_to) => set({ reply_to })} wrong={at["/reply_to"]} />
      </div>
      <Wrong error={change.error} />
      <div><Button type="submit" look="main" isPending={change.isPending}>{t.save}</Button></div>
    </form>
  );
}
