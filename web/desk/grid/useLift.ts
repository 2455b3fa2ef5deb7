// A visit that is being carried: where it would go, whether it may, and putting it down. The server
// is asked before it is dropped, so that a conflict is explained while it can still be avoided.
import { useEffect, useRef, useState } from "react";
import { call } from "../../shared/api/call";
import { sentenceOf } from "../../shared/text/problems";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { instantAt, minutesBetween } from "../../shared/time/local";
import { tellProblem } from "../../shared/ui/said";
import * as acts from "../data/acts";
import type { Visit } from "../data/visits";
import { desk, names, wordOf } from "../text/desk";
import { gridWords } from "../text/grid";
import type { Column } from "./columns";

export const slot = 15;
const settle_ms = 160;

export interface Lifted { visit: Visit; home: Column; from: number; column: Column; minute: number; length: number }
export interface Verdict { kind: "same" | "checking" | "fits" | "no"; text: string; offer?: string }

export function useLift(zone: string, kind: "people" | "rooms") {
  const g = useText(gridWords);
  const d = useText(desk);
  const n = useText(names);
  const format = useFormat();
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [verdict, setVerdict] = useState<Verdict>({ kind: "same", text: "" });
  const [said, say] = useState("");
  const asked = useRef(0);
  const length = lifted ? minutesBetween(lifted.visit.starts_at, lifted.visit.ends_at) : 0;
  const isResized = lifted !== null && lifted.length !== length;
  const isMoved = lifted !== null && (lifted.column.id !== lifted.home.id || lifted.minute !== lifted.from);

  useEffect(() => {
    const number = ++asked.current;
    if (!lifted || !isMoved) { setVerdict({ kind: "same", text: lifted && isResized ? g.length(lifted.length) : g.same }); return; }
    setVerdict({ kind: "checking", text: g.checking });
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await judge(lifted, zone, kind, stop.signal, { fits: g.fits, fitsBut: g.fitsBut, no: g.no, word: (flag) => wordOf(n.flag, flag) });
      if (number !== asked.current || !answer) return;
      setVerdict(answer);
      say(`${g.at(format.clock(lifted.minute), lifted.column.title)} ${answer.text}`);
    }, settle_ms);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [lifted, isMoved, isResized, zone, kind, g, n, format]);

  const lift = (visit: Visit, column: Column, minute: number, name: string) => {
    setLifted({ visit, home: column, from: minute, column, minute, length: minutesBetween(visit.starts_at, visit.ends_at) });
    say(g.lifted(name));
  };
  const carry = (column: Column, minute: number) => {
    if (!lifted || (column.id === lifted.column.id && minute === lifted.minute)) return;
    setLifted({ ...lifted, column, minute });
    say(g.at(format.clock(minute), column.title));
  };
  const stretch = (minutes: number) => {
    if (!lifted || minutes < slot) return;
    setLifted({ ...lifted, length: minutes });
    say(g.length(minutes));
  };
  const leave = () => { if (lifted) say(g.left); setLifted(null); };
  const drop = async (): Promise<boolean> => {
    if (!lifted) return false;
    try {
      if (isMoved) {
        const sure = verdict.offer ? verdict : await judge(lifted, zone, kind, undefined, { fits: g.fits, fitsBut: g.fitsBut, no: g.no, word: (flag) => wordOf(n.flag, flag) });
        if (!sure?.offer) { if (sure) { setVerdict(sure); say(sure.text); } return false; }
        await acts.move(lifted.visit, sure.offer, d.moved(`${format.day(lifted.column.day)}, ${format.clock(lifted.minute)}`));
      } else if (isResized) {
        await acts.resize(lifted.visit, lifted.length, length, d.resized);
      }
      say(isMoved ? g.dropped(format.clock(lifted.minute)) : g.left);
      setLifted(null);
      return true;
    } catch (error) {
      tellProblem(error);
      say(sentenceOf(error));
      setLifted(null);
      return false;
    }
  };
  return { lifted, verdict, said, lift, carry, stretch, leave, drop };
}

interface Words { fits: string; fitsBut: (flags: string) => string; no: (why: string) => string; word: (flag: string) => string }

async function judge({ visit, column, minute }: Lifted, zone: string, kind: "people" | "rooms", signal: AbortSignal | undefined, words: Words): Promise<Verdict | null> {
  const resources = kind === "people" ? [column.resource] : [column.resource, ...(visit.practitioner_id ? [visit.practitioner_id] : [])];
  try {
    const checked = await call("checkOpening", { body: { service_id: visit.service_id, resources, starts_at: instantAt(column.day, minute, zone), appointment_id: visit.id }, signal });
    return { kind: "fits", offer: checked.offer, text: checked.flags.length === 0 ? words.fits : words.fitsBut(checked.flags.map(words.word).join(", ")) };
  } catch (error) {
    return signal?.aborted ? null : { kind: "no", text: words.no(sentenceOf(error)) };
  }
}
