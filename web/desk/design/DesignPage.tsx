// Everything that pages are made of, on one page.
import { useState } from "react";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { Badge, type Tone } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Dialog } from "../../shared/ui/Dialog";
import { Check, Choice, Radios, Tabs, TextInput } from "../../shared/ui/Field";
import { tell } from "../../shared/ui/said";
import { Empty, Waiting } from "../../shared/ui/states";
import { Table } from "../../shared/ui/Table";
import { desk } from "../text/desk";
import { designWords } from "../text/design";
import "./design.css";

const colours = ["ink", "soft", "paper", "card", "sunk", "line", "edge", "accent", "accent-soft", "warn", "warn-soft", "gold", "gold-soft", "blue", "blue-soft"];
const tones: Tone[] = ["plain", "good", "warn", "gold", "blue"];

export function DesignPage() {
  const w = useText(designWords);
  const d = useText(desk);
  const t = useText(common);
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [one, setOne] = useState("one");
  const [ticked, setTicked] = useState(true);
  const options = [{ id: "one", name: w.one }, { id: "two", name: w.two }];
  return (
    <>
      <div><h1>{w.title}</h1><p className="soft">{w.voice}</p></div>
      <div className="two">
        <section className="card"><h2>{w.colours}</h2><ul className="swatches">{colours.map((name) => <li key={name}><i style={{ background: `var(--${name})` }} /><span className="mono">{name}</span></li>)}</ul></section>
        <section className="card stack tight"><h2>{w.type}</h2><p className="sample-1">{w.heading}</p><p>{w.body}</p><p className="soft small">{w.soft}</p><p className="mono">apt_0123456789</p><p><kbd>Ctrl K</kbd></p></section>
        <section className="card stack"><h2>{w.buttons}</h2><div className="row"><Button look="main">{w.main}</Button><Button>{w.plain}</Button><Button look="quiet">{w.quiet}</Button><Button look="warn">{w.warn}</Button><Button isDisabled>{w.off}</Button><Button small>{w.small}</Button><Button icon aria-label={t.next}>›</Button></div>
          <Tabs label={w.choice} value={one} onChange={setOne} options={options} /></section>
        <section className="card stack"><h2>{w.badges}</h2><div className="row">{tones.map((tone) => <Badge key={tone} tone={tone}>{tone}</Badge>)}</div>
          <h2>{w.notes}</h2><div className="note">{w.note}</div><div className="note gold">{w.noteGold}</div><div className="note warn">{w.noteWarn}</div></section>
        <section className="card stack"><h2>{w.fields}</h2>
          <TextInput label={w.label} hint={w.hint} value={text} onChange={setText} /><TextInput label={w.label} value={text} onChange={setText} wrong={w.wrong} />
          <Choice label={w.choice} value={one} onChange={setOne} options={options} /><Check value={ticked} onChange={setTicked}>{w.check}</Check><Radios label={w.radios} value={one} onChange={setOne} options={options} /></section>
        <section className="card stack"><h2>{w.states}</h2><Waiting rows={2} /><Empty><p>{w.empty}</p></Empty>
          <h2>{w.table}</h2><Table label={w.table} rows={options} keyOf={(row) => row.id} columns={[{ name: t.name, cell: (row) => row.name }, { name: d.status, cell: (row) => <Badge>{row.id}</Badge> }]} />
          <h2>{w.said}</h2><div className="row"><Button onPress={() => tell(w.done)}>{w.tell}</Button><Button onPress={() => tell(w.done, () => Promise.resolve())}>{w.tellUndo}</Button><Button onPress={() => setOpen(true)}>{w.open}</Button></div></section>
      </div>
      <Dialog title={w.dialog} isOpen={isOpen} onClose={() => setOpen(false)}><p>{w.dialogText}</p><div className="row"><Button look="main" autoFocus onPress={() => setOpen(false)}>{t.yes}</Button><Button onPress={() => setOpen(false)}>{t.cancel}</Button></div></Dialog>
    </>
  );
}
