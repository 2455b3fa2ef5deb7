// The demo's page: what the program leaves to people, asked from the API as each scheduler.
const place = document.getElementById("tasks");

async function tasksOf(tenant) {
  const answer = await fetch("/v1/tasks", { headers: { Authorization: `Bearer ${tenant.accounts.scheduler.token}` } });
  if (!answer.ok) return [];
  return ((await answer.json()).tasks ?? []).map((task) => `${tenant.name}: ${task.kind ?? task.why ?? task.id}`);
}

if (place) {
  const ready = await (await fetch("/demo/ready.json")).json();
  const lines = (await Promise.all(ready.tenants.map(tasksOf))).flat();
  if (lines.length === 0) {
    place.textContent = "Nothing to do.";
  } else {
    const list = document.createElement("ul");
    for (const line of lines) list.append(Object.assign(document.createElement("li"), { textContent: line }));
    place.replaceChildren(list);
  }
}
