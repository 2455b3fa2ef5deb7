// What may be done on the page that is open, for the command palette: the same acts as its keys.
import { useEffect } from "react";

export interface PageAct { id: string; name: string; hint?: string; act: () => void }

let current: PageAct[] = [];
export const pageActs = (): PageAct[] => current;

export function usePageActs(acts: PageAct[]): void {
  useEffect(() => {
    current = acts;
    return () => { if (current === acts) current = []; };
  });
}
