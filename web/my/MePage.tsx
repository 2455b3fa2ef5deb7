import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useChange } from "../shared/api/queries";
import type { PatientView } from "../shared/api/operations.gen";
import { useSession } from "../shared/api/session";
import { useText } from "../shared/text/text";
import { useFormat } from "../shared/time/format";
import { Button } from "../shared/ui/Button";
import { Radios } from "../shared/ui/Field";
import { tell, tellProblem } from "../shared/ui/said";
import { Loaded } from "../shared/ui/states";
import { fullName } from "../desk/data/people";
import { SecurityPage } from "../desk/frame/SecurityPage";
import { Contacts } from "../desk/people/Contacts";
import { common } from "../shared/text/common";
import { myWords } from "./text/my";

export function MePage() {
  const { patient_id, method } = useSession();
  const me = useQuery(read("getPatient", { path: { id: patient_id ?? "" } }));
  return <Loaded query={me}>{(record) => <><Me person={record} />{method !== "demo" && <SecurityPage />}</>}</Loaded>;
}

function Me({ person }: { person: PatientView }) {
  const m = useText(myWords);
  const t = useText(common);
  const format = useFormat();
  const choose = useChange("chooseMessageDetail", ["getPatient"]);
  const [detail, setDetail] = useState<"neutral" | "time">("neutral");
  return (
    <>
      <section className="stack"><h1>{m.me}</h1><dl className="facts"><dt>{m.name}</dt><dd>{fullName(person.name)}</dd><dt>{m.born}</dt><dd>{format.date(person.birth_date)}</dd>{person.language && <><dt>{m.language}</dt><dd>{person.language === "es" ? m.spanish : m.english}</dd></>}</dl></section>
      <Contacts person={person} />
      <section className="card stack"><p className="soft small">{m.detailHint}</p>
        <Radios label={m.detail} value={detail} onChange={(next) => setDetail(next as typeof detail)} options={[{ id: "neutral", name: m.neutral }, { id: "time", name: m.time }]} />
        <div><Button isPending={choose.isPending} onPress={() => choose.mutate({ path: { id: person.id }, body: { detail } }, { onSuccess: () => tell(m.saved), onError: tellProblem })}>{t.save}</Button></div></section>
    </>
  );
}
