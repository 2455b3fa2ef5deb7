// The columns of a file and what each means, saved under a name for the next file of its kind.
import { useQuery } from "@tanstack/react-query";
import { useChange } from "../../shared/api/queries";
import type { MappedColumn } from "../../shared/api/operations.gen";
import { useText } from "../../shared/text/text";
import { Button } from "../../shared/ui/Button";
import { Choice, TextInput } from "../../shared/ui/Field";
import { tell } from "../../shared/ui/said";
import { Wrong } from "../../shared/ui/states";
import { useDraft } from "../data/drafts";
import { workWords } from "../text/work";
import { fieldNames } from "../text/fields";
import { optionsOf } from "../text/desk";

const head_bytes = 8192;
const noMeaning = {};

// The cells of the first line, quoted or not.
function headings(text: string): string[] {
  const line = text.replace(/^﻿/, "").split(/\r?\n/, 1)[0] ?? "";
  const mark = [";", "\t", ","].find((each) => line.includes(each)) ?? ",";
  return line.split(mark).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"')).filter(Boolean);
}

export function Mapping({ file, onSaved }: { file: File; onSaved: (id: string) => void }) {
  const w = useText(workWords);
  const names = useText(fieldNames);
  const columns = useQuery({ queryKey: ["headings", file.name, file.lastModified, file.size], queryFn: () => file.slice(0, head_bytes).text().then(headings) });
  const [name, setName] = useDraft("mapping name", "");
  const [meaning, setMeaning] = useDraft<Record<string, MappedColumn["field"]>>("mapping", noMeaning);
  const create = useChange("createImportMapping", ["listImportMappings"]);
  const save = () => create.mutate({ body: { name, columns: (columns.data ?? []).filter((column) => meaning[column]).map((column) => ({ column, field: meaning[column] ?? "ignore" })) } },
    { onSuccess: (made) => { tell(w.mappingSaved); onSaved((made as { id: string }).id); } });
  return (
    <details className="more">
      <summary>{w.newMapping}</summary>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <TextInput label={w.mappingName} value={name} onChange={setName} />
        <div className="columns">{columns.data?.map((column) => (
          <Choice key={column} label={`${column} ${w.field}`} value={meaning[column] ?? ""} empty="—" onChange={(field) => setMeaning({ ...meaning, [column]: field as MappedColumn["field"] })} options={optionsOf(names)} />
        ))}</div>
        <Wrong error={create.error} />
        <div><Button type="submit" isPending={create.isPending}>{w.saveMapping}</Button></div>
      </form>
    </details>
  );
}
