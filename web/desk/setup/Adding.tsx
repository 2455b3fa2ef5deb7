// The form under a list that adds one more to it.
import { useState, type ReactNode } from "react";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { Button } from "../../shared/ui/Button";
import { tell } from "../../shared/ui/said";
import { Wrong } from "../../shared/ui/states";
import { useDraft } from "../data/drafts";
import { setupWords } from "../text/setup";

// `of`: what it belongs to, where the same form stands more than once on a page.
export function Adding({ label, of = "", children, onAdd }: { label: string; of?: string; children: (wrong: unknown) => ReactNode; onAdd: () => Promise<unknown> }) {
  const s = useText(setupWords);
  const t = useText(common);
  const [isOpen, setOpen] = useDraft(`adding ${label} ${of}`, false);
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (!isOpen) return <div><Button look={of ? "plain" : "main"} small={of !== ""} onPress={() => setOpen(true)}>{label}</Button></div>;
  const add = async () => {
    setBusy(true);
    setWrong(null);
    await onAdd().then(() => { tell(s.added); setOpen(false); }, setWrong);
    setBusy(false);
  };
  return (
    <form className="card stack" aria-label={label} onSubmit={(event) => { event.preventDefault(); void add(); }}>
      {children(wrong)}
      <Wrong error={wrong} />
      <div className="row"><Button type="submit" look="main" isPending={busy}>{s.add}</Button><Button onPress={() => setOpen(false)}>{t.cancel}</Button></div>
    </form>
  );
}
