// Book: who, what, when. What is chosen and typed stays as a draft until the visit is booked.
import { useNavigate } from "@tanstack/react-router";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { dayOf } from "../../shared/time/local";
import type { FoundPatientView, OpeningView } from "../../shared/api/operations.gen";
import { Button } from "../../shared/ui/Button";
import { TextInput } from "../../shared/ui/Field";
import { tell } from "../../shared/ui/said";
import { Waiting, Wrong } from "../../shared/ui/states";
import * as acts from "../data/acts";
import { useDirectory } from "../data/directory";
import { dropDraft, useDraft } from "../data/drafts";
import { fullName } from "../data/people";
import { useLooking } from "../frame/place";
import { bookWords } from "../text/book";
import { desk } from "../text/desk";
import { PersonSearch } from "./PersonChooser";
import { TimeChooser } from "./TimeChooser";
import "./book.css";

export interface Booking { person: FoundPatientView | null; service: string; practitioner?: string; day?: string; time?: string; note: string }
export const emptyBooking: Booking = { person: null, service: "", note: "" };

export function BookPage() {
  const b = useText(bookWords);
  const d = useText(desk);
  const format = useFormat();
  const directory = useDirectory();
  const looking = useLooking(directory);
  const navigate = useNavigate();
  const [draft, setDraft] = useDraft<Booking>("booking", emptyBooking);
  const set = (part: Partial<Booking>) => setDraft({ ...draft, ...part });
  if (directory.error) return <Wrong error={directory.error} />;
  if (!directory.ready) return <Waiting />;
  const services = directory.services.filter((service) => !looking.place || service.location_ids.length === 0 || service.location_ids.includes(looking.place));
  const choose = async (opening: OpeningView) => {
    if (!draft.person) { tell(b.choosePerson); document.getElementById("who")?.focus(); return; }
    const day = dayOf(opening.starts_at, opening.time_zone);
    const visit = await acts.book(opening.offer, draft.person.id, draft.note, d.booked(`${format.day(day)}, ${format.time(opening.starts_at, opening.time_zone)}`));
    dropDraft("booking");
    dropDraft("search booking");
    void navigate({ to: "/desk/", search: { place: looking.place, day, visit: visit.id } });
  };
  return (
    <>
      <h1>{b.title}</h1>
      <div className="two">
        <div className="stack">
          <section className="card step" aria-labelledby="who">
            <h2 id="who" tabIndex={-1}>{b.who}</h2>
            {draft.person
              ? <div className="chosen"><span><strong>{fullName(draft.person.name)}</strong> <span className="soft small">{d.born(format.date(draft.person.birth_date))}</span></span><Button small onPress={() => set({ person: null })}>{b.change}</Button></div>
              : <PersonSearch draft="booking" autoFocus onChoose={(person) => { set({ person }); requestAnimationFrame(() => document.getElementById("what")?.focus()); }} />}
          </section>
          <section className="card step" aria-labelledby="what">
            <h2 id="what" tabIndex={-1}>{b.what}</h2>
            <ul className="services">{services.map((service) => (
              <li key={service.id}><button type="button" className={draft.service === service.id ? "button service main" : "button service"} aria-pressed={draft.service === service.id} onClick={() => { set({ service: service.id }); requestAnimationFrame(() => document.getElementById("when")?.focus()); }}><span>{service.name}</span><span className="small">{d.minutes(service.duration_minutes)}</span></button></li>
            ))}</ul>
            <TextInput label={b.note} optional many value={draft.note} onChange={(note) => set({ note })} maxLength={4000} />
          </section>
        </div>
        <section className="card step" aria-labelledby="when">
          <h2 id="when" tabIndex={-1}>{b.when}</h2>
          {draft.service
            ? <TimeChooser key={draft.service} directory={directory} serviceId={draft.service} place={looking.place} practitioner={draft.practitioner} day={draft.day ?? looking.shownDay} time={draft.time} act={b.book} onChoose={choose} />
            : <p className="soft">{b.what} …</p>}
        </section>
      </div>
    </>
  );
}
