// Book: who, what, when, in any order. A time that is chosen before the person is known is held; what
// is chosen and typed stays as a draft until the visit is booked, and can be put aside.
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { OpeningView } from "../../shared/api/operations.gen";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { dayOf } from "../../shared/time/local";
import { serverNow } from "../../shared/time/now";
import { Button } from "../../shared/ui/Button";
import { TextInput } from "../../shared/ui/Field";
import { useKeys } from "../../shared/ui/keys";
import { Waiting, Wrong } from "../../shared/ui/states";
import * as acts from "../data/acts";
import { doneBooking, hold, isEmpty, isHeld, park, release, useBooking, type Booking } from "../data/booking";
import { useDirectory, type Directory } from "../data/directory";
import { fullName, useNames } from "../data/people";
import { useLooking } from "../frame/place";
import { bookWords } from "../text/book";
import { desk } from "../text/desk";
import { Aside } from "./Aside";
import { HeldCard } from "./HeldCard";
import { PersonSearch } from "./PersonChooser";
import { TimeChooser } from "./TimeChooser";
import "./book.css";

const focus = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus());

export function BookPage() {
  const b = useText(bookWords);
  const d = useText(desk);
  const format = useFormat();
  const directory = useDirectory();
  const looking = useLooking(directory);
  const navigate = useNavigate();
  const [draft, setDraft] = useBooking();
  const [refused, setRefused] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const aside = () => park(serverNow());
  useKeys({ f8: aside }, true, true);
  const set = (part: Partial<Booking>) => setDraft({ ...draft, ...part });
  if (directory.error) return <Wrong error={directory.error} />;
  if (!directory.ready) return <Waiting />;
  const services = directory.services.filter((service) => !looking.place || service.location_ids.length === 0 || service.location_ids.includes(looking.place));

  const book = async (opening: OpeningView, person: string) => {
    const day = dayOf(opening.starts_at, opening.time_zone);
    const when = `${format.day(day)}, ${format.time(opening.starts_at, opening.time_zone)}`;
    const visit = await acts.book(opening.offer, person, draft.note, draft.walkIn ? null : d.booked(when), isHeld(draft, serverNow()) ? draft.held?.hold_id : undefined);
    if (draft.walkIn) await acts.checkIn(visit, b.walkedIn(when));
    doneBooking();
    void navigate({ to: "/desk/", search: { place: looking.place, day, visit: visit.id } });
  };
  const choose = async (opening: OpeningView) => {
    setRefused(null);
    if (draft.person) return book(opening, draft.person);
    set({ held: await hold(opening) });
    document.querySelector<HTMLElement>("#who ~ * input")?.focus();
  };
  const bookHeld = async () => {
    if (!draft.held || !draft.person) return;
    setBusy(true);
    try {
      await book(draft.held.opening, draft.person);
    } catch (error) {
      set({ held: undefined });
      setRefused(error);
    }
    setBusy(false);
  };
  const letGo = () => { if (draft.held) void release(draft.held); set({ held: undefined }); focus("when"); };
  return (
    <>
      <div className="page-head"><h1>{draft.walkIn ? b.walkInTitle : b.title}</h1><Button isDisabled={isEmpty(draft)} onPress={aside} aria-keyshortcuts="F8">{b.aside} <kbd>F8</kbd></Button></div>
      {draft.walkIn && <p className="soft">{b.walkInHint}</p>}
      <Aside directory={directory} />
      <div className="two">
        <div className="stack">
          <section className="card step" aria-labelledby="who">
            <h2 id="who" tabIndex={-1}>{b.who}</h2>
            {draft.person
              ? <Chosen id={draft.person} onChange={() => set({ person: null })} />
              : <PersonSearch draft="booking" autoFocus onChoose={(person) => { set({ person: person.id }); if (!draft.held) focus("what"); }} />}
          </section>
          <section className="card step" aria-labelledby="what">
            <h2 id="what" tabIndex={-1}>{b.what}</h2>
            <ul className="services">{services.map((service) => (
              <li key={service.id}><button type="button" className={draft.service === service.id ? "button service main" : "button service"} aria-pressed={draft.service === service.id} onClick={() => { letGoOf(draft, service.id); set({ service: service.id, held: draft.service === service.id ? draft.held : undefined }); focus("when"); }}><span>{service.name}</span><span className="small">{d.minutes(service.duration_minutes)}</span></button></li>
            ))}</ul>
            {draft.lostNote && !draft.note && <p className="small soft">{b.noteLost}</p>}
            <TextInput label={b.note} optional many value={draft.note} onChange={(note) => set({ note })} maxLength={4000} />
          </section>
        </div>
        <section className="card step" aria-labelledby="when">
          <h2 id="when" tabIndex={-1}>{b.when}</h2>
          <When draft={draft} directory={directory} place={looking.place} day={looking.shownDay} refused={refused} isBusy={busy} onBook={() => void bookHeld()} onLetGo={letGo} onChoose={choose} />
        </section>
      </div>
    </>
  );
}

// Another service, another time: the one that was held is let go.
function letGoOf(draft: Booking, service: string): void {
  if (draft.held && draft.service !== service) void release(draft.held);
}

function Chosen({ id, onChange }: { id: string; onChange: () => void }) {
  const b = useText(bookWords);
  const d = useText(desk);
  const format = useFormat();
  const person = useNames([id]).person(id);
  return <div className="chosen"><span>{person ? <><strong>{fullName(person.name)}</strong> <span className="soft small">{d.born(format.date(person.birth_date))}</span></> : "…"}</span><Button small onPress={onChange}>{b.change}</Button></div>;
}

interface WhenProps { draft: Booking; directory: Directory; place?: string; day: string; refused: unknown; isBusy: boolean; onBook: () => void; onLetGo: () => void; onChoose: (opening: OpeningView) => Promise<void> }

function When({ draft, directory, place, day, refused, isBusy, onBook, onLetGo, onChoose }: WhenProps) {
  const b = useText(bookWords);
  if (!draft.service) return <p className="soft">{b.whatFirst}</p>;
  if (draft.held) return <HeldCard held={draft.held} directory={directory} isReady={draft.person !== null} isBusy={isBusy} onBook={onBook} onLetGo={onLetGo} />;
  return <TimeChooser key={draft.service} directory={directory} serviceId={draft.service} place={place} practitioner={draft.practitioner} day={draft.day ?? day} time={draft.time} act={b.book} refused={refused} onChoose={onChoose} />;
}
