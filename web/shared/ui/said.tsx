// What the page says after a change, with a way back for thirty seconds: at the foot of the page,
// read out by screen readers, undone by the button or Ctrl+Z.
import { useEffect, useSyncExternalStore } from "react";
import { onForget } from "../lock/lock";
import { Button } from "./Button";
import { sentenceOf } from "../text/problems";
import { common } from "../text/common";
import { say, useText } from "../text/text";

interface Said {
  id: number;
  text: string;
  undo?: () => Promise<unknown>;
}
export const undo_ms = 30_000;
const plain_ms = 7_000;

let shown: Said[] = [];
let last = 0;
const listeners = new Set<() => void>();

function show(next: Said[]): void {
  shown = next;
  for (const listener of listeners) listener();
}
onForget(() => show([]));
export function tell(text: string, undo?: () => Promise<unknown>): void {
  const id = ++last;
  show([...shown.filter((each) => each.undo !== undefined).slice(-1), { id, text, undo }]);
  setTimeout(() => show(shown.filter((each) => each.id !== id)), undo ? undo_ms : plain_ms);
}
export function tellProblem(error: unknown): void {
  tell(sentenceOf(error));
}

async function undo(said: Said): Promise<void> {
  show(shown.filter((each) => each.id !== said.id));
  try {
    await said.undo?.();
    tell(say(common).undone);
  } catch (error) {
    tellProblem(error);
  }
}
export function undoLast(): void {
  const newest = shown.findLast((each) => each.undo);
  if (newest) void undo(newest);
}

export function SaidRegion() {
  const t = useText(common);
  const all = useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => shown);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
      if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || !shown.some((each) => each.undo)) return;
      event.preventDefault();
      undoLast();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <div className="said" role="status" aria-live="polite" data-react-aria-top-layer>
      {all.map((said) => (
        <div key={said.id}>
          <span>{said.text}</span>
          {said.undo && <Button small onPress={() => void undo(said)}>{t.undo} <kbd>Ctrl Z</kbd></Button>}
          {!said.undo && <Button small onPress={() => show(shown.filter((each) => each.id !== said.id))}>{t.close}</Button>}
        </div>
      ))}
    </div>
  );
}
