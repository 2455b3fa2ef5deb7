// What the program leaves to people: calls to make, addresses to mend.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { read, useChange } from "../../shared/api/queries";
import type { ChangeTaskRequest, TaskView } from "../../shared/api/operations.gen";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Button } from "../../shared/ui/Button";
import { Choice, Tabs, TextInput } from "../../shared/ui/Field";
import { tell, tellProblem } from "../../shared/ui/said";
import { Empty, Loaded, Wrong } from "../../shared/ui/states";
import { useDraft } from "../data/drafts";
import { useNames } from "../data/people";
import { desk, optionsOf, wordOf } from "../text/desk";
import { workWords } from "../text/work";

export function TasksPage() {
  const w = useText(workWords);
  const [state, setState] = useState<"open" | "done">("open");
  const tasks = useQuery({ ...read("listTasks", { query: { state, limit: 100 } }), refetchInterval: 15_000 });
  const people = useNames(tasks.data?.tasks.map((task) => task.patient_id) ?? []);
  return (
    <>
      <div className="page-head"><h1>{w.tasks}</h1><Tabs<"open" | "done"> label={w.tasks} value={state} onChange={setState} options={[{ id: "open", name: w.openTasks }, { id: "done", name: w.doneTasks }]} /></div>
      <Loaded query={tasks}>
        {({ tasks: all }) => all.length === 0 ? <Empty><p>{state === "open" ? w.noTasks : w.noDone}</p></Empty>
          : <ul className="stack">{all.map((task) => <li key={task.id}><Task task={task} name={people.of(task.patient_id)} /></li>)}</ul>}
      </Loaded>
    </>
  );
}

function Task({ task, name }: { task: TaskView; name: string }) {
  const w = useText(workWords);
  const d = useText(desk);
  const t = useText(common);
  const format = useFormat();
  const change = useChange("changeTask", ["listTasks"]);
  const [closing, setClosing] = useDraft(`closing ${task.id}`, false);
  const [outcome, setOutcome] = useDraft<NonNullable<ChangeTaskRequest["outcome"]>>(`outcome ${task.id}`, "reached");
  const [note, setNote] = useDraft(`task note ${task.id}`, "");
  const at = { path: { id: task.id }, version: task.version };
  return (
    <article className="card stack tight" aria-label={`${wordOf(w.taskKind, task.kind)}: ${name}`}>
      <div className="row apart">
        <div><h2>{wordOf(w.taskKind, task.kind)}</h2><p><Link to="/desk/people/$id" params={{ id: task.patient_id }} search={true}>{name}</Link> <span className="soft small">{w.due(format.moment(task.due_at))}{task.attempts > 0 && ` · ${w.attempts(task.attempts)}`}{task.outcome && task.outcome !== "none" && ` · ${wordOf(w.outcomes, task.outcome)}`}</span></p></div>
        {task.state === "open" && !closing && <div className="row tight">
          <Button small onPress={() => change.mutate({ ...at, body: { tried: true } }, { onSuccess: () => tell(w.triedSaid), onError: tellProblem })}>{w.tried}</Button>
          <Button small onPress={() => setClosing(true)}>{w.done}</Button>
          {task.appointment_id && <Link className="button small" to="/desk/" search={{ visit: task.appointment_id }}>{d.details}</Link>}
        </div>}
      </div>
      {closing && (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); change.mutate({ ...at, body: { outcome, ...(note ? { note } : {}) } }, { onSuccess: () => tell(w.closedSaid) }); }}>
          <div className="columns">
            <Choice label={w.outcome} value={outcome} onChange={(next) => setOutcome(next as typeof outcome)} options={optionsOf(w.outcomes).filter((each) => each.id !== "none")} />
            <TextInput label={w.noteFor} optional value={note} onChange={setNote} />
          </div>
          <Wrong error={change.error} />
          <div className="row"><Button type="submit" look="main" isPending={change.isPending}>{w.done}</Button><Button onPress={() => setClosing(false)}>{t.cancel}</Button></div>
        </form>
      )}
    </article>
  );
}
