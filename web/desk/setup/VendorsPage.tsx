import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useChange } from "../../shared/api/queries";
import type { RecordAgreementRequest, VendorView } from "../../shared/api/operations.gen";
import { fieldSentences } from "../../shared/text/problems";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Loaded } from "../../shared/ui/states";
import { optionsOf } from "../text/desk";
import { setupWords } from "../text/setup";
import { Adding } from "./Adding";

export function VendorsPage() {
  const s = useText(setupWords);
  const vendors = useQuery(read("listVendors", {}));
  return <><h1>{s.vendors}</h1><Loaded query={vendors}>{({ vendors: all }) => <ul className="stack">{all.map((each) => <li key={each.id}><Vendor vendor={each} /></li>)}</ul>}</Loaded></>;
}

function Vendor({ vendor }: { vendor: VendorView }) {
  const s = useText(setupWords);
  const format = useFormat();
  const [kind, setKind] = useState<RecordAgreementRequest["kind"]>(vendor.agreement.kind);
  const [region, setRegion] = useState("US");
  const [basis, setBasis] = useState("none");
  const [expires, setExpires] = useState("");
  const record = useChange("recordAgreement", ["listVendors"]);
  const end = useChange("endAgreement", ["listVendors"]);
  const state = { in_force: s.inForce, missing: s.missing, expired: s.expired }[vendor.agreement.state];
  return (
    <article className="card stack">
      <div className="row apart"><div><h2>{vendor.name}</h2><p className="soft small">{vendor.services.join(", ")}</p></div>
        <div className="row tight"><Badge tone={vendor.agreement.state === "in_force" ? "good" : "warn"}>{vendor.agreement.kind.toUpperCase()}: {state}</Badge><Badge tone={vendor.may_be_used ? "good" : "warn"}>{vendor.may_be_used ? s.mayUse : s.mayNot}</Badge></div></div>
      {vendor.agreement.expires_at && <p className="soft small">{s.expires}: {format.moment(vendor.agreement.expires_at)}</p>}
      {vendor.agreement.state === "in_force" && <div><Button look="warn" small onPress={() => end.mutate({ path: { id: vendor.id } }, { onSuccess: () => tell(s.ended), onError: tellProblem })}>{s.end}</Button></div>}
      <Adding label={s.record} of={vendor.id} onAdd={() => record.mutateAsync({ path: { id: vendor.id }, body: { kind, region, transfer_basis: basis as RecordAgreementRequest["transfer_basis"], ...(expires ? { expires_at: `${expires}T00:00:00Z` } : {}) } })}>
        {(wrong) => (
          <div className="columns">
            <Choice label={s.kind} value={kind} onChange={(next) => setKind(next as "baa" | "dpa")} options={[{ id: "baa", name: "BAA" }, { id: "dpa", name: "DPA" }]} />
            <TextInput label={s.region} value={region} onChange={(next) => setRegion(next.toUpperCase())} maxLength={2} wrong={fieldSentences(wrong)["/region"]} />
            <Choice label={s.transfer} value={basis} onChange={setBasis} options={optionsOf(s.bases)} />
            <TextInput label={s.expires} type="date" optional value={expires} onChange={setExpires} wrong={fieldSentences(wrong)["/expires_at"]} />
          </div>
        )}
      </Adding>
    </article>
  );
}
