// Single keys as shortcuts: never while somebody types, never with another dialog open.
import { useEffect, useRef } from "react";

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;
}

// `always`: also while somebody types and over dialogs; for keys that type nothing.
export function useKeys(keys: Record<string, () => void>, isOn = true, always = false): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      const named = (event.ctrlKey || event.metaKey ? "ctrl+" : "") + event.key.toLowerCase();
      const act = (event.shiftKey ? current.current[`shift+${named}`] : undefined) ?? current.current[named];
      if (!act || event.altKey || event.defaultPrevented) return;
      if (!always && !named.startsWith("ctrl+") && (isTyping(event.target) || document.querySelector(".veil"))) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isOn, always]);
}
