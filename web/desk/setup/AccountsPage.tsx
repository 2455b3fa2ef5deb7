// Who may sign in, with which role, and the link with which a person enrols a first passkey.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../../shared/api/session";
import { read, useChange } from "../../shared/api/queries";
import type { AccountView, CreateAccountRequest, CreateAccountResponse } from "../../shared/api/operations.gen";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Dialog } from "../../shared/ui/Dialog";
import { Choice } from "../../shared/ui/Field";
import { tellProblem } from "../../shared/ui/said";
import { Loaded } from "../../shared/ui/states";
import { Table } from "../../shared/ui/Table";
import { useDirectory } from "../data/directory";
import { names, wordOf } from "../text/desk";
import { setupWords } from "../text/setup";
import { Adding } from "./Adding";

const roles: AccountView["role"][] = ["front_desk", "scheduler", "provider", "billing", "auditor", "admin"];

export function AccountsPage() {
  const s = useText(setupWords);
  const n = useText(names);
  const t = useText(common);
  const format = useFormat();
  const directory = useDirectory();
  const accounts = useQuery(read("listAccounts", {}));
  const create = useChange("createAccount", ["listAccounts"]);
  const [role, setRole] = useState<CreateAccountRequest["role"]>("front_desk");
  const [who, setWho] = useState("");
  const [made, setMade] = useState<CreateAccountResponse | null>(null);
  const [link, setLink] = useState<{ url: string; expires_at: string } | null>(null);
  const enrol = (id: string) => post<{ url: string; expires_at: string }>(`/v1/accounts/${id}/enrolments`, {}).then(setLink, tellProblem);
  return (
    <>
      <h1>{s.accounts}</h1>
      <Loaded query={accounts}>{({ accounts: all }) => (
        <section className="card"><Table label={s.accounts} rows={all} keyOf={(row) => row.id} columns={[
          { name: s.role, cell: (row) => <>{wordOf(n.role, row.role)}{row.practitioner_id && <div className="soft small">{directory.name(row.practitioner_id)}</div>}</> },
          { name: s.account, cell: (row) => <span className="mono">{row.id}</span> }, { name: s.since, cell: (row) => format.moment(row.created_at) },
          { name: t.active, cell: (row) => <Badge tone={row.active ? "good" : "plain"}>{row.active ? s.active : s.inactive}</Badge> },
          { name: "", cell: (row) => row.active && <Button small onPress={() => void enrol(row.id)}>{s.enrol}</Button> },
        ]} /></section>
      )}</Loaded>
      <Adding label={s.newAccount} onAdd={() => create.mutateAsync({ body: { role, ...(role === "provider" && who ? { practitioner_id: who } : {}) } }).then(setMade)}>
        {() => <div className="columns"><Choice label={s.role} value={role} onChange={(next) => setRole(next as typeof role)} options={roles.map((id) => ({ id, name: wordOf(n.role, id) }))} />
          {role === "provider" && <Choice label={s.practitioners} value={who} onChange={setWho} empty="—" options={directory.practitioners} />}</div>}
      </Adding>
      <Dialog title={s.newAccount} isOpen={made !== null} onClose={() => setMade(null)}><p>{s.madeToken}</p><p className="mono card">{made?.token}</p><div><Button autoFocus onPress={() => setMade(null)}>{t.close}</Button></div></Dialog>
      <Dialog title={s.enrol} isOpen={link !== null} onClose={() => setLink(null)}><p>{s.enrolLink} {link && format.moment(link.expires_at)}.</p><p className="mono card">{link?.url}</p><div><Button autoFocus onPress={() => setLink(null)}>{t.close}</Button></div></Dialog>
    </>
  );
}
