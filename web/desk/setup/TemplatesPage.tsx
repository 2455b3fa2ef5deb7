// The organisation's own templates, written beside a preview that follows each letter.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useChange } from "../../shared/api/queries";
import type { CreateTemplateRequest } from "../../shared/api/operations.gen";
import { common } from "../../shared/text/common";
import { fieldSentences } from "../../shared/text/problems";
import { useText } from "../../shared/text/text";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Empty, Loaded, Wrong } from "../../shared/ui/states";
import { useSettled } from "../../shared/ui/useSettled";
import { useDraft } from "../data/drafts";
import { names, optionsOf, wordOf } from "../text/desk";
import { setupWords } from "../text/setup";

export function TemplatesPage() {
  const s = useText(setupWords);
  const n = useText(names);
  const [writing, setWriting] = useDraft("template", null as CreateTemplateRequest | null);
  const templates = useQuery(read("listTemplates", {}));
  const close = useChange("closeTemplate", ["listTemplates"]);
  return (
    <>
      <div className="page-head"><h1>{s.templates}</h1>{!writing && <Button look="main" onPress={() => setWriting({ channel: "email", locale: "en", purpose: "reminder", subject: "", body: "" })}>{s.newTemplate}</Button>}</div>
      {writing && <Writing value={writing} onChange={setWriting} />}
      <Loaded query={templates}>{({ templates: all }) => all.length === 0 ? <Empty><p>{s.noTemplates}</p></Empty> : (
        <ul className="stack">{all.filter((each) => each.active).map((each) => (
          <li key={each.id} className="card stack tight">
            <div className="row apart"><h2>{wordOf(n.purpose, each.purpose)} · {wordOf(n.channel, each.channel)} · {each.locale}</h2>{each.in_use && <Badge tone="good">{s.inUse}</Badge>}</div>
            {each.subject && <p><strong>{each.subject}</strong></p>}<p className="letter">{each.body}</p>
            <div><Button small onPress={() => close.mutate({ path: { id: each.id }, version: each.version }, { onSuccess: () => tell(s.saved), onError: tellProblem })}>{s.closeTemplate}</Button></div>
          </li>
        ))}</ul>
      )}</Loaded>
    </>
  );
}

function Writing({ value, onChange }: { value: CreateTemplateRequest; onChange: (value: CreateTemplateRequest | null) => void }) {
  const s = useText(setupWords);
  const n = useText(names);
  const t = useText(common);
  const create = useChange("createTemplate", ["listTemplates"]);
  const fields = useQuery(read("getTemplateFields", {}, 600_000));
  const settled = useSettled(value, 300);
  const preview = useQuery({ ...read("previewTemplate", { body: { channel: settled.channel, locale: settled.locale, purpose: settled.purpose, ...(settled.subject ? { subject: settled.subject } : {}), ...(settled.body ? { body: settled.body } : {}) } }), placeholderData: (before) => before });
  const at = fieldSentences(create.error ?? preview.error);
  const [level, setLevel] = useState(0);
  const set = (part: Partial<CreateTemplateRequest>) => onChange({ ...value, ...part });
  const shown = preview.data?.renderings[level] ?? preview.data?.renderings[0];
  const usable = fields.data?.fields.filter((field) => field.channels.includes(value.channel)) ?? [];
  return (
    <form className="card two" aria-label={s.newTemplate} onSubmit={(event) => { event.preventDefault(); create.mutate({ body: { ...value, subject: value.subject || undefined } }, { onSuccess: () => { tell(s.templateSaved); onChange(null); } }); }}>
      <div className="stack">
        <div className="columns">
          <Choice label={s.purpose} value={value.purpose} onChange={(purpose) => set({ purpose: purpose as typeof value.purpose })} options={optionsOf(n.purpose)} />
          <Choice label={s.channel} value={value.channel} onChange={(channel) => set({ channel: channel as typeof value.channel })} options={optionsOf(n.channel)} />
          <Choice label={s.language} value={value.locale} onChange={(locale) => set({ locale: locale as "en" | "es" })} options={[{ id: "en", name: "English" }, { id: "es", name: "Español" }]} />
        </div>
        {value.channel === "email" && <TextInput label={s.subject} value={value.subject ?? ""} onChange={(subject) => set({ subject })} wrong={at["/subject"]} autoFocus />}
        <TextInput label={s.body} many value={value.body} onChange={(body) => set({ body })} wrong={at["/body"]} />
        <div className="stack tight"><span className="label">{s.fields}</span><div className="row tight">{usable.map((field) => <Button key={field.name} small aria-label={`${s.add}: ${field.name}`} onPress={() => set({ body: `${value.body}{{${field.name}}}` })}><span className="mono">{field.name}</span></Button>)}</div></div>
        {!at["/body"] && !at["/subject"] && <Wrong error={create.error} />}
        <div className="row"><Button type="submit" look="main" isPending={create.isPending}>{t.save}</Button><Button onPress={() => onChange(null)}>{t.cancel}</Button></div>
      </div>
      <section className="stack" aria-label={s.preview} aria-live="polite">
        <div><h2>{s.preview}</h2><p className="soft small">{s.previewHint}</p></div>
        {(preview.data?.renderings.length ?? 0) > 1 && <div className="row tight">{preview.data?.renderings.map((each, i) => <Button key={each.level} small look={i === level ? "main" : "plain"} onPress={() => setLevel(i)}>{s.level[each.level]}</Button>)}</div>}
        {preview.isError && <Wrong error={preview.error} />}
        {shown && !preview.isError && <div className="card letter-card">{shown.subject && <p><strong>{shown.subject}</strong></p>}<p className="letter">{shown.text}</p></div>}
      </section>
    </form>
  );
}
