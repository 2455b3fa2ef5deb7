// Everything by name: pages, places, days, acts. Opened with Ctrl+K, used without the mouse.
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from "react-aria-components";
import { common } from "../../shared/text/common";
import { signOut } from "../../shared/api/session";
import { lock } from "../../shared/lock/lock";
import { lockWords } from "../../shared/lock/text";
import { setLanguage, useLanguage, useText } from "../../shared/text/text";
import { addDays } from "../../shared/time/local";
import { serverNow } from "../../shared/time/now";
import { useFormat } from "../../shared/time/format";
import { Dialog } from "../../shared/ui/Dialog";
import { undoLast } from "../../shared/ui/said";
import { emptyBooking, park, useBooking } from "../data/booking";
import { writeDraft } from "../data/drafts";
import { useDirectory } from "../data/directory";
import { desk } from "../text/desk";
import { pageActs, type PageAct as Entry } from "./acts";
import type { DeskPage } from "./pages";
import { useLooking } from "./place";


export function Palette({ isOpen, onClose, onHelp, pages }: { isOpen: boolean; onClose: () => void; onHelp: () => void; pages: DeskPage[] }) {
  const d = useText(desk);
  return <Dialog title={d.palette} isOpen={isOpen} onClose={onClose}><Entries onClose={onClose} onHelp={onHelp} pages={pages} /></Dialog>;
}

function Entries({ onClose, onHelp, pages }: { onClose: () => void; onHelp: () => void; pages: DeskPage[] }) {
  const d = useText(desk);
  const t = useText(common);
  const format = useFormat();
  const navigate = useNavigate();
  const directory = useDirectory();
  const looking = useLooking(directory);
  const { contains } = useFilter({ sensitivity: "base" });
  const l = useText(lockWords);
  const language = useLanguage();
  const [, setBooking] = useBooking();
  const [typed, setTyped] = useState("");
  const day = (name: string, at: string): Entry => ({ id: `day-${at}`, name, hint: format.day(at), act: () => void navigate({ to: "/desk/", search: { place: looking.place, day: at } }) });
  const walkIn = () => {
    park(serverNow());
    setBooking({ ...emptyBooking, walkIn: true, day: looking.today });
    void navigate({ to: "/desk/book", search: { place: looking.place, day: looking.today } });
  };
  const [here] = useState(pageActs); // as they were when it opened
  const entries: Entry[] = [
    ...here,
    ...pages.map((page): Entry => ({ id: page.to, name: d[page.word], hint: page.key?.toUpperCase(), act: () => void navigate({ to: page.to, search: true }) })),
    day(t.today, looking.today), day(t.next, addDays(looking.shownDay, 1)), day(t.previous, addDays(looking.shownDay, -1)),
    { id: "undo", name: d.kUndo, hint: "Ctrl Z", act: undoLast },
    ...(pages.some((page) => page.word === "book") ? [{ id: "walk-in", name: d.kWalkIn, hint: "W", act: walkIn }, { id: "park", name: d.kPark, hint: "F8", act: () => park(serverNow()) }] : []),
    { id: "blank", name: l.blankNow, hint: "F9", act: () => lock("blank") },
    { id: "lock", name: l.lockNow, act: () => lock("asked") },
    { id: "language", name: language === "en" ? "Español" : "English", hint: t.language, act: () => setLanguage(language === "en" ? "es" : "en") },
    { id: "security", name: d.sessions, act: () => void navigate({ to: "/desk/security", search: true }) },
    { id: "sign-out", name: t.signOut, act: () => void signOut() },
    ...directory.locations.map((place): Entry => ({ id: place.id, name: place.name, hint: d.place, act: () => looking.change({ place: place.id, visit: undefined }) })),
    ...directory.practitioners.map((person): Entry => ({ id: person.id, name: person.name, hint: d.grid, act: () => void navigate({ to: "/desk/grid", search: { place: looking.place, day: looking.day, who: person.id } }) })),
    ...(typed.trim().length > 1 && pages.some((page) => page.word === "people") ? [{ id: "find", name: d.findPerson(typed.trim()), hint: "/", act: () => { writeDraft("search people", typed.trim()); void navigate({ to: "/desk/people", search: true }); } }] : []),
    { id: "help", name: d.shortcuts, hint: "?", act: onHelp },
    { id: "design", name: d.design, act: () => void navigate({ to: "/desk/design", search: true }) },
  ];
  const run = (id: string) => {
    onClose();
    entries.find((entry) => entry.id === id)?.act();
  };
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped} filter={contains}>
      <SearchField aria-label={d.paletteHint} autoFocus className="field"><Input className="input" placeholder={d.paletteHint} /></SearchField>
      <ListBox aria-label={d.palette} items={entries} className="options" selectionMode="none" onAction={(key) => run(String(key))} renderEmptyState={() => <p className="soft option">{d.noMatch}</p>}>
        {(entry) => <ListBoxItem id={entry.id} textValue={entry.name} className="option"><span>{entry.name}</span>{entry.hint && <span className="soft small">{entry.hint}</span>}</ListBoxItem>}
      </ListBox>
    </Autocomplete>
  );
}
