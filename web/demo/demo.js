// The demo's page: finds an opening as a made-up patient and books it, through the API alone.
const at = (id) => document.getElementById(id);
const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text ?? "" });

let ready, tenant, names;

async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${tenant.accounts.patient.token}` };
  if (body) headers["Content-Type"] = "application/json";
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID();
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const value = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(value.detail ?? value.title), { problem: value });
  return value;
}

function say(text, isProblem = false) {
  at("message").textContent = text;
  at("message").classList.toggle("problem", isProblem);
}

const when = (opening, options) =>
  new Intl.DateTimeFormat("en-US", { timeZone: opening.time_zone, ...options }).format(new Date(opening.starts_at));
const dayOf = (opening) => when(opening, { weekday: "long", month: "long", day: "numeric" });
const timeOf = (opening) => when(opening, { hour: "numeric", minute: "2-digit", timeZoneName: "short" });

function show(openings) {
  const list = at("openings");
  list.replaceChildren();
  const days = Map.groupBy ? Map.groupBy(openings, dayOf) : group(openings);
  for (const [day, ofDay] of days) {
    const items = make("ul");
    for (const opening of ofDay) {
      const button = make("button", timeOf(opening));
      button.type = "button";
      const where = [names.get(opening.practitioner_id), names.get(opening.location_id)].filter(Boolean).join(", ");
      button.append(make("small", where));
      button.addEventListener("click", () => book(opening));
      const item = make("li");
      item.append(button);
      items.append(item);
    }
    list.append(make("h2", day), items);
  }
}

function group(openings) {
  const days = new Map();
  for (const opening of openings) days.set(dayOf(opening), [...(days.get(dayOf(opening)) ?? []), opening]);
  return days;
}

async function search(event) {
  event?.preventDefault();
  at("booked").hidden = true;
  say("Looking …");
  const from = new Date(Math.max(new Date(`${at("day").value}T00:00:00`), new Date(names.now)));
  const to = new Date(from.getTime() + 30 * 86400e3);
  try {
    const found = await call("POST", "/v1/openings/search", {
      service_id: at("service").value, from: from.toISOString(), to: to.toISOString(), limit: 24,
    });
    show(found.openings);
    say(found.openings.length ? `${found.openings.length} openings, earliest first.` : "No opening in the 30 days after that date. Try a later one.");
  } catch (problem) {
    say(problem.message, true);
  }
}

async function book(opening) {
  say("Booking …");
  try {
    const me = await call("GET", "/v1/me");
    const visit = await call("POST", "/v1/appointments", { offer: opening.offer, patient_id: me.patient_id });
    at("openings").replaceChildren();
    const card = at("booked");
    const again = make("button", "Book another");
    again.type = "button";
    again.addEventListener("click", search);
    const where = [names.get(visit.practitioner_id), names.get(visit.location_id)].filter(Boolean).join(", ");
    card.replaceChildren(make("h2", "You are booked"), make("p", `${dayOf(visit)}, ${timeOf(visit)}`), make("p", where), again);
    card.hidden = false;
    say("Booked. The visit is stored and in the journal.");
    again.focus();
  } catch (problem) {
    say(problem.message, true);
    if (problem.problem?.alternatives) show(problem.problem.alternatives);
  }
}

async function choose() {
  tenant = ready.tenants.find((t) => t.id === at("tenant").value);
  at("clinic").textContent = `${tenant.name}: a demo with made-up people.`;
  at("service").replaceChildren(...tenant.services.map((s) => Object.assign(make("option", s.name), { value: s.id })));
  const [me, places] = [await call("GET", "/v1/me"), await call("GET", "/v1/locations")];
  names = new Map(tenant.practitioners.map((p) => [p.id, p.name]));
  for (const place of places.locations) names.set(place.id, place.name);
  names.now = me.now;
  at("day").value = me.now.slice(0, 10);
  at("openings").replaceChildren();
}

async function start() {
  ready = await (await fetch("/demo/ready.json")).json();
  at("tenant").replaceChildren(...ready.tenants.map((t) => Object.assign(make("option", t.name), { value: t.id })));
  at("tenant").addEventListener("change", () => choose().catch((p) => say(p.message, true)));
  at("search").addEventListener("submit", search);
  await choose();
}

start().catch((problem) => say(problem.message, true));
