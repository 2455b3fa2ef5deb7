"""What clients of a clinic were promised, and whether it still holds after a crash.

A worker books, moves and cancels visits of patients that it made itself, and writes down every
answer. One request per worker may be unanswered when the lights go out: it may have had its effect
or not, but once at most. `check` compares the whole with what a started server shows.
"""
import http.client
import random
import threading
import time
import uuid

LIVE = {"booked", "pending", "arrived", "checked-in", "fulfilled"}
SHOWN = ("version", "status", "service_id", "starts_at", "practitioner_id", "location_id", "patient_id", "resource_ids")
LOST = (OSError, http.client.HTTPException, ValueError)


def what(appointment):
    return {name: appointment.get(name) for name in SHOWN}


class Worker:
    """One client with one connection. Threads: its own, until joined."""

    def __init__(self, ledger, client, services, seed):
        self.ledger, self.client, self.services = ledger, client, services
        self.dice = random.Random(seed)
        self.mine = {}              # id -> the last acknowledged state
        self.booked = 0             # acknowledged bookings of this round's patient
        self.patient = None
        self.was_unanswered = False # when the lights went out
        self.pending = None         # (kind, body, key, id) of the request without an answer
        self.acknowledged = []      # (id, version) of every acknowledged change
        self.refused = []           # (status, text) of refusals that nobody should see
        self.offers, self.service = [], None

    def take_over(self, other):
        self.mine = other.mine

    def send(self, kind, path, body, key, about=None):
        """The answer, or None when there was none: then the request stays pending."""
        self.pending = (kind, body, key, about)
        try:
            got = self.client.call("POST", path, body, headers={"Idempotency-Key": key})
        except LOST:
            return None
        if got.status >= 500:
            return None
        self.pending = None
        if got.status not in (200, 201, 409):
            self.refused.append((kind, got.status, got.text[:200]))
        return got

    def make_patient(self, name):
        key = str(uuid.UUID(int=self.dice.getrandbits(128)))
        got = self.send("patient", "/v1/patients", {
            "name": {"given": [name], "family": "Crashtest"}, "birth_date": "1990-01-01",
            "contacts": [{"kind": "email", "value": f"{key}@example.test"}]}, key)
        if got is None or got.status != 201:
            return False
        self.patient = got.json["id"]
        self.ledger.patients.append(self.patient)
        self.acknowledged.append((self.patient, got.json["version"]))
        return True

    def find_offer(self, service):
        """A free time of the service: a move keeps it."""
        if self.service != service or not self.offers:
            self.service = service
            begin = self.ledger.now + self.dice.randrange(28) * 86400
            stamp = lambda t: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))
            found = self.client.post("/v1/openings/search", {
                "service_id": service, "from": stamp(begin), "to": stamp(begin + 3 * 86400), "limit": 60})
            self.offers = found.json.get("openings", []) if found.status == 200 else []
            self.dice.shuffle(self.offers)
            del self.offers[12:]    # they go stale: ask again soon
        return self.offers.pop() if self.offers else None

    def acknowledge(self, got):
        if got.status in (200, 201):
            self.mine[got.json["id"]] = what(got.json)
            self.acknowledged.append((got.json["id"], got.json["version"]))

    def step(self):
        """One change; False when nobody answers any more."""
        live = [i for i, a in self.mine.items() if a["status"] in LIVE]
        chance, key = self.dice.random(), str(uuid.UUID(int=self.dice.getrandbits(128)))
        if live and (chance < 0.2 or len(live) > 60):
            about = self.dice.choice(live)
            got = self.send("cancel", f"/v1/appointments/{about}/cancel", {"reason": "clinic_request"}, key, about)
        else:
            about = self.dice.choice(live) if live and chance < 0.45 else None
            offer = self.find_offer(self.mine[about]["service_id"] if about else self.service or self.dice.choice(self.services))
            if offer is None:
                self.service = None
                return True
            if about:
                got = self.send("move", f"/v1/appointments/{about}/reschedule", {"offer": offer["offer"]}, key, about)
            else:
                got = self.send("book", "/v1/appointments", {"offer": offer["offer"], "patient_id": self.patient}, key,
                                offer["starts_at"])
                if got is not None and got.status == 201:
                    self.booked += 1
        if got is not None:
            self.acknowledge(got)
        return got is not None

    def run(self, name):
        try:
            if self.make_patient(name):
                while not self.ledger.is_over and self.step():
                    pass
        except LOST:
            pass        # the search had no answer: nothing is pending


class Ledger:
    """Every round of a proof on one state."""

    def __init__(self, seed, workers=4):
        self.seed, self.count = seed, workers
        self.patients, self.workers = [], []
        self.checkpoint = None      # of the tenant's log, as last published to somebody outside
        self.entries = {}           # of the whole journal, as each verifier last counted them
        self.is_over = False
        self.changes = self.unanswered = 0

    def load(self, demo, round_number, stop_after):
        """Runs clients against the demo until `stop_after()` returns, then until each has seen the end."""
        desk = demo.client("front_desk")
        self.now = int(time.mktime(time.strptime(desk.get("/v1/me").json["now"][:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone)
        services = [s["id"] for s in demo.tenants[0]["services"]]
        before, self.workers, self.is_over = self.workers, [], False
        for n in range(self.count):
            worker = Worker(self, demo.client("front_desk"), services, f"{self.seed}/{round_number}/{n}")
            if before:
                worker.take_over(before[n])
            self.workers.append(worker)
        threads = [threading.Thread(target=w.run, args=(f"Round {round_number} {n}",), daemon=True)
                   for n, w in enumerate(self.workers)]
        threads.append(threading.Thread(target=self.watch, args=(demo.client("auditor"),), daemon=True))
        for thread in threads:
            thread.start()
        stop_after()
        self.is_over = True
        for thread in threads:
            thread.join(70)
        self.changes += sum(len(w.acknowledged) for w in self.workers)
        for worker in self.workers:
            worker.was_unanswered = worker.pending is not None
            self.unanswered += worker.was_unanswered

    def watch(self, auditor):
        """Keeps the newest checkpoint that anybody was shown."""
        try:
            while not self.is_over:
                got = auditor.get("/v1/audit/checkpoint")
                if got.status == 200:
                    self.checkpoint = got.text
                time.sleep(0.05)
        except LOST:
            pass

    def check(self, demo):
        """What does not hold, as sentences; retries what had no answer. The demo runs again."""
        desk = demo.client("front_desk")
        listed = list_appointments(desk)
        wrong = [f"{w}" for worker in self.workers for w in worker.refused]
        for worker in self.workers:
            wrong += check_worker(worker, listed)
            wrong += repeat_pending(worker, desk, listed, self.patients)
        listed = list_appointments(desk)
        for worker in self.workers:
            wrong += check_count(worker, listed)
        wrong += overlaps(listed)
        recent = self.patients[-self.count:]
        old = random.Random(self.seed).sample(self.patients[:-self.count], min(8, len(self.patients) - len(recent)))
        for patient in recent + old:
            got = desk.get(f"/v1/patients/{patient}")
            if got.status != 200:
                wrong.append(f"patient {patient} was acknowledged and answers {got.status} {got.text[:200]}")
        return wrong + missing_entries(demo.client("auditor"), {c for w in self.workers for c in w.acknowledged})


def list_appointments(client):
    listed, page = {}, ""
    while True:
        got = client.get(f"/v1/appointments?from=2026-01-01T00:00:00Z&to=2028-06-01T00:00:00Z&limit=200{page}")
        if got.status != 200:
            raise ValueError(f"the list of appointments answers {got.status} {got.text[:200]}")
        for appointment in got.json["appointments"]:
            if appointment["id"] in listed:
                raise ValueError(f"{appointment['id']} is listed twice")
            listed[appointment["id"]] = appointment
        if not got.json.get("next"):
            return listed
        page = "&cursor=" + got.json["next"]


def check_worker(worker, listed):
    """Every acknowledged state is there; a later one only where a change had no answer."""
    wrong = []
    for name, promised in worker.mine.items():
        if name not in listed:
            wrong.append(f"{name} was acknowledged at version {promised['version']} and is gone")
            continue
        found = what(listed[name])
        if found == promised:
            continue
        kind, about = (worker.pending[0], worker.pending[3]) if worker.pending else (None, None)
        later = about == name and found["version"] == promised["version"] + 1 and (
            found["status"] == "cancelled" if kind == "cancel" else found["status"] in LIVE)
        if not later:
            wrong.append(f"{name} was acknowledged as {promised} and is {found}")
        worker.mine[name] = found
    return wrong


def repeat_pending(worker, desk, listed, patients):
    """The same request with the same key, twice: one effect, one answer."""
    if worker.pending is None:
        return []
    kind, body, key, about = worker.pending
    worker.pending = None
    if kind in ("cancel", "move"):
        return repeat_change(worker, desk, kind, body, key, about)
    path = "/v1/patients" if kind == "patient" else "/v1/appointments"
    first = desk.call("POST", path, body, headers={"Idempotency-Key": key})
    again = desk.call("POST", path, body, headers={"Idempotency-Key": key})
    if first.status != 201:
        had = [a["id"] for a in listed.values() if kind == "book" and a["patient_id"] == body["patient_id"]
               and a["id"] not in worker.mine]
        fair = first.status == 409 and not had
        return [] if fair else [f"the unanswered {kind} repeated with its key answers {first.status} {first.text[:200]}, had {had}"]
    worker.acknowledged.append((first.json["id"], first.json["version"]))
    if kind == "patient":
        patients.append(first.json["id"])
    else:
        worker.booked += 1
        worker.mine[first.json["id"]] = what(first.json)
    if again.status != 201 or again.json["id"] != first.json["id"]:
        return [f"a {kind} repeated with its key answered {first.text[:200]}, then {again.status} {again.text[:200]}"]
    return []


def repeat_change(worker, desk, kind, body, key, about):
    """A cancel or a move: the state that follows is one change further at most."""
    verb = "cancel" if kind == "cancel" else "reschedule"
    before = worker.mine[about]
    got = desk.call("POST", f"/v1/appointments/{about}/{verb}", body, headers={"Idempotency-Key": key})
    after = what(desk.get(f"/v1/appointments/{about}").json)
    worker.mine[about] = after
    if got.status == 200 and kind == "cancel" and after["status"] != "cancelled":
        return [f"{about} was cancelled and is {after}"]
    if got.status not in (200, 409) or after["version"] > before["version"] + 1:
        return [f"repeating {kind} of {about} answers {got.status} {got.text[:200]}: {before} became {after}"]
    return []


def check_count(worker, listed):
    found = [a["id"] for a in listed.values() if a["patient_id"] == worker.patient]
    if worker.patient and len(found) != worker.booked:
        return [f"{worker.booked} bookings of {worker.patient} were acknowledged and {len(found)} are there"]
    return []


def overlaps(listed):
    """Two live visits that occupy the same resource at once."""
    by_resource, wrong = {}, []
    for a in listed.values():
        if a["status"] in LIVE:
            for resource in a.get("resource_ids") or [a.get("practitioner_id")]:
                by_resource.setdefault(resource, []).append((a["starts_at"], a["ends_at"], a["id"]))
    for resource, visits in by_resource.items():
        visits.sort()
        wrong += [f"{resource} is claimed by {one[2]} and {two[2]} at {two[0]}"
                  for one, two in zip(visits, visits[1:]) if two[0] < one[1]]
    return wrong


def missing_entries(auditor, wanted, patience_s=4):
    """Acknowledged changes without an entry; the log may need a moment for the newest."""
    deadline = time.monotonic() + patience_s
    while True:
        missing, page = set(wanted), ""
        for _ in range(40):
            got = auditor.get(f"/v1/audit/entries?limit=200{page}")
            if got.status != 200:
                return [f"the journal's entries answer {got.status} {got.text[:200]}"]
            for entry in got.json["entries"]:
                if entry["outcome"] == "allowed" and entry.get("resource"):
                    missing.discard((entry["resource"].get("id"), entry.get("version_after")))
            if not missing or not got.json.get("next"):
                break
            page = "&cursor=" + got.json["next"]
        if not missing:
            return []
        if time.monotonic() > deadline:
            return [f"{len(missing)} of {len(wanted)} acknowledged changes have no entry: {sorted(missing, key=str)[:3]}"]
        time.sleep(0.3)
