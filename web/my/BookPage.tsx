import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../shared/api/call";
import { queries } from "../shared/api/queries";
import { useSession } from "../shared/api/session";
import { useText } from "../shared/text/text";
import { useFormat } from "../shared/time/format";
import { dayOf } from "../shared/time/local";
import { serverNow } from "../shared/time/now";
import { tell } from "../shared/ui/said";
import { Waiting, Wrong } from "../shared/ui/states";
import { TimeChooser } from "../desk/book/TimeChooser";
import { useDirectory } from "../desk/data/directory";
import { desk } from "../desk/text/desk";
import { myWords } from "./text/my";

export function BookPage() {
  const m = useText(myWords);
  const d = useText(desk);
  const format = useFormat();
  const { patient_id } = useSession();
  const directory = useDirectory();
  const navigate = useNavigate();
  const [service, setService] = useState("");
  if (directory.error) return <Wrong error={directory.error} />;
  if (!directory.ready) return <Waiting />;
  const zone = directory.zone(directory.locations[0]?.id ?? "");
  return (
    <>
      <section className="stack"><h1>{m.chooseService}</h1>
        <ul className="services">{directory.services.map((each) => <li key={each.id}><button type="button" className={each.id === service ? "button service main" : "button service"} aria-pressed={each.id === service} onClick={() => setService(each.id)}><span>{each.name}</span><span className="small">{d.minutes(each.duration_minutes)}</span></button></li>)}</ul>
      </section>
      {service && <section className="stack"><h2>{m.chooseTime}</h2>
        <TimeChooser key={service} directory={directory} serviceId={service} day={dayOf(serverNow(), zone)} act={m.book} offeredOnly onChoose={async (opening) => {
          await call("bookAppointment", { body: { offer: opening.offer, patient_id: patient_id ?? "" } });
          tell(m.booked(`${format.day(dayOf(opening.starts_at, opening.time_zone))}, ${format.time(opening.starts_at, opening.time_zone)}`));
          await queries.invalidateQueries({ queryKey: ["listAppointments"] });
          void navigate({ to: "/my" });
        }} /></section>}
    </>
  );
}
